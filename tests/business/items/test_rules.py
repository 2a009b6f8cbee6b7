import pytest

from zhengtong.business.items import rules

WHO = [{"key": "name"}, {"key": "identity"}, {"key": "phone"}]


@pytest.mark.parametrize(("promised", "statutory", "objects"), [(5, 20, False), (20, 20, False), (21, 20, True), (0, 20, True)])
def test_a_promise_is_never_longer_than_the_law(promised, statutory, objects):
    assert bool(rules.promise_objection(promised, statutory)) is objects


@pytest.mark.parametrize("element", sorted(rules.ELEMENTS))
def test_a_guide_without_a_key_element_is_not_published(element):
    whole = dict.fromkeys(rules.ELEMENTS, "有")
    assert not rules.guide_objections(whole)
    assert [no.field for no in rules.guide_objections(whole | {element: ""})] == [element]


@pytest.mark.parametrize(
    ("fields", "materials", "objects"),
    [
        (WHO, [{"key": "plan"}], False),
        (WHO[:2], [], True),
        ([*WHO, {"key": "name"}], [], True),
        ([*WHO, {"key": "Name"}], [], True),
        (WHO, [{"key": "inside"}], True),
        (WHO, [{"key": "plan"}, {"key": "plan"}], True),
    ],
)
def test_a_form_asks_who_it_is_and_names_each_thing_once(fields, materials, objects):
    assert bool(rules.form_objections(fields, materials)) is objects


def test_silence_accepts_licences_alone():
    assert {rules.Kind.LICENCE} == rules.SILENCE_ACCEPTS
