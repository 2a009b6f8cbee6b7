"""The office's steps of story 1, taken through the same forms and actions as the screens (both profiles).

Each step takes the values that a person would know and returns who acted, by which verb, on which paper.
"""

from collections.abc import Callable

from django.conf import settings
from django.forms import Form

from zhengtong.foundation.accounts.demo import samples
from zhengtong.foundation.files.actions import place
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.office.archive import actions as archive
from zhengtong.office.archive import queries as items
from zhengtong.office.archive.rules import checks
from zhengtong.office.dispatch import actions as dispatch_actions
from zhengtong.office.dispatch import queries as dispatches
from zhengtong.office.documents import actions, queries
from zhengtong.office.documents.forms import DraftForm, initial
from zhengtong.office.documents.models import Document
from zhengtong.office.documents.rules import steps
from zhengtong.office.documents.views import ACTS

Values = dict[str, object]

COUNTY, OFFICE, EDUCATION, FINANCE = "YL003", "YL130", "YL132", "YL139"
TOWNS = ("YL205", "YL206")
SUBJECT = "做好今冬明春森林防火工作"
BODY = """为切实做好今冬明春森林防火工作，保护人民生命财产和生态安全，现就有关事项通知如下：
一、提高思想认识
各乡镇要充分认识当前防火形势的严峻性，把防火责任落实到每一个山头地块。
二、抓好重点环节
（一）管住野外火源。清明、冬至等重点时段，要在进山路口设卡值守。
（二）备足扑火力量。各乡镇应当组建不少于30人的半专业扑火队伍。
三、严格值班值守
1.坚持领导带班
2.落实有火必报
县教育局、县财政局要按照职责做好宣传教育和经费保障。
请各乡镇于11月30日前将工作方案报县人民政府办公室。"""


def _sample(role: str, organ: str = "") -> tuple[Person, str]:
    """The sample person who holds the role (in the organ), with his PIN."""
    row = next(r for r in samples() if role in r["roles"].split() and organ in ("", r["organ"]))
    return Person.objects.get(code=row["person"]), row["secret"]


def _code(values: Values) -> str:
    return str(values["document"])


def _told(by: Person, verb: str, code: str, **more: object) -> Values:
    document = Document.objects.get(code=code)
    return {"actor": by.code, "verb": f"documents.{verb}", "paper": document.number or code, "document": code, **more}


def _valid(form: Form) -> Form:
    if not form.is_valid():
        raise Refused("；".join(f"{name}：{error}" for name, errors in form.errors.items() for error in errors))
    return form


def _act(verb: str, code: str, by: Person, pin: str = "", seen: str = "", **data: object) -> object:
    """Fill in the verb's form as the person would, and let it call its action."""
    form = _valid(ACTS[verb].form(data))
    return ACTS[verb].call(code, by, pin, {**form.cleaned_data, "seen": seen})


def _step(verb: str, role: str, organ: str, **data: object) -> Callable[[Values], Values]:
    """A step that is one verb of one role."""

    def take(values: Values) -> Values:
        by, pin = _sample(role, organ)
        code = _code(values)
        _act(verb, code, by, pin, **data)
        return _told(by, verb.rstrip("_"), code)

    return take


# -- drafting ----------------------------------------------------------------------------------------------------


def draft(values: Values) -> Values:
    """A clerk of the county government's office drafts a notice to all townships."""
    by, _pin = _sample("drafter", OFFICE)
    data = {
        "organ": COUNTY, "kind": "notice", "title": f"云岭县人民政府关于{SUBJECT}的通知", "text": BODY, "urgency": "urgent",
        "groups": ["各乡镇人民政府", "各街道办事处"], "publication": "proactive",
    }  # fmt: skip
    return _drafted(by, data)


