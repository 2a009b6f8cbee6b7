"""Story 2 in the business network: window, two departments, approver, and a second case that nobody touches."""

from collections.abc import Callable

from django.forms import Form

from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.accounts.demo import samples
from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused

from . import actions, queries, rules
from .forms import Acceptance, Decision, Opinion
from .models import Case

Values = dict[str, object]
Step = Callable[[Values], Values]
NOTICE = "请补充从业人员健康证明（至少一人），其余材料齐全。"


def _sample(role: str, organ: str = "") -> tuple[Account, str]:
    """The sample account that holds the role in the organ, with its PIN."""
    row = next(row for row in samples() if role in row["roles"].split() and organ in ("", row["organ"]))
    account = accounts.account_of(Person.objects.get(code=row["person"]))
    assert account
    return account, row["secret"]


def _person(role: str, organ: str = "") -> Person:
    person = _sample(role, organ)[0].person
    assert person
    return person


def _case(values: Values, person: Person) -> Case:
    """The case as this person finds it in his list."""
    found = queries.waiting(person).filter(receipt=str(values["receipt"])).first()
    if found is None:
        raise Refused("待办里没有这个办件")
    return found


def _valid(form: Form) -> Values:
    if not form.is_valid():
        raise Refused("；".join(f"{name}：{error}" for name, errors in form.errors.items() for error in errors))
    return form.cleaned_data


def _told(by: Person, verb: str, case: Case, **more: object) -> Values:
    return {"actor": by.code, "verb": f"cases.{verb}", "paper": case.number, "case_number": case.number, **more}


def ask_completion(values: Values) -> Values:
    """The window asks once for what is missing."""
    by = _person("window_clerk")
    case = _case(values, by)
    data = _valid(Acceptance({"verb": "ask_completion", "reason": NOTICE, "version": case.version}))
    actions.ask_completion(case.number, by, str(data["reason"]), version=case.version)
    return _told(by, "ask_completion", case)


def accept(values: Values) -> Values:
    """The window accepts what is now complete."""
    by = _person("window_clerk")
    case = _case(values, by)
    data = _valid(Acceptance({"verb": "accept", "reason": "", "version": case.version}))
    actions.accept(case.number, by, version=int(str(data["version"])))
    return _told(by, "accept", case)


def _examine(number: int) -> Step:
    """One of the two departments that work side by side."""

    def step(values: Values) -> Values:
        case = Case.objects.select_related("item").get(receipt=str(values["receipt"]))
        part = case.item.examiner_set.select_related("organ")[number]
        by = _person("examiner", part.organ.code)
        case = _case(values, by)
        data = _valid(Opinion({"agree": "yes", "opinion": f"{part.task}：符合要求。", "version": case.version}))
        actions.examine(case.number, by, str(data["opinion"]), data["agree"] == "yes", version=case.version)
        return _told(by, "examine", case)

    return step


def decide(values: Values) -> Values:
    """The approver decides, confirmed with the PIN."""
    account, pin = _sample("approver")
    by = account.person
    assert by
    case = _case(values, by)
    data = _valid(Decision({"grant": "yes", "reason": "", "version": case.version}))
    actions.decide(case.number, account, pin, data["grant"] == "yes", str(data["reason"]), version=case.version)
    return _told(by, "decide", case)


def see_rating(values: Values) -> Values:
    """The window sees what the resident thought. Looking leaves no entry: the step names the one that is seen."""
    by = _person("window_clerk")
    case = queries.visible(by).get(number=str(values["case_number"]))
    if case.rating.stars not in rules.RATINGS:
        raise Refused("没有评价")
    return {"reads": "cases.rate", "paper": case.number, "stars": case.rating.stars}


def accept_second(values: Values) -> Values:
    """The second application is accepted, and then nobody touches it."""
    by = _person("window_clerk")
    case = _case(values, by)
    actions.accept(case.number, by, version=case.version)
    return {"actor": by.code, "verb": "cases.accept", "paper": case.number, "second": case.number}


def read_clock(values: Values) -> Values:
    """What the second case's clock shows today."""
    case = Case.objects.get(number=str(values["second"]))
    return {"reads": "cases.accept", "paper": case.number, "clock_state": queries.readings([case])[case.number].state.value}


STEPS: dict[str, Step] = {
    "ask_completion": ask_completion,
    "accept": accept,
    "examine_first": _examine(0),
    "examine_second": _examine(1),
    "decide": decide,
    "see_rating": see_rating,
    "accept_second": accept_second,
    "read_clock": read_clock,
}
