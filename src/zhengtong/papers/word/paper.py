"""A document as docx: the same elements as on the typeset page, by the measures of GB/T 9704-2012, to be opened and edited elsewhere.

No seal and no signer's stamp stands in it: what is sealed is the page, never a file that anybody can change.
"""

from math import ceil

from zhengtong.papers.typeset import titles
from zhengtong.papers.typeset.geometry import MEASURES, MM
from zhengtong.papers.typeset.paper import Block, Form, Heading, Paper, Para, Table, day

from .marks import RED, Layout, edges, paragraph, run, table, twips
from .package import R, W, bundle, core

DRAFT = "草稿，未经签发"
PAPERS = "文件"


def _mm(name: str) -> int:
    return twips(MEASURES[name].value)


def _count(name: str) -> float:
    return MEASURES[name].value


BODY = _count("body_size")
WIDE = _mm("area_width")
ZI = WIDE / _count("chars")  # 字, the pitch of characters
LINE = 579  # 行: 22 of them fill the type area; a twip less than measured, or rounding would send the last one over
FOUR = int(20 * _count("imprint_size"))
BREADTH, HEIGHT, TOP, LEFT = _mm("paper_width"), _mm("paper_height"), _mm("margin_top"), _mm("margin_left")
RIGHT, BOTTOM = BREADTH - LEFT - WIDE, HEIGHT - TOP - _mm("area_height")
GRID = f'<w:docGrid w:type="linesAndChars" w:linePitch="{LINE}" w:charSpace="{round((ZI / 20 - BODY) * 4096)}"/>'
LEVELS = ("hei", "kai", "fang", "fang")  # 7.3.3
FOOT = {"default": "right", "even": "left"}  # 7.5
SETTINGS = (
    f'<w:settings xmlns:w="{W}"><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting '
    'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
STYLES = (
    f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="仿宋" w:hAnsi="仿宋" w:eastAsia="仿宋" w:cs="仿宋"/>'
    f'<w:sz w:val="{round(2 * BODY)}"/><w:szCs w:val="{round(2 * BODY)}"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
    f'<w:pPrDefault><w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
    f'<w:spacing w:line="{LINE}" w:lineRule="exact"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>'
)


def docx(paper: Paper, *, draft: bool = False) -> bytes:
    """The document as docx; a draft says so at the head of every page. The same paper gives the same bytes."""
    writer = _Writer(paper, draft)
    parts = {f"footer{n}": _footer(align) for n, align in enumerate(FOOT.values(), start=1)}
    parts |= {"footer3": _frame("ftr", _last_line() if paper.form == Form.LETTER else "")}
    parts |= {"header1": _frame("hdr", paragraph(run(DRAFT, "hei", 10.5, "808080"), Layout("center", line=300)))} if draft else {}
    return bundle(writer.body(), styles=STYLES, settings=SETTINGS, core=core(paper.title, paper.signature), **parts)


# ---- head and foot of the page ---------------------------------------------------------------------------------------
def _frame(kind: str, inside: str) -> str:
    return f'<w:{kind} xmlns:w="{W}" xmlns:r="{R}">{inside or paragraph("")}</w:{kind}>'


def _footer(align: str) -> str:
    """— 1 — in 4号宋体, one character in from the edge (7.5)."""
    size, side = _count("page_number_size"), FOUR if align == "right" else 0
    looks = '<w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/></w:rPr>'
    field = f'<w:fldSimple w:instr=" PAGE "><w:r>{looks}<w:t>1</w:t></w:r></w:fldSimple>'
    inside = run("— ", "song", size) + field + run(" —", "song", size)
    return _frame("ftr", paragraph(inside, Layout(align, line=FOUR, right=side, left=FOUR - side)))


def _last_line() -> str:
    """The lower double line of a letter's first page, 20 mm above the paper's edge, 170 mm wide (10.1)."""
    width, at = _mm("letter_line_width"), _mm("letter_last_line") - 60
    where = f'<w:framePr w:w="{width}" w:hAnchor="page" w:vAnchor="page" w:xAlign="center" w:y="{at}"/>'
    line = edges(bottom=("red thinThickSmallGap", 18, 0))
    return paragraph("", Layout(line=60, border=line, frame=where)) + paragraph("")


class _Writer:
    """Writes one paper's body."""

    def __init__(self, paper: Paper, draft: bool) -> None:
        self.paper, self.draft = paper, draft

    def body(self) -> str:
        heads = {Form.GENERAL: self.general, Form.LETTER: self.letter, Form.ORDER: self.order, Form.MINUTES: self.minutes}
        paper = self.paper
        made = heads[paper.form]()
        made += paragraph(run("，".join(paper.recipients) + "：")) if paper.recipients else ""
        made += "".join(self.block(b) for b in paper.body) + self.attachment_note() + self.closing()
        made += "".join(self.bound_in(n) for n, one in enumerate(paper.attachments, start=1) if one.body)
        return f"<w:body>{made}{self.imprint()}{self.section()}</w:body>"

    def section(self, *, across: bool = False) -> str:
        """The page (5.1, 5.2); a letter's first one has no number. A table set across lies on a page turned over."""
        first = self.paper.form == Form.LETTER
        kinds = [*FOOT, *(["first"] if first else [])]
        heads = "".join(f'<w:headerReference w:type="{kind}" r:id="header1"/>' for kind in kinds) if self.draft else ""
        feet = "".join(f'<w:footerReference w:type="{kind}" r:id="footer{n}"/>' for n, kind in enumerate(kinds, start=1))
        if across:
            size = f'<w:pgSz w:w="{HEIGHT}" w:h="{BREADTH}" w:orient="landscape"/>'
            sides = {"top": LEFT, "right": TOP, "bottom": RIGHT, "left": BOTTOM}
        else:
            size = f'<w:pgSz w:w="{BREADTH}" w:h="{HEIGHT}"/>'
            sides = {"top": TOP, "right": RIGHT, "bottom": BOTTOM, "left": LEFT}
        below = BOTTOM - _mm("page_number_below") - FOUR // 2
        edge = "".join(f' w:{side}="{value}"' for side, value in sides.items())
        page = f'{size}<w:pgMar{edge} w:header="851" w:footer="{below}" w:gutter="0"/>'
        return f"<w:sectPr>{heads}{feet}{page}{'<w:titlePg/>' if first else ''}{GRID}</w:sectPr>"

    # ---- 版头 (7.2), and by format (10.1 to 10.3) ------------------------------------------------------------------
    def corner(self) -> list[str]:
        """份号, 密级, 紧急程度 at the left upper corner."""
        paper = self.paper
        rows = ((paper.copy_no, "fang"), (paper.secrecy, "hei"), (paper.urgency, "hei"))
        return [run(text, face) for text, face in rows if text]

    def mark(self, below_edge: float, *, frame: str = "", border: str = "") -> str:
        """发文机关标志: its ink begins so many twips below the upper edge; the organs of a joint one below one another (7.2.4)."""
        text = self.paper.issuer_mark
        names = [text.removesuffix(PAPERS), *(i.name for i in self.paper.joint)] if self.paper.joint else [text]
        size = min(_count("mark_size_most"), WIDE / 20 / max(map(len, names)), _count("joint_marks_height") * MM / len(names) / 1.25)
        if len(names) > 1 and text.endswith(PAPERS):
            size = min(size, WIDE / 20 / (max(map(len, names)) + 2.6))
            names[-1] += PAPERS
        high = ceil(20 * size * 1.1)
        shown = [run(name, "biao", size, RED) for name in names]
        edge = max(0, round(below_edge - 20 * size * 0.08))
        last = len(shown) - 1
        return "".join(
            paragraph(one, Layout("center", before=edge if n == 0 else 0, line=high, frame=frame, border=border if n == last else ""))
            for n, one in enumerate(shown)
        )

    def top(self, edge: str) -> str:
        """What stands above the mark, and the mark."""
        small = [paragraph(one) for one in self.corner()]
        return "".join(small) + self.mark(_mm(edge) - len(small) * LINE)

    def title(self, lines: float) -> str:
        shown = run("\n".join(titles.lines(self.paper.title)), "biao", _count("title_size"))
        after = round(_count("title_to_recipients") * LINE)
        return paragraph(shown, Layout("center", before=round(lines * LINE), after=after, line=LINE + 40)) if shown else ""

    def red_line(self) -> str:
        return edges(bottom=("red single", round(8 * _count("red_line") * MM), round(_count("number_to_red_line") * MM)))

    def general(self) -> str:
        paper, before = self.paper, round(_count("mark_to_number") * LINE)
        if not paper.signers:
            return (
                self.top("mark_top")
                + paragraph(run(paper.number), Layout("center", before=before, line=20 * 20, border=self.red_line()))
                + self.title(_count("red_line_to_title"))
            )
        rows = [paper.signers[n : n + 2] for n in range(0, len(paper.signers), 2)]
        wide = max(titles.width("　".join(row)) for row in rows) + 4  # with 签发人：
        names = round(WIDE - ZI * (_count("signer_right") + wide - 4))
        tabs, made = (("left", round(ZI)), ("left", names - round(4 * ZI)), ("left", names)), self.top("mark_top")
        for n, row in enumerate(rows):
            first, last = n == 0, n == len(rows) - 1
            shown = run(f"\t{paper.number if last else ''}\t{'签发人：' if first else ''}\t") + run("　".join(row), "kai")
            line, border = (20 * 20, self.red_line()) if last else (0, "")
            made += paragraph(shown, Layout(before=before if first else 0, line=line, tabs=tabs, border=border))
        return made + self.title(_count("red_line_to_title"))

    def letter(self) -> str:
        """The mark 30 mm below the paper's edge over a double line; number at the right, the rest at the left (10.1)."""
        width, where = _mm("letter_line_width"), _mm("letter_mark_top")
        frame = (
            f'<w:framePr w:w="{width}" w:hSpace="0" w:wrap="notBeside" w:hAnchor="page" w:vAnchor="page" w:xAlign="center" w:y="{where}"/>'
        )
        double = edges(bottom=("red thickThinSmallGap", 18, round(_count("letter_mark_to_line") * MM)))
        made = self.mark(0, frame=frame, border=double)
        first, *rest = [*self.corner(), ""]
        made += paragraph(first + run("\t" + self.paper.number), Layout(before=round(7 / 8 * 20 * BODY), tabs=(("right", WIDE),)))
        made += "".join(paragraph(one) for one in rest if one)
        return made + self.title(_count("letter_to_title"))

    def order(self) -> str:
        after = round(_count("order_to_text") * LINE)
        before = round(_count("order_to_number") * LINE)
        return self.top("order_mark_top") + paragraph(run(self.paper.number), Layout("center", before=before, after=after))

    def minutes(self) -> str:
        """Who and when stand above the line, as is the custom (10.3)."""
        paper = self.paper
        made = self.top("mark_top") + paragraph(run(paper.number), Layout("center", before=round(_count("mark_to_number") * LINE)))
        who = run(f"\t{paper.signature}\t{day(paper.date)}")
        made += paragraph(who, Layout(line=20 * 20, tabs=(("left", round(ZI)), ("right", round(WIDE - ZI))), border=self.red_line()))
        return made + self.title(_count("red_line_to_title"))

    # ---- the text (7.3.3), tables (§8), attachments (7.3.4, 7.3.7) --------------------------------------------------
    def block(self, block: Block) -> str:
        first = round(_count("indent") * ZI)
        match block:
            case Heading(level, text, after):
                shown = run(text, LEVELS[level - 1]) + run(after)
                return paragraph(shown, Layout("both", first=first, level=0 if after else level, keep=not after))
            case Table(rows, wide):
                return self.table(rows, wide)
            case Para(text):
                return paragraph(run(text), Layout("both", first=first))
        raise TypeError(f"not a block: {block!r}")

    def table(self, rows: tuple[tuple[str, ...], ...], wide: bool) -> str:
        columns, size = max(map(len, rows)), _count("table_size")
        room = _mm("area_height") if wide else WIDE
        line = Layout("center", line=round(20 * size * 1.5))
        cells = [
            [paragraph(run(cell, "hei" if n == 0 else "fang", size), line) for cell in (*row, *[""] * (columns - len(row)))]
            for n, row in enumerate(rows)
        ]
        every = dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), ("single", 4, 0))
        made = table(cells, [room // columns] * columns, edges(**every), head=True)
        if not wide:
            return made + paragraph("", Layout(line=120))
        return (
            paragraph("", Layout(line=20, section=self.section()))
            + made
            + paragraph("", Layout(line=20, section=self.section(across=True)))
        )

    def attachment_note(self) -> str:
        many, made = len(self.paper.attachments) > 1, ""
        for n, one in enumerate(self.paper.attachments, start=1):
            label = ("附件：" if n == 1 else "") + (f"{n}." if many else "")
            before = round(_count("body_to_attachments") * LINE) if n == 1 else 0
            left, hang = round(ZI * (6 if many else 5)), round(ZI * ((4 if many else 3) if n == 1 else 1))
            made += paragraph(run(label + one.name), Layout(before=before, left=left, hanging=hang))
        return made

    def bound_in(self, number: int) -> str:
        one = self.paper.attachments[number - 1]
        head = "附件" + (str(number) if len(self.paper.attachments) > 1 else "")
        lines = round((_count("attachment_title") - 2) * LINE)
        made = paragraph(run(head, "hei"), Layout(new_page=True))
        made += paragraph(run(one.name, "biao", _count("title_size")), Layout("center", before=lines, after=LINE, line=LINE + 40))
        return made + "".join(self.block(b) for b in one.body)

    # ---- under the text (7.3.5, 7.3.6, 10.3) and 版记 (7.4) ----------------------------------------------------------
    def closing(self) -> str:
        paper, made = self.paper, ""
        if paper.form == Form.MINUTES:
            for n, row in enumerate(paper.attendance):
                hang = round(ZI * (len(row.label) + 1))
                how = Layout(before=LINE if n == 0 else 0, left=round(ZI * 2) + hang, hanging=hang)
                made += paragraph(run(f"{row.label}：", "hei") + run(row.names), how)
        elif paper.stamps:
            made = self.stamped()
        elif paper.signature or paper.date:
            made = self.signed()
        return made + (paragraph(run(f"（{paper.note}）"), Layout(first=round(_count("note_indent") * ZI))) if paper.note else "")

    def stamped(self) -> str:
        edge, gap, made = round(_count("date_right_sealed") * ZI), "　" * round(_count("office_to_stamp")), ""
        for n, one in enumerate(self.paper.stamps):
            before = round(_count("body_to_stamp") * LINE) if n == 0 else 0
            made += paragraph(run(f"{one.office}{gap}") + run(one.name, "kai"), Layout("right", before=before, right=edge, keep=True))
        return made + paragraph(run(day(self.paper.date)), Layout("right", before=LINE, right=edge)) if self.paper.date else made

    def signed(self) -> str:
        """署名 over the middle of 成文日期 where a seal will stand (7.3.5.1), else two characters in (7.3.5.2)."""
        paper, date = self.paper, day(self.paper.date)
        names = [name for name in (paper.signature, *(i.name for i in paper.joint)) if name]
        broad = titles.width(date)
        at, made = _count("date_right_sealed"), ""
        for n, name in enumerate(names):
            right = max(0.0, at + (broad - titles.width(name)) / 2)
            before = 2 * LINE if n == 0 else 0
            made += paragraph(run(name), Layout("right", before=before, right=round(right * ZI), keep=True))
        return made + (paragraph(run(date), Layout("right", right=round(at * ZI))) if date else "")

    def imprint(self) -> str:
        """At the foot of the last page, between lines; a letter has none (10.1). LibreOffice sets it right under the text."""
        paper, plain = self.paper, self.paper.form == Form.LETTER
        size, side, label = _count("imprint_size"), round(_count("imprint_sides") * FOUR), 3 * FOUR
        rows = []
        if paper.cc:
            how = Layout(left=side + label, hanging=label, right=side, line=440, before=60, after=60)
            rows.append([paragraph(run(f"抄送：{'，'.join(paper.cc)}。", size=size), how)])
        if paper.printed_by and not plain:
            printed = f"{paper.printed_by}\t{day(paper.printed_on)}印发" if paper.printed_on else paper.printed_by
            how = Layout(left=side, right=side, line=440, before=60, after=60, tabs=(("right", WIDE - side),))
            rows.append([paragraph(run(printed, size=size), how)])
        if not rows:
            return ""
        thick, thin = (round(8 * _count(name) * MM) for name in ("imprint_thick", "imprint_thin"))
        rules = {} if plain else {"top": ("single", thick, 0), "bottom": ("single", thick, 0), "insideH": ("single", thin, 0)}
        place = (
            '<w:tblpPr w:vertAnchor="margin" w:horzAnchor="margin" w:tblpXSpec="left" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/>'
        )
        return table(rows, [WIDE], edges(**rules), place=place) + paragraph("", Layout(line=20))
