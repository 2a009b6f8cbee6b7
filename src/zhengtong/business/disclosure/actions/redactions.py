"""遮盖: marked by the clerk, done by the machine, proved before it may go (第三十七条)."""

from io import BytesIO
from typing import BinaryIO

from zhengtong.business.disclosure import redacting
from zhengtong.business.disclosure.handling import locked
from zhengtong.business.disclosure.models import Attachment, Redaction, Request
from zhengtong.business.disclosure.rules import redaction as rules
from zhengtong.business.disclosure.rules import steps
from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.files.actions import safe_name, store
from zhengtong.foundation.files.queries import read
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

TAKES = ("pdf", "txt", "png", "jpg")


@action
def begin_redaction(number: str, by: Person, name: str, content: bytes | BinaryIO) -> Redaction:
    """Take in the original; it stays in the folder's redaction and goes nowhere."""
    request = locked(number, by)
    if request.state not in steps.WORKING:
        raise Refused(_("现在不能放入要提供的文件"))
    stored = store(content, safe_name(name), limit_mb=25, allowed=TAKES)
    if stored.kind == "pdf":
        try:
            count = redacting.pages_of(read(stored.sm3))
        except Exception as error:  # whatever the reader says of a broken file
            raise Refused(_("这个PDF打不开，可能已加密或损坏"), field="paper") from error
        if count > redacting.MOST_PAGES:
            raise Refused(_("一次最多处理%(most)d页，请分成几个文件"), field="paper", most=redacting.MOST_PAGES)
    made = Redaction.objects.create(request=request, name=safe_name(name), source=stored, by=by)
    record(by, "disclosure.begin_redaction", request, {"redaction": made.pk, "sm3": stored.sm3}, organ=request.organ.code)
    return made


def _locked(pk: int, by: Person) -> Redaction:
    found = Redaction.objects.select_related("request").filter(pk=pk).first()
    if found is None:
        raise Refused(_("没有这件遮盖处理"))
    request = locked(found.request.number, by)
    found = Redaction.objects.select_for_update(of=("self",)).select_related("source").get(pk=pk)
    found.request = request
    if found.state == Redaction.DONE or request.state not in steps.WORKING:
        raise Refused(_("遮盖已经完成，不能再改"))
    return found


@action
def mark(pk: int, by: Person, given: rules.Mark) -> Redaction:
    """Mark a passage, wherever it stands, or an area of a page, with its ground."""
    found = _locked(pk, by)
    if no := rules.mark_objection(given, found.marks):
        raise Refused(no)
    if given.get("passage"):
        if found.source.kind in ("png", "jpg"):
            raise Refused(_("图片里没有文字可查，请在页面上点两个角框出区域"), field="passage")
        if not _count(found, str(given["passage"])):
            raise Refused(_("文件里没有找到这段文字；扫描件请在页面上点两个角框出区域"), field="passage")
    elif found.source.kind == "txt":
        raise Refused(_("文本文件请写出要遮盖的文字"), field="passage")
    found.marks = [*found.marks, dict(given)]
    found.save(update_fields=["marks"])
    record(by, "disclosure.mark", found.request, {"redaction": pk, "ground": given["ground"]}, organ=found.request.organ.code)
    return found


def _count(found: Redaction, passage: str) -> int:
    content = read(found.source.sm3)
    return (
        redacting.rewritten(_text(content), [passage])[1][passage] if found.source.kind == "txt" else len(redacting.find(content, passage))
    )


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(_("文本文件的编码无法识别"))


@action
def unmark(pk: int, by: Person, place: int) -> Redaction:
    """Take a mark back."""
    found = _locked(pk, by)
    if not 0 <= place < len(found.marks):
        raise Refused(_("没有这个标记"))
    found.marks = [one for n, one in enumerate(found.marks) if n != place]
    found.save(update_fields=["marks"])
    record(by, "disclosure.unmark", found.request, {"redaction": pk}, organ=found.request.organ.code)
    return found


@action
def finish_redaction(pk: int, by: Person) -> Redaction:
    """Make the covered file, look for everything that was to be removed, and only then put it into the answer."""
    found = _locked(pk, by)
    if not found.marks:
        raise Refused(_("还没有标出要遮盖的内容"))
    content, name = read(found.source.sm3), found.name.rsplit(".", 1)[0]
    secrets, boxes = rules.passages(found.marks), []
    if found.source.kind == "txt":
        text, _counts = redacting.rewritten(_text(content), secrets)
        made = redacting.typeset(_without(name, secrets), found.request.organ.name, text, clock.now())
    else:
        pdf = content if found.source.kind == "pdf" else redacting.as_pdf(content, clock.now())
        boxes = [box for passage in secrets for box in redacting.find(pdf, passage)]
        boxes += [redacting.Box(int(one["page"]), *one["box"]) for one in found.marks if "box" in one]
        made = redacting.covered(pdf, boxes, clock.now())
        if redacting.foreign(made) or redacting.uncovered(made, boxes) or redacting.text_of(made):
            raise Refused(_("核验没有通过：遮盖后的文件里还有不该有的内容，没有放入答复"))
    if redacting.surviving(made, secrets):
        raise Refused(_("核验没有通过：遮盖的文字仍能找到，没有放入答复"))
    shown = f"{_without(name, secrets)}（已遮盖）.pdf"
    stored = store(BytesIO(made), shown, limit_mb=100)
    found.result = Attachment.objects.create(request=found.request, kind=Attachment.GIVEN, name=shown, file=stored)
    found.state = Redaction.DONE
    found.proof = {"sm3": stored.sm3, "layers": len(redacting.layers(made)), "passages": len(secrets), "areas": len(boxes)}
    found.save(update_fields=["result", "state", "proof"])
    record(by, "disclosure.finish_redaction", found.request, {"redaction": pk, **found.proof}, organ=found.request.organ.code)
    return found


def _without(name: str, secrets: tuple[str, ...]) -> str:
    return redacting.rewritten(name, secrets)[0]


def leak(request: Request, letter: str) -> str:
    """The name of something in the answer from which a removed passage can still be got, or "": asked before an answer goes."""
    secrets = [p for one in request.redactions.all() for p in rules.passages(one.marks)]
    if not secrets:
        return ""
    if redacting.surviving(letter.encode(), secrets):
        return "答复书"
    for paper in request.attachments.filter(kind=Attachment.GIVEN).select_related("file"):
        if redacting.surviving(read(paper.file.sm3), secrets) or redacting.surviving(paper.name.encode(), secrets):
            return paper.name
    return ""
