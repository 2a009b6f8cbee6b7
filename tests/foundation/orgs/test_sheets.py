import io
import zipfile

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from tests.foundation.orgs import cast
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.orgs import actions, sheets
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.orgs.queries import whole
from zhengtong.foundation.orgs.rules.tables import BY_NAME
from zhengtong.foundation.refusal import Refused

EVIL = '=HYPERLINK("http://evil")'


@pytest.mark.django_db
def test_a_workbook_comes_back_as_it_went_out():
    cast.settle()
    before = whole.tables()
    handed_in = sheets.read(sheets.write_xlsx(before), "directory.xlsx")
    assert not actions.take_in(handed_in, by=None).moves
    assert whole.tables() == before


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_each_table_comes_back_as_csv(encoding):
    cast.settle()
    before = whole.tables()
    for name, table in BY_NAME.items():
        if not before[name]:
            continue
        content = sheets.write_csv(table, before[name]).decode("utf-8-sig").encode(encoding)
        assert not actions.take_in(sheets.read(content, f"{name}.csv"), by=None).moves
    assert whole.tables() == before


@pytest.mark.django_db
def test_no_cell_goes_out_as_a_formula():
    cast.settle()
    Person.objects.filter(code="YLP00001").update(name=EVIL)
    rows = whole.tables()
    csv = sheets.write_csv(BY_NAME["people"], rows["people"]).decode("utf-8-sig")
    assert "\n=" not in csv and ',"=' not in csv and "'=HYPERLINK" in csv
    book = openpyxl.load_workbook(io.BytesIO(sheets.write_xlsx(rows)))
    assert all(cell.data_type != "f" for sheet in book for line in sheet.iter_rows() for cell in line)
    assert not actions.take_in(sheets.read(sheets.write_xlsx(rows), "a.xlsx"), by=None).moves
    assert Person.objects.get(code="YLP00001").name == EVIL


def macro_book() -> bytes:
    out = io.BytesIO(sheets.write_xlsx({}))
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "word"),
    [
        (b"", "a.csv", "空"),
        (b"x", "a.exe", "CSV"),
        (b"PK\x03\x04broken", "a.xlsx", "打不开"),
        (b"\x00\x01\x02", "a.csv", "文本"),
        ("甲,乙\n1,2\n".encode(), "a.csv", "表头"),
        ("机构代码,全称,类别,层级\n".encode(), "a.csv", "没有数据"),
        (macro_book(), "a.xlsx", "宏"),
    ],
    ids=["empty", "program", "broken", "binary", "foreign", "headings", "macros"],
)
def test_a_file_that_is_no_directory_is_refused(content, name, word):
    with pytest.raises(Refused, match=word):
        sheets.read(content, name)


def test_rows_keep_the_numbers_they_have_in_the_sheet():
    content = "机构代码,全称,类别,层级\nAA01,甲,部门,县级\n,,,\nAA02,乙,部门,县级\n".encode()
    assert [row.number for row in sheets.read(content, "a.csv")["organs"]] == [2, 4]


@pytest.mark.django_db
def test_the_command_takes_in_and_hands_out(tmp_path, capsys):
    cast.settle()
    for name in ("a.xlsx", "a.csv"):
        call_command("directory", "export", str(tmp_path / name))
        call_command("directory", "import", str(tmp_path / name))
    assert "机构：新增0，变更0，不变6" in capsys.readouterr().out
    (tmp_path / "b.csv").write_text("机构代码,全称,类别,层级\nAA01,甲,公司,县级\nAA02,,部门,县级\n", encoding="utf-8")
    entries = Entry.objects.count()
    with pytest.raises(CommandError, match="2处错误"):
        call_command("directory", "import", str(tmp_path / "b.csv"))
    said = capsys.readouterr().err
    assert "机构 2 类别" in said and "机构 3 全称" in said
    assert Organ.objects.count() == len(cast.ORGANS) and Entry.objects.count() == entries