def draft_classified(values: Values) -> Values:
    """The classified document: 机密★5年, to two townships, known to those who handle it."""
    by, _pin = _sample("drafter", OFFICE)
    marker = str(values.get("marker") or values.get("classified_marker") or "样本")
    known = [Person.objects.get(code=row["person"]) for row in samples() if row["organ"] in (COUNTY, OFFICE, EDUCATION, FINANCE, *TOWNS)]
    data = {
        "organ": COUNTY, "kind": "notice", "title": f"云岭县人民政府关于做好{marker}专项保障工作的通知",
        "text": f"现就{marker}专项保障工作通知如下：\n一、明确任务\n按照预定方案执行{marker}任务。\n请遵照执行。",
        "recipients": "云岭县石桥镇人民政府、云岭县柳河镇人民政府", "publication": "withheld", "publication_reason": "属于国家秘密",
        "secrecy": "机密", "secrecy_period": "5年", "secrecy_basis": "保密事项范围第三条", "readers": [person.code for person in known],
    }  # fmt: skip
    return _drafted(by, data)


def _drafted(by: Person, data: Values) -> Values:
    form = _valid(DraftForm(by, data))
    document = actions.draft(form.cleaned_data["content"], by, organ=form.cleaned_data["organ"])
    _act("submit", document.code, by, opinion="请审核")
    told = _told(by, "submit", document.code)
    return told if settings.CLASSIFIED else {**told, "title": document.title}


def _mend(code: str, by: Person, old: str, new: str) -> Document:
    """Change a stretch of the text through the same form as on the screen."""
    document = queries.for_person(by, code)
    data = {**initial(document), "text": document.text.replace(old, new)}
    if data["text"] == document.text:
        data["text"] = f"{document.text}\n{new}"
    form = _valid(DraftForm(by, data, document=document))
    return actions.save(code, by, form.cleaned_data["content"], version=document.version)


def review_unit(values: Values) -> Values:
    """The unit head changes a paragraph and passes the draft on."""
    by, _pin = _sample("unit_head", OFFICE)
    _mend(_code(values), by, "不少于30人的半专业扑火队伍", "不少于40人的半专业扑火队伍，并配齐装备")
    _act("review_unit", _code(values), by, opinion="已改动第二部分，同意")
    return _told(by, "review_unit", _code(values))


def answer_consultation(values: Values) -> Values:
    """Education and finance answer side by side."""
    for organ in (EDUCATION, FINANCE):
        by, _pin = _sample("office_reviewer", organ)
        _act("answer_consultation", _code(values), by, answer="agree", reason="无不同意见")
    return _told(by, "answer_consultation", _code(values))


def resubmit(values: Values) -> Values:
    """The drafter adds what was missing and hands in again."""
    by, _pin = _sample("drafter", OFFICE)
    _mend(_code(values), by, "2.落实有火必报", "2.落实有火必报\n3.公布值班电话")
    _act("submit", _code(values), by, opinion="已按意见补充")
    return _told(by, "submit", _code(values))


# -- signing and issuing -----------------------------------------------------------------------------------------


def sign(values: Values) -> Values:
    """The county head signs the page that he has before his eyes."""
    role = "deputy_head" if values.get("break") == "wrong_signer" else "principal_head"
    by, pin = _sample(role, COUNTY)
    document = Document.objects.get(code=_code(values))
    _act("sign", document.code, by, pin, seen=document.content_digest, opinion="同意印发")
    return _told(by, "sign", document.code)


def edit_after_signing(values: Values) -> Values:
    """Somebody changes the signed text: the approval is void and the document goes back to the signer."""
    before = Document.objects.get(code=_code(values)).state
    by, _pin = _sample("registrar" if before == steps.State.NUMBERING else "recheck", OFFICE)
    after = _mend(_code(values), by, "于11月30日前", "于12月10日前")
    if after.signed_by_id or after.state != steps.State.SIGNING:
        raise Refused("签发后改动，签发没有失效")
    return _told(by, "void", after.code)


def number(values: Values) -> Values:
    told = _step("number", "registrar", OFFICE)(values)
    return told if settings.CLASSIFIED else {**told, "document_number": told["paper"]}


