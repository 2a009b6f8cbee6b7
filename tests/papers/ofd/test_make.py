"""The OFD shows what the PDF shows, names every element, and is what GB/T 33190 asks for."""

import io
from dataclasses import replace
from datetime import date

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from tests.papers.typeset.cast import open_pdf
from tests.papers.typeset.test_forms import joint, letter, minutes, order
from zhengtong.papers.ofd import make, package
from zhengtong.papers.typeset import press
from zhengtong.papers.typeset.paper import Para, Table

from .cast import AT, NS, container, notice, opened, schema, texts, xml

MM = 72 / 25.4


def plain(text):
    return "".join(text.split())


def test_every_file_holds_to_the_published_schema():
    rules = schema()
    files = opened(notice(body=(*notice().body, Table((("任务", "单位"), ("巡护", "县林业局"))))))
    ours = [name for name in files if name.endswith(".xml") and name != "Doc_0/Tags/Elements.xml"]
    assert len(ours) > 4
    for name in ours:
        rules.assertValid(xml(files, name))


@pytest.mark.parametrize("paper", [letter(), order(), minutes(), joint(3)], ids=["letter", "order", "minutes", "joint"])
def test_every_form_becomes_a_valid_ofd_with_all_its_characters(paper):
    made = press.notice(paper, AT)
    files = container(make.document(paper, AT, made))
    for number, page in enumerate(open_pdf(made.pdf).pages):
        there = sorted(c["text"] for c in page.chars if c["text"].strip())
        assert sorted(c for text, *_rest in texts(files, number) for c in text if c.strip()) == there
    names = [one.tag.split("}")[1] for one in xml(files, "Doc_0/Tags/Elements.xml")]
    assert names.count("Seal") == len([i for i in (paper, *paper.joint) if i.seal])
    assert names.count("Stamp") == len(paper.stamps) and names.count("Attendance") == len(paper.attendance)


@pytest.mark.parametrize("fonts", ["found", "noto only"])
def test_every_character_of_the_pdf_stands_in_the_ofd_at_the_same_place(fonts, monkeypatch, tmp_path):
    if fonts == "noto only":
        monkeypatch.setenv("ZT_FONTS", str(tmp_path))
    paper = notice(body=notice().body * 4)
    made = press.notice(paper, AT)
    files = container(make.document(paper, AT, made))
    for number, page in enumerate(open_pdf(made.pdf).pages):
        there = sorted(
            (c["text"], round(c["matrix"][4] / MM, 1), round(297 - c["matrix"][5] / MM, 1)) for c in page.chars if c["text"].strip()
        )
        here = []
        for text, xs, y, _size, _colour, one in texts(files, number):
            if one.get("CTM"):
                left, top, _w, _h = map(float, one.get("Boundary").split())
                turn = [float(v) for v in one.get("CTM").split()]
                here.append((text, left + turn[4], top + turn[5]))
            else:
                here += [(c, x, y) for c, x in zip(text, xs, strict=True) if c.strip()]
        assert len(here) == len(there)
        for (char, x, y), (own, x2, y2) in zip(there, sorted((c, round(x, 1), round(y, 1)) for c, x, y in here), strict=True):
            assert (char, x, y) == (own, pytest.approx(x2, abs=0.11), pytest.approx(y2, abs=0.11))


def test_each_element_is_marked_and_its_marks_lead_to_its_text():
    files = opened()
    elements = xml(files, "Doc_0/Tags/Elements.xml")
    ids = {one.get("ID"): text for n in range(2) for text, *_rest, one in texts(files, n)}

    def said(name):
        return "".join(ids.get(ref.text, "") for ref in elements.iterfind(f"z:{name}/o:ObjectRef", NS))

    paper = notice()
    assert said("IssuerMark") == paper.issuer_mark
    assert said("Number") == paper.number
    assert said("Title") == paper.title
    assert said("Recipients") == "各乡镇人民政府，县政府各部门："
    assert said("Date") == "2026年10月9日"
    assert said("Signature") == paper.signature
    assert said("CopyTo").endswith("县委各部门，县人大常委会办公室。")
    assert said("Note") == "（此件公开发布）"
    assert said("Urgency") == "特急"
    assert [h.get("Label") for h in elements.iterfind("z:Heading", NS)] == ["1", "2", "3", "4"]
    assert elements.find("z:Seal", NS).get("Label") == paper.seal.name
    pages = {p.get("ID") for p in xml(files, "Doc_0/Document.xml").iterfind(".//o:Page", NS)}
    assert {ref.get("PageRef") for ref in elements.iterfind(".//o:ObjectRef", NS)} <= pages


def test_the_elements_come_in_the_order_of_the_document():
    names = [one.tag.split("}")[1] for one in xml(opened(), "Doc_0/Tags/Elements.xml")]
    wanted = [
        "Urgency",
        "IssuerMark",
        "Number",
        "Title",
        "Recipients",
        "Paragraph",
        "AttachmentNote",
        "Signature",
        "Date",
        "Note",
        "CopyTo",
    ]
    assert [name for name in dict.fromkeys(names) if name in wanted] == wanted


def test_no_colour_of_the_proof_is_left_and_red_is_where_it_belongs():
    files = opened()
    page = xml(files, "Doc_0/Pages/Page_0/Content.xml")
    colours = {c.get("Value") for name in files if "Content" in name for c in xml(files, name).iterfind(".//*[@Value]", NS)}
    assert colours <= {"230 0 18", "0 0 0"}
    mark = next(row for row in texts(files) if "文件" in row[0])
    assert mark[4] == "230 0 18"
    line = next(p for p in page.iterfind(".//o:PathObject", NS) if p.get("LineWidth") == "0.7")
    assert line.find("o:StrokeColor", NS).get("Value") == "230 0 18"


