"""The screens of the person who keeps the items."""

import pytest
from django.urls import reverse

from tests.foundation.accounts.cast import SECRET, account, enter, person
from zhengtong.business.items import actions
from zhengtong.business.items.forms import Whole
from zhengtong.business.items.models import Item
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.forms.rules import fields_of, materials_of
from zhengtong.foundation.orgs.models import Organ

from .test_actions import organs, values  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("items:list", urlconf="zhengtong.business.urls"), reverse("items:new", urlconf="zhengtong.business.urls")


def page(item, verb=""):
    return f"/items/{item.code}/{verb}"


@pytest.fixture
def keeper(client, network_keys):
    enter(client, account(who := person("K1", "item_manager")))
    return who


@pytest.fixture
def item(organs, keeper):  # noqa: F811
    office = keeper.organ
    return actions.save(values(), office, office, [(organs["YL154"], "核查")], by=None)


def written(item, **changed):
    """What a browser hands in when the page is saved as it stands, with some changes."""
    whole, data = Whole(item), {}
    for part in whole.parts:
        forms = [part.management_form, *part.forms] if hasattr(part, "management_form") else [part]
        for form in forms:
            for bound in form:
                value = bound.value()
                if value is not None and value is not False:
                    data[bound.html_name] = value
    return data | changed


def test_a_page_saved_as_it_stands_changes_nothing_but_the_version(client, item):
    before = Item.objects.values().get()
    assert client.post(page(item), written(item)).status_code == 302
    after = Item.objects.values().get()
    for name, read in (("fields", fields_of), ("materials", materials_of)):
        assert read(after.pop(name)) == read(before.pop(name)) != ()
    assert after == before | {"version": 2}
    assert item.examiner_set.get().task == "核查"


def test_a_new_item_is_written_published_and_taken_back(client, keeper, organs):  # noqa: F811
    data = written(None, code="YL-9001", name="新事项", kind="licence", promised_days=3, statutory_days=20)
    data |= dict.fromkeys(("organ", "window"), keeper.organ.name)
    data |= dict.fromkeys(("summary", "basis", "conditions", "result", "fee", "place", "hours", "phone", "complaint_phone"), "有")
    for n, key in enumerate(("name", "identity", "phone")):
        data |= {f"questions-{n}-key": key, f"questions-{n}-label": key, f"questions-{n}-kind": key}
    data["questions-TOTAL_FORMS"] = 3
    answer = client.post(NEW, data)
    assert answer.status_code == 302
    new = Item.objects.get()
    assert [row["key"] for row in new.fields] == ["name", "identity", "phone"] and not new.published
    client.post(page(new, "publish/"), {"pin": SECRET})
    assert Item.objects.get().published
    assert client.post(page(new, "withdraw/"), {"pin": SECRET, "reason": ""}).status_code == 409 and Item.objects.get().published
    client.post(page(new, "withdraw/"), {"pin": SECRET, "reason": "政策调整"})
    assert not Item.objects.get().published
    told = Entry.objects.filter(target__startswith="items.").values_list("verb", "actor_code")
    assert list(told) == [(verb, "K1") for verb in ("items.create", "items.publish", "items.withdraw")]


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"promised_days": 30}, "promised_days"),
        ({"organ": "没有的局"}, "organ"),
        ({"questions-0-key": "大写"}, "questions-0-key"),
        ({"papers-0-limit_mb": 900}, "papers-0-limit_mb"),
        ({"departments-1-task": "没写部门"}, "departments-1-organ"),
    ],
)
def test_an_error_stands_at_its_field_and_what_was_written_stays(client, item, changed, where):
    answer = client.post(page(item), written(item, summary="写了很久的说明", **changed))
    text = answer.content.decode()
    assert answer.status_code == 422 and f'id="id_{where}_error"' in text and "写了很久的说明" in text
    assert Item.objects.get().version == 1


def test_a_stale_page_is_told_and_loses_nothing(client, item):
    data = written(item, summary="写了很久的说明")
    actions.save(values(name="别人改的"), item.organ, item.window, [], by=None)
    answer = client.post(page(item), data)
    assert answer.status_code == 409 and "写了很久的说明" in answer.content.decode()
    assert Item.objects.get().name == "别人改的"


def test_a_wrong_pin_publishes_nothing(client, item):
    answer = client.post(page(item, "publish/"), {"pin": "wrong"})
    assert answer.status_code == 409 and not Item.objects.get().published


def test_another_organs_item_does_not_exist_here(client, item, organs):  # noqa: F811
    Item.objects.update(organ=Organ.objects.get(code="YL154"), window=Organ.objects.get(code="YL154"))
    assert client.get(page(item)).status_code == 404 and item.name not in client.get(LIST).content.decode()


def test_others_meet_a_closed_door(client, network_keys):
    enter(client, account(person("C1", "window_clerk")))
    assert client.get(LIST).status_code == 403