def typeset(values: Values) -> Values:
    told = _step("typeset", "registrar", OFFICE)(values)
    document = Document.objects.select_related("pdf").get(code=_code(values))
    if document.pdf is None:
        raise Refused("没有正式版面")
    return told if settings.CLASSIFIED else {**told, "pdf": str(place(document.pdf.sm3))}


def sign_for(values: Values) -> Values:
    """Two townships sign for it."""
    sent = dispatches.of_document(_code(values))
    for organ in TOWNS:
        by, _pin = _sample("receiver", organ)
        receipt = dispatches.waiting(by).get(dispatch=sent)
        dispatch_actions.sign_for(receipt.pk, by)
    return {**_told(by, "", _code(values)), "verb": "dispatch.sign_for"}


def urge(values: Values) -> Values:
    """One that has not signed is urged."""
    by, _pin = _sample("dispatcher", OFFICE)
    late = dispatches.unsigned(_code(values))[0]
    dispatch_actions.urge(late.pk, by, "请尽快签收")
    return {**_told(by, "", _code(values)), "verb": "dispatch.urge", "urged": late.organ.name}


def archive_(values: Values) -> Values:
    """The archivist confirms period and class; only now is the archival number fixed."""
    by, _pin = _sample("archivist", OFFICE)
    item = items.prefiled(by).get(document=_code(values))
    classes = [klass.code for klass in item.fonds.classes.all()] if item.fonds else []
    choice = archive.Choice(item.document, item.proposed, classes[0] if classes else "")
    filed = archive.confirm([choice], by, checks.affirmed(checks.Stage.FILING))[0]
    return {**_told(by, "", _code(values)), "verb": "archive.confirm", "archive_number": filed.archive_number}


# -- release -----------------------------------------------------------------------------------------------------


def review_release(values: Values) -> Values:
    """The drafter proposes, the secrecy reviewer finds nothing secret."""
    drafter, _pin = _sample("drafter", OFFICE)
    _act("propose_release", _code(values), drafter, opinion="属于主动公开范围")
    return _step("review_release", "release_reviewer", OFFICE, opinion="经审查不涉密，可以公开")(values)


def release_classified(values: Values) -> Values:
    """The attempt to release the classified document must be refused, with its reason in the audit."""
    by, _pin = _sample("drafter", OFFICE)
    try:
        _act("propose_release", _code(values), by)
    except Refused as no:
        return _told(by, "release_refused", _code(values), refused=str(no))
    raise Refused("涉密文件竟可送公开")


COMMON: dict[str, Callable[[Values], Values]] = {
    "review_unit": review_unit,
    "consult": _step("consult", "drafter", OFFICE, organs="云岭县教育局、云岭县财政局", note="请于今日内答复"),
    "answer_consultation": answer_consultation,
    "return_once": _step("return_", "office_reviewer", OFFICE, reason="请补充值班电话的公布要求"),
    "resubmit": resubmit,
    "review_office": _step("review_office", "office_reviewer", OFFICE, opinion="会签已办，文种格式无误"),
    "approve_deputy": _step("approve_deputy", "deputy_head", COUNTY, opinion="拟同意，请县长签发"),
    "sign": sign,
    "edit_after_signing": edit_after_signing,
    "recheck": _step("recheck", "recheck", OFFICE, opinion="手续完备"),
    "number": number,
    "typeset": typeset,
    "dispatch": _step("dispatch", "dispatcher", OFFICE),
    "sign_for": sign_for,
    "urge": urge,
    "archive": archive_,
}
STEPS: dict[str, Callable[[Values], Values]] = {
    "draft": draft,
    "draft_classified": draft_classified,
    **COMMON,
    **{f"{name}_classified": step for name, step in COMMON.items()},
    "review_release": review_release,
    "release": _step("release", "organ_head", OFFICE, opinion="同意公开"),
    "release_classified": release_classified,
}
