"""Another organ system sees a joint document from the lead organ's signature on, and a third one never (design §3b.5)."""

from dataclasses import replace
from itertools import permutations

import pytest

from zhengtong.foundation.orgs.models import Organ
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.search import queries as search
from zhengtong.office.documents import actions, queries
from zhengtong.office.documents.actions import Content

from .conftest import PIN, settle

pytestmark = pytest.mark.django_db

SYSTEMS = {
    "YS001": ("party_committee", "云山县委"),
    "YS003": ("government", "云山县人民政府"),
    "YS005": ("court", "云山县人民法院"),
    "YS006": ("procuratorate", "云山县人民检察院"),
}
PARTS = ("drafter", "unit_head", "office_reviewer", "deputy_head", "principal_head", "secretary", "registrar seal_keeper")


@pytest.fixture
def systems(network_keys):
    organs = {
        code: Organ.objects.create(code=code, name=name, letters=code, kind=kind, level="county") for code, (kind, name) in SYSTEMS.items()
    }
    people = {}
    settle(people, [(f"{code} {roles.split()[0]}", code, roles) for code in SYSTEMS for roles in PARTS], organs)
    return {tuple(part.split()): person for part, person in people.items()}


def sees(person, document):
    """Whether a list or the search tells the person of it; every page asks the same query."""
    listed = queries.search(person, "联动").filter(pk=document.pk).exists()
    assert listed == (document.pk in {hit.key for hit in search.find(person, "联动")})
    return listed


@pytest.mark.parametrize(("lead", "other"), list(permutations(SYSTEMS, 2)))
def test_every_pair_of_systems(systems, lead, other):
    def of(role, organ=lead):
        return systems[organ, role]

    name = SYSTEMS[lead][1]
    content = Content(
        "circular", f"{name}关于联动机制运行情况的通报", "现将情况通报如下：\n运行平稳。", (actions.To(other, SYSTEMS[other][1]),),
        issuers=(other,), joint_mark="all", joint_shared=True, publication="proactive",
    )  # fmt: skip
    document = actions.draft(replace(content, recipients=()), of("drafter"), organ=Organ.objects.get(code=lead))
    code = document.code
    theirs = [of("principal_head", other), of("secretary", other)]
    strangers = [systems[third, role] for third in SYSTEMS if third not in (lead, other) for role in ("principal_head", "secretary")]
    assert not any(sees(person, document) for person in (*theirs, *strangers)), "a draft is nobody else's"

    third = next(organ for organ in SYSTEMS if organ not in (lead, other))
    content = replace(content, recipients=(actions.To(third, SYSTEMS[third][1]),))
    actions.save(code, of("drafter"), content, version=1)
    actions.submit(code, of("drafter"))
    actions.review_unit(code, of("unit_head"))
    actions.skip_consultation(code, of("drafter"), "已会商")
    actions.review_office(code, of("office_reviewer"), "", "另行说明")
    actions.approve_deputy(code, of("deputy_head"))
    assert not any(sees(person, document) for person in (*theirs, *strangers)), "unsigned it is nobody else's either"
    actions.sign(code, of("principal_head"), PIN)
    assert all(sees(person, document) for person in theirs) and not any(sees(person, document) for person in strangers)
    assert queries.verbs(of("secretary", other), document) == [], "what is seen is not therefore handled"
    for person in strangers:
        with pytest.raises(Refused):
            actions.cosign(code, person, PIN)
    actions.return_(code, of("principal_head", other), "请补充数据")
    assert sees(of("principal_head", other), document), "he handled it"
    assert not sees(of("secretary", other), document) and not any(sees(person, document) for person in strangers)
