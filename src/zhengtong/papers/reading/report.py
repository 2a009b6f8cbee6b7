"""The elements as JSON values: names of fields and what they hold are fixed, and other programs may rely on them."""

from .elements import Attachment, Elements, Piece, Role, attachment_name, joined
from .types import of_title


def as_json(elements: Elements) -> dict[str, object]:
    """Every element of 条例第九条; what a document does not carry is empty."""
    date = elements.date
    kind = of_title(elements.title)
    return {
        "format": elements.kind,
        "copy_no": elements.text(Role.COPY_NO),
        "secrecy": elements.text(Role.SECRECY),
        "urgency": elements.text(Role.URGENCY),
        "issuer_mark": [p.text.strip() for p in elements.of(Role.MARK)],
        "issuer": "、".join(elements.issuers),
        "number": elements.number,
        "signers": elements.signers,
        "title": elements.title,
        "type": kind.name if kind else "",
        "adopted": elements.text(Role.ADOPTED),
        "recipients": elements.recipients,
        "body": [block(p) for p in elements.body],
        "attachments": [attachment(a) for a in elements.attachments],
        "attachment_note": [attachment_name(p.text)[1] for p in elements.of(Role.ATTACHMENT_NOTE)],
        "signature": elements.signatures,
        "date": joined([elements.text(Role.DATE)]),
        "date_iso": date.isoformat() if date else "",
        "note": elements.text(Role.NOTE, "\n"),
        "cc": elements.cc,
        "imprint": elements.text(Role.IMPRINT, "\n"),
        "keywords": elements.text(Role.KEYWORDS),
        "remarks": [{"zh": remark.zh, "en": remark.en} for remark in elements.remarks],
    }


def block(piece: Piece) -> dict[str, object]:
    """One block of the text: a heading with its level and what runs on behind it, a table, or a paragraph."""
    if piece.rows:
        return {"line": piece.line, "level": 0, "table": [list(row) for row in piece.rows]}
    text = piece.text.strip()
    if not piece.level:
        return {"line": piece.line, "level": 0, "text": text}
    head, stop, after = text.partition("。")
    return {"line": piece.line, "level": piece.level, "text": text, "heading": head + (stop if after else ""), "after": after}


def attachment(one: Attachment) -> dict[str, object]:
    return {"number": one.number, "name": one.name, "enclosed": one.enclosed, "body": [block(p) for p in one.pieces]}
