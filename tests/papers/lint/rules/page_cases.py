"""For each rule that only the page of a docx decides: the docx that breaks it, and the one that just keeps it."""

from tests.papers.reading.cast import PAGE, W, docx, paragraph

from .cast import NOTICE, notice

RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
FOOTER = '<w:ftr {}><w:p><w:pPr><w:jc w:val="{}"/></w:pPr><w:r><w:t>{}</w:t></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:t>1{}</w:t></w:r></w:p></w:ftr>'
TWO = "附件：1.防火方案\n2.巡护名单"


def footer(align: str, before: str, after: str) -> bytes:
    page = PAGE.replace("<w:sectPr>", '<w:sectPr><w:footerReference w:type="default" r:id="rId9"/>')
    relation = RELATIONS.format('<Relationship Id="rId9" Type="footer" Target="footer1.xml"/>')
    return docx(
        notice(), page=page, parts={"word/footer1.xml": FOOTER.format(W, align, before, after), "word/_rels/document.xml.rels": relation}
    )


def faces(face: str) -> bytes:
    look = f'<w:pPr><w:rPr><w:rFonts w:eastAsia="{face}"/></w:rPr></w:pPr>'
    return docx(body="".join(paragraph(line, look if line.startswith("一、") else "") for line in notice().splitlines()))


def bound(looks: str) -> bytes:
    lines = [*notice(att="附件：防火方案", imprint="", cc="").splitlines(), "附件", "防火方案", "设卡检查。"]
    return docx(body="".join(paragraph(line, looks if line == "附件" else "") for line in lines))


CASES: dict[str, tuple[bytes, bytes]] = {
    "PG-01": (footer("center", "第", "页"), footer("right", "— ", " —")),
    "PG-03": (docx(notice(), page=PAGE.replace('w:top="2098"', 'w:top="1440"')), docx(notice(), page=PAGE)),
    "LV-10": (faces("仿宋_GB2312"), faces("黑体")),
    "ATT-09": (bound(""), bound("<w:pPr><w:pageBreakBefore/></w:pPr>")),
}
assert NOTICE
