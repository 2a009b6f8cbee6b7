"""What the archive keeps of a completed document besides the page: handling sheet, marked-up draft, metadata, log.

Plain texts and values that stay readable without this system (GB/T 39362-2020; 条例第二十七条).
"""

from collections.abc import Mapping

from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.slips.rules import DECISIONS, LineState
from zhengtong.office.documents.models import Document
from zhengtong.office.documents.rules import body, kinds, secrecy

from .traces import changes

SIGNS = {"": ("", ""), "+": ("［增：", "］"), "-": ("［删：", "］")}


def sheet(document: Document) -> str:
    """发文处理单: every settled line with who, when, what he decided and wrote."""
    rows = [f"发文处理单　{document.number}　{document.title}", f"文件编号：{document.code}"]
    for line in document.slip.lines.select_related("done_by", "organ") if document.slip else ():
        if line.state in (LineState.DONE, LineState.RETURNED) and line.done_by and line.done_at:
            said = line.opinion or DECISIONS.get(line.decision, "")
            state = "退回" if line.state == LineState.RETURNED else ""
            rows.append(f"{line.label}{state}　{line.done_by.name}　{_moment(line.done_at)}　{said}")
    return "\n".join(rows)


def marked(document: Document) -> str:
    """花脸稿 as text: what each handler wrote and struck, one after another."""
    rows = []
    for trace in changes(document):
        rows.append(f"第{trace.revision.version}稿　{trace.hand}　{_moment(trace.at)}")
        rows += [_marks(line) for line in ([trace.title] if trace.title else []) + trace.lines]
    return "\n".join(rows)


def metadata(document: Document) -> Mapping[str, object]:
    """The document's own metadata (GB/T 33480-2016), with the signature that binds its content."""
    return {
        "code": document.code,
        "number": document.number,
        "title": document.title,
        "kind": kinds.KINDS[document.kind].name,
        "issuer": {"code": document.organ.code, "name": document.organ.name},
        "recipients": [{"code": r.organ.code, "name": r.name, "cc": r.cc} for r in document.recipients.select_related("organ")],
        "urgency": document.urgency,
        "publication": secrecy.PUBLICATION[secrecy.Publication(document.publication)],
        "secrecy": document.secrecy_mark,
        "drafter": document.drafter.code,
        "signed_by": document.signed_by.code if document.signed_by else "",
        "signed_at": document.signed_at.isoformat() if document.signed_at else "",
        "printed_on": document.printed_on.isoformat() if document.printed_on else "",
        "content_digest": document.content_digest,
        "signature": document.signature,
    }


def log(document: Document) -> list[Mapping[str, object]]:
    """处理过程: the audit entries of the document, as values with their digests."""
    names = [f"{document._meta.label_lower}:{own}" for own in (document.code, document.number) if own]
    entries = Entry.objects.filter(target__in=names).order_by("id")
    return [{"at": e.at.isoformat(), "who": e.actor_code, "verb": e.verb, "detail": e.detail, "sm3": e.hash} for e in entries]


def _marks(line: list[body.Mark]) -> str:
    return "".join(f"{SIGNS[m.sign][0]}{m.text}{SIGNS[m.sign][1]}" for m in line)


def _moment(at: object) -> str:
    return f"{at.astimezone(clock.ZONE):%Y-%m-%d %H:%M}"  # type: ignore[attr-defined]