def test_objects_keep_the_order_in_which_they_are_drawn():
    """A seal lies over the date in the PDF, so it is drawn after it; ring, star and letters stay in their order."""
    paper = notice(body=(Para("请遵照执行。"),), attachments=(), note="")
    page = xml(opened(paper), "Doc_0/Pages/Page_0/Content.xml")
    order = [o.tag.split("}")[1] for o in page.iterfind(".//o:Layer/*", NS)]
    says = ["".join(o.itertext()) for o in page.iterfind(".//o:Layer/*", NS)]
    name = says.index("云岭县人民政府办公室", 3)
    ring = next(i for i, o in enumerate(page.iterfind(".//o:Layer/*", NS)) if o.get("LineWidth") == "1.2")
    assert name < ring and order[ring : ring + 2] == ["PathObject", "PathObject"]


def test_ids_are_unique_and_none_is_above_the_highest_named():
    files = opened()
    found = [int(v) for name in files if name.endswith(".xml") and "Tags" not in name for v in xml(files, name).xpath("//@ID")]
    assert len(found) == len(set(found))
    assert max(found) <= int(xml(files, "Doc_0/Document.xml").find(".//o:MaxUnitID", NS).text)


def test_every_reference_leads_to_a_file_and_every_file_is_referred_to():
    files = opened()
    seen = {"OFD.xml"}
    for name in [n for n in files if n.endswith(".xml")]:
        root = xml(files, name)
        where = name if root.get("BaseLoc") is None else package.resolve(name, root.get("BaseLoc") + "/x")
        places = [
            e.text
            for tag in ("DocRoot", "PublicRes", "CustomTags", "FileLoc", "FontFile", "MediaFile")
            for e in root.iterfind(f".//o:{tag}", NS)
        ]
        places += [e.get("BaseLoc") for e in root.iterfind(".//o:Page", NS)]
        seen |= {package.resolve(where, place) for place in places}
    assert seen == set(files)


def test_each_embedded_font_is_truetype_and_draws_its_characters():
    files = opened()
    used = {}
    for n in range(2):
        for text, *_rest, one in texts(files, n):
            used.setdefault(one.get("Font"), set()).update(text)
    for number, chars in used.items():
        font = TTFont(io.BytesIO(files[f"Doc_0/Res/font_{number}.ttf"]), checkChecksums=2)
        assert font.sfntVersion == "\0\1\0\0" and "glyf" in font and "CFF " not in font
        assert set(map(chr, font.getBestCmap())) == chars
        glyphs = font.getGlyphSet()
        for char in chars - {" ", "\u3000"}:
            pen = BoundsPen(glyphs)
            glyphs[font.getBestCmap()[ord(char)]].draw(pen)
            assert pen.bounds and pen.bounds[2] - pen.bounds[0] > 10
    assert len(used) >= 4


def test_the_core_metadata_names_the_document():
    body = xml(opened(), "OFD.xml")
    data = {d.get("Name"): d.text for d in body.iterfind(".//o:CustomData", NS)}
    assert data["标题"] == notice().title
    assert data["发文字号"] == "云政办发〔2026〕12号"
    assert data["成文日期"] == "2026年10月9日"
    assert data["公文标识"] == body.find(".//o:DocID", NS).text and len(data["公文标识"]) == 32


def test_the_same_paper_and_time_give_the_same_bytes():
    assert make.document(notice(), AT) == make.document(notice(), AT)
    assert make.document(notice(), AT) != make.document(replace(notice(), date=date(2026, 10, 8)), AT)


def test_a_place_is_left_for_a_seal_that_will_be_signed():
    drawn, left = opened(), opened(leave_seals=True)
    place = xml(left, "Doc_0/Tags/Elements.xml").find("z:Seal", NS)
    x, y, width, height = map(float, place.get("Boundary").split())
    assert (width, height) == (pytest.approx(42, abs=0.1), pytest.approx(42, abs=0.1))
    assert 28 < x < 184 - 42 and 37 < y < 262
    assert sum(b"230 0 18" in files[n] for files in (drawn,) for n in files if "Content" in n) >= 1
    last = max(n for n in left if "Content" in n)
    assert b"230 0 18" not in left[last] or last.endswith("Page_0/Content.xml")


def test_characters_beyond_the_basic_plane_and_markup_survive():
    files = opened(notice(body=(Para('王\U00020bb7 <标> & "引" ]]> 〓'),)))
    said = "".join(text for text, *_rest in texts(files))
    assert "<标>" in said and "]]>" in said and ("\U00020bb7" in said or "王〓" in plain(said))


def test_a_package_reads_back_as_it_was_written_and_any_other_byte_is_found():
    files = {"OFD.xml": b"<x/>" * 50, "a/b.xml": bytes(range(256)) * 3}
    data = package.write(files)
    assert package.read(data) == package.Package(files, True)
    for at in range(len(data)):
        changed = data[:at] + bytes([data[at] ^ 0x41]) + data[at + 1 :]
        try:
            assert package.read(changed).intact is False
        except package.Unreadable:
            pass


@pytest.mark.parametrize(("name", "why"), [("../x", "越出"), ("/x", "越出"), ("a\\b", "越出"), ("ofd.XML", "重名")])
def test_a_package_with_paths_that_lead_elsewhere_is_refused(name, why):
    with pytest.raises(package.Unreadable, match=why):
        package.read(package.write({"OFD.xml": b"", name: b""}))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", package.write({"a": b""})])
def test_what_is_no_package_is_refused_with_a_sentence(data):
    with pytest.raises(package.Unreadable) as why:
        package.read(data)
    assert why.value.zh and why.value.en
