"""The elements of a document, whatever file it comes in."""

from datetime import date

import pytest

from zhengtong.papers.reading import files
from zhengtong.papers.reading.elements import Role, day, names
from zhengtong.papers.reading.report import as_json
from zhengtong.papers.reading.structure import level

from .cast import REAL, REQUEST, docx, paragraph, real, table

HTML = "<html><body><nav>首页</nav><div id='UCAP-CONTENT'>" + "".join(f"<p>{x}</p>" for x in REQUEST.splitlines()) + "</div></body></html>"


@pytest.mark.parametrize(("name", "data"), [("a.txt", REQUEST.encode()), ("a.docx", docx(REQUEST)), ("a.html", HTML.encode())])
def test_every_element_of_a_request_is_found_in_each_format(name, data):
    found = as_json(files.parse(data, name))
    assert found["copy_no"] == "000012"
    assert (found["secrecy"], found["urgency"]) == ("机密★5年", "特急")
    assert found["issuer_mark"] == ["云岭县人民政府文件"] and found["issuer"] == "云岭县人民政府"
    assert (found["number"], found["signers"]) == ("云政发〔2026〕12号", ["张某某"])
    assert (found["title"], found["type"]) == ("云岭县人民政府关于追加防汛经费的请示", "请示")
    assert found["recipients"] == ["云州市人民政府"]
    assert [(b["level"], b.get("heading")) for b in found["body"] if b["level"]] == [
        (1, "一、基本情况"), (2, "（一）雨情。"), (3, "1.东部。"), (1, "二、请示事项"),
    ]  # fmt: skip
    assert [(a["number"], a["name"], len(a["body"])) for a in found["attachments"]] == [(1, "防汛经费测算表", 1), (2, "受灾情况统计表", 1)]
    assert found["signature"] == ["云岭县人民政府"] and found["date_iso"] == "2026-07-05"
    assert found["note"] == "（联系人：李某某，电话：12345678）"
    assert found["cc"] == ["云州市财政局"] and found["imprint"].endswith("2026年7月6日印发")


@pytest.mark.parametrize("ending", ["txt", "html"])
def test_the_published_documents_are_read_as_their_register_has_them(ending):
    wrong = []
    for row in real():
        found = files.read(REAL / f"{row['id']}.{ending}")
        if "国令" in row["number"]:  # an order bears its title on its mark, its matter in what it issues
            agrees = found.attachments[0].name == row["title"] and found.number == row["number"].removeprefix("国令")
        else:
            agrees = (found.title, "、".join(found.issuers), found.number) == (row["title"], row["issuer"], row["number"])
            agrees = agrees and bool(found.recipients)
        if not (agrees and found.date and found.signatures and found.body):
            wrong.append((row["id"], found.title, found.issuers, found.number, found.recipients, found.date))
    assert wrong == []


def test_places_count_lines_that_are_not_blank():
    found = files.parse("云岭县人民政府关于放假的通知\n\n\n各乡镇人民政府：\n\n放假三天。\n".encode(), "a.txt")
    assert [(p.role, p.line) for p in found.pieces] == [(Role.TITLE, 0), (Role.RECIPIENTS, 1), (Role.PARA, 2)]


def test_faulty_forms_are_elements_too():
    lines = ["云岭县人民政府文件", "云政发[2024]第012号", "云岭县人民政府关于放假的通知", "各乡镇人民政府:", "放假。", "附件:放假安排；"]
    lines += ["云岭县人民政府", "2024年05月06日", "此件公开发布", "抄送:县委"]
    text = "\n".join(lines)
    found = files.parse(text.encode(), "a.txt")
    assert found.number == "云政发[2024]第012号"
    assert [found.text(r) for r in (Role.RECIPIENTS, Role.ATTACHMENT_NOTE, Role.DATE, Role.NOTE, Role.CC)] == [
        "各乡镇人民政府:", "附件:放假安排；", "2024年05月06日", "此件公开发布", "抄送:县委",
    ]  # fmt: skip


def test_the_signers_of_a_joint_request_stand_on_several_lines():
    text = "云岭县教育局　云岭县财政局文件\n云教发〔2026〕3号　签发人：张某某\n　　　李某某\n"
    text += "云岭县教育局 云岭县财政局关于追加经费的请示\n云岭县人民政府：\n请批示。"
    assert files.parse(text.encode(), "a.txt").signers == ["张某某", "李某某"]


def test_headings_that_word_counts_itself_read_as_they_print():
    level_ = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    levels = level_.format(0, "chineseCountingThousand", "%1、") + level_.format(1, "chineseCounting", "（%2）")
    xml = '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    xml += (
        f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    listed = '<w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    body = paragraph("云岭县人民政府关于放假的通知") + paragraph("各乡镇人民政府：")
    body += "".join(paragraph(text, listed.format(depth)) for depth, text in [(0, "甲"), (1, "乙"), (1, "丙"), (0, "丁"), (1, "戊")])
    found = files.parse(docx(body=body, parts={"word/numbering.xml": xml}), "a.docx")
    assert [p.text for p in found.body] == ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊"]


def test_insertions_are_read_and_deletions_are_not():
    deleted = '<w:del w:id="1"><w:r><w:delText>两</w:delText></w:r></w:del>'
    inserted = '<w:ins w:id="2"><w:r><w:t>三</w:t></w:r></w:ins>'
    run = f"<w:p><w:r><w:t>放假</w:t></w:r>{deleted}{inserted}<w:r><w:t>天。</w:t></w:r></w:p>"
    found = files.parse(docx(body=paragraph("云岭县人民政府关于放假的通知") + run), "a.docx")
    assert found.body[0].text == "放假三天。"


def test_a_table_keeps_its_rows_and_the_page_its_margins():
    found = files.parse(docx(body=paragraph("云岭县人民政府关于放假的通知") + table([["序号", "乡镇"], ["1", "甲乡"]])), "a.docx")
    assert found.body[0].rows == (("序号", "乡镇"), ("1", "甲乡"))
    assert found.layout is not None and found.layout.top == pytest.approx(37, abs=0.1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024年2月29日", date(2024, 2, 29)),
        ("2023年2月29日", None),
        ("二〇〇六年十二月三十一日", date(2006, 12, 31)),
        ("二○○四年四月十日", date(2004, 4, 10)),
    ],
)
def test_a_date_is_a_day_of_the_calendar(text, value):
    assert day(text) == value


def test_names_keep_the_commas_inside_brackets():
    assert names("各省（自治区、直辖市）人民政府，国务院各部委：") == ["各省（自治区、直辖市）人民政府", "国务院各部委"]


@pytest.mark.parametrize(
    ("text", "number"), [("一、总", 1), ("（十一）总", 2), ("1.总", 3), ("1.5万元", 0), ("(1)总", 4), ("①总", 5), ("2019年", 0)]
)
def test_a_level_is_known_by_its_ordinal(text, number):
    assert level(text) == number
