"""The classified network: who knows of a document at all. In the open network the same drafts are refused."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.models import Grant
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.orgs.models import Holding, Person, Post
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips import queries as slips
from zhengtong.office.documents import actions, queries
from zhengtong.office.documents.models import Document

pytestmark = pytest.mark.django_db

KNOWN = ("drafter", "unit_head", "reviewer", "deputy", "head", "registrar", "education", "shiqiao", "liuhe", "archivist")
SECRET = {
    "secrecy": "机密", "secrecy_period": "5年", "secrecy_basis": "第三条", "publication": "withheld", "publication_reason": "属于国家秘密",
}  # fmt: skip

GUARDS = {
    "sqlite": ("SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE %s", "DROP TRIGGER {}"),
    "postgresql": ("SELECT proname FROM pg_proc WHERE prosrc LIKE %s", "DROP FUNCTION {} CASCADE"),
}


@pytest.fixture
def classified(settings, db):
    """The same rooms as the network declared 涉密内网: its profile, and a database without the open network's guards."""
    settings.CLASSIFIED = True
    with connection.cursor() as cursor:
        find, drop = GUARDS[connection.vendor]
        cursor.execute(find, ["%不处理涉密文件%"])
        for (name,) in cursor.fetchall():
            cursor.execute(drop.format(name))


@pytest.fixture
def secret(classified, cast, content, government):
    """A draft known to those who handle it."""
    until = clock.today().replace(year=clock.today().year + 1)
    for part in KNOWN:
        actions.clear(cast[part], "机密", until, None)
    readers = tuple(cast[part].code for part in KNOWN)
    return actions.draft(replace(content, readers=readers, **SECRET), cast.drafter, organ=government)


def test_on_the_open_network_a_secret_can_not_be_drafted(cast, content, government):
    with pytest.raises(Refused, match="本网络不处理涉密文件"):
        actions.draft(replace(content, readers=(cast.head.code,), **SECRET), cast.drafter, organ=government)
    assert not Document.objects.exists()


def test_on_the_classified_network_it_bears_its_mark(secret):
    assert secret.secrecy_mark == "机密★5年" and secret.code.startswith("M")


def test_only_the_scope_sees_even_the_title(cast, secret):
    actions.submit(secret.code, cast.drafter)
    actions.review_unit(secret.code, cast.unit_head)
    sees = {part for part, person in cast.items() if queries.visible(person).exists()}
    assert sees == {"drafter", "unit_head"}, "the secretary is not within the scope"


def test_somebody_of_the_same_role_outside_the_scope_has_nothing_waiting(cast, secret):
    other = cast.outsider
    post = Post.objects.create(code="YL130-P099", organ=cast.unit_head.organ, unit=cast.unit_head.unit, title="副科长")
    Holding.objects.create(person=other, post=post, main=False)
    Grant.objects.create(post=post, role="unit_head", at=clock.now(), granted_by="system")
    actions.submit(secret.code, cast.drafter)
    assert slips.todo_count(other) == 0 and slips.todo_count(cast.unit_head) == 1


def test_clearance_below_the_level_or_run_out_sees_nothing(cast, secret):
    from zhengtong.office.documents.models import Clearance

    Clearance.objects.filter(person=cast.drafter).update(level="秘密")
    assert not queries.visible(cast.drafter).exists()
    Clearance.objects.filter(person=cast.drafter).update(level="机密", until=clock.today().replace(year=2020))
    assert not queries.visible(cast.drafter).exists()


def test_a_scope_without_a_handler_of_some_stage_is_refused(cast, secret):
    known = tuple(cast[part].code for part in KNOWN if part != "deputy")
    actions.save(secret.code, cast.drafter, replace(actions.content_of(secret), readers=known), version=1)
    with pytest.raises(Refused, match="分管领导审批"):
        actions.submit(secret.code, cast.drafter)
    secret.refresh_from_db()
    assert secret.state == "draft"


def test_it_goes_all_the_way_and_can_not_be_released(cast, secret):
    from .conftest import PIN

    code = secret.code
    actions.submit(code, cast.drafter)
    actions.review_unit(code, cast.unit_head)
    actions.consult(code, cast.drafter, ["YL132"])
    actions.answer_consultation(code, cast.education, "agree")
    actions.review_office(code, cast.reviewer)
    actions.approve_deputy(code, cast.deputy)
    actions.sign(code, cast.head, PIN)
    actions.recheck(code, cast.reviewer)
    for verb in (actions.number, actions.typeset, actions.dispatch):
        verb(code, cast.registrar, PIN)
    secret.refresh_from_db()
    assert secret.state == "issued"
    with pytest.raises(Refused, match="不得公开"):
        actions.propose_release(code, cast.drafter)
    entry = Entry.objects.filter(verb="documents.release_refused").get()
    assert entry.actor_code == cast.drafter.code and not secret.releases.exists()


def test_a_consulted_organ_without_a_reader_is_refused(cast, secret):
    actions.submit(secret.code, cast.drafter)
    actions.review_unit(secret.code, cast.unit_head)
    with pytest.raises(Refused, match="知悉范围"):
        actions.consult(secret.code, cast.drafter, ["YL139"])
    assert Document.objects.get().state == "consult" and not secret.consultations.exists()


@pytest.fixture
def guardian(county, enter):
    """The security administrator at his desk."""
    person = Person.objects.create(code="YLP09001", name="guardian")
    post = Post.objects.create(code="YL130-P901", organ=county.organs["YL130"], title="安全保密管理员")
    Holding.objects.create(person=person, post=post, main=True)
    Grant.objects.create(post=post, role="security_admin", at=clock.now(), granted_by="test")
    return SimpleNamespace(person=person, desk=enter(person))


def test_the_security_administrator_clears_a_person_and_takes_it_back(classified, county, guardian):
    until = clock.today() + timedelta(days=20)
    given = {"person": "drafter", "level": "机密", "until": until.isoformat()}
    assert guardian.desk.post("/clearances/", given).status_code == 302
    assert queries.clearance(county.drafter) == "机密"
    shown = guardian.desk.get("/clearances/").content.decode()
    assert county.drafter.code in shown and "将到期" in shown
    (held,) = queries.clearances()
    guardian.desk.post(f"/clearances/{held.pk}/end/", {"reason": " "})
    assert queries.clearance(county.drafter) == "机密"  # no reason, no change
    guardian.desk.post(f"/clearances/{held.pk}/end/", {"reason": "调离涉密岗位"})
    assert queries.clearance(county.drafter) == ""
    assert [e.verb for e in Entry.objects.filter(verb__startswith="documents.").order_by("pk")] == [
        "documents.clear", "documents.end_clearance",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "field"), [({"person": "nobody"}, "person"), ({"until": "2020-01-01"}, "until"), ({"person": "guardian"}, "person")]
)
def test_what_can_not_be_cleared_is_told_at_its_field(classified, county, guardian, changed, field):
    until = clock.today() + timedelta(days=20)
    answer = guardian.desk.post("/clearances/", {"person": "drafter", "level": "秘密", "until": until.isoformat(), **changed})
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    assert not queries.clearances()


def test_nobody_else_clears_and_the_open_network_has_no_such_page(county, guardian, enter):
    assert guardian.desk.get("/clearances/", follow=True).redirect_chain == [
        ("/", 302),
        ("/home/", 302),
    ]  # an administrator has his own home
    assert enter(county.secretary).get("/clearances/").status_code == 403
    with pytest.raises(Refused, match="安全保密管理员"):
        actions.clear(county.drafter, "秘密", clock.today(), county.secretary)
