"""The elements marked on the page (标引): a receiver takes title, number or text out without guessing from the print.

The custom tags of GB/T 33190 name a file in a vocabulary of the maker's own; this is ours.
"""

from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from zhengtong.papers.typeset.press import Tag

VOCABULARY = "urn:zhengtong:official-document:1"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
# fmt: off
NAMES = {
    # as in paper.py      in the file           条例第九条
    "copy_no":         ("CopyNumber",        "份号"),
    "secrecy":         ("Secrecy",           "密级和保密期限"),
    "urgency":         ("Urgency",           "紧急程度"),
    "issuer_mark":     ("IssuerMark",        "发文机关标志"),
    "number":          ("Number",            "发文字号"),
    "signers":         ("Signers",           "签发人"),
    "title":           ("Title",             "标题"),
    "recipients":      ("Recipients",        "主送机关"),
    "heading":         ("Heading",           "正文标题"),
    "paragraph":       ("Paragraph",         "正文"),
    "table":           ("Table",             "表格"),
    "attachment_note": ("AttachmentNote",    "附件说明"),
    "signature":       ("Signature",         "发文机关署名"),
    "date":            ("Date",              "成文日期"),
    "seal":            ("Seal",              "印章"),
    "stamp":           ("Stamp",             "签名章"),
    "attendance":      ("Attendance",        "出席情况"),
    "note":            ("Note",              "附注"),
    "attachment":      ("Attachment",        "附件"),
    "cc":              ("CopyTo",            "抄送机关"),
    "imprint":         ("Imprint",           "印发机关和印发日期"),
    "page_number":     ("PageNumber",        "页码"),
}
# fmt: on
TEXT = ("heading", "paragraph", "table")  # these follow one another as they were written
ORDER = {name: 7 if name in TEXT else rank for rank, name in enumerate(NAMES)}
Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Marks:
    """The objects of each tag, and the places left for seals."""

    objects: dict[int, tuple[Tag, list[tuple[int, int]]]] = field(default_factory=dict)
    places: dict[int, tuple[Tag, int, Box]] = field(default_factory=dict)

    def add(self, number: int, tag: Tag, page: int, drawn: int) -> None:
        self.objects.setdefault(number, (tag, []))[1].append((page, drawn))

    def place(self, number: int, tag: Tag, page: int, box: Box) -> None:
        """A part of a seal that is left out: the place grows to hold it."""
        if number in self.places:
            _tag, _page, old = self.places[number]
            left, top = min(old[0], box[0]), min(old[1], box[1])
            box = (left, top, max(old[0] + old[2], box[0] + box[2]) - left, max(old[1] + old[3], box[1] + box[3]) - top)
        self.places[number] = (tag, page, box)

    def xml(self) -> str:
        """The file of tags, in the document's order."""
        rows = []
        tags = {number: (self.objects.get(number) or self.places[number])[0] for number in self.objects.keys() | self.places.keys()}
        for number, tag in sorted(tags.items(), key=lambda item: (ORDER[item[1].name], item[0])):
            name, chinese = NAMES[tag.name]
            label = f" Label={quoteattr(tag.label)}" if tag.label else ""
            place, inside = "", ""
            if number in self.places:
                _tag, page, box = self.places[number]
                place = f' PageRef="{page}" Boundary="{" ".join(f"{v:.3f}" for v in box)}"'
            elif number in self.objects:
                inside = "".join(f'<ofd:ObjectRef PageRef="{page}">{drawn}</ofd:ObjectRef>' for page, drawn in self.objects[number][1])
            rows.append(f'<zt:{name} Name="{chinese}"{label}{place}>{inside}</zt:{name}>')
        return f'{HEAD}<zt:Elements xmlns:zt="{VOCABULARY}" {OFD}>{"".join(rows)}</zt:Elements>'


def listing() -> str:
    """CustomTags.xml: which vocabulary, which file."""
    one = f'<ofd:CustomTag NameSpace="{VOCABULARY}"><ofd:FileLoc>Elements.xml</ofd:FileLoc></ofd:CustomTag>'
    return f"{HEAD}<ofd:CustomTags {OFD}>{one}</ofd:CustomTags>"
