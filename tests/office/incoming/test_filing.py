"""A closed incoming paper is pre-filed with its scan, its handling sheet and its process."""

import pypdfium2
import pytest

from zhengtong.foundation.files.queries import read
from zhengtong.office.archive import queries as archive
from zhengtong.office.archive.queries import records
from zhengtong.office.incoming import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(office, paper, pdf):
    """A paper of two files, instructed by what the secretary entered, and closed."""

    def give(**change):
        found = paper(**{"uploads": [(read(pdf), "来文扫描件.pdf"), (read(pdf), "附件.pdf")], **change})
        actions.check(found.code, office.receiver, "action")
        actions.propose(found.code, office.secretary, "拟请县长批示", leader=office.head.code)
        actions.transcribe(found.code, office.secretary, "同意，请抓紧落实。", found.received_at.date())
        return actions.close(found.code, office.secretary, "已按要求报送。")

    return give


def test_a_closed_paper_is_pre_filed_whole(closed):
    paper = closed()
    item = archive.of_document(paper.code)
    assert [part.role for part in archive.parts(item)] == ["final", "attachment", "sheet", "metadata", "log"]
    assert (item.number, item.original, item.maker, item.pages) == (paper.number, paper.their_number, paper.sender, 2)
    assert archive.faults(item) == []
    with pypdfium2.PdfDocument(read(item.parts.get(role="sheet").file.sm3)) as pdf:
        sheet = pdf[0].get_textpage().get_text_range().replace("\r\n", "")
    for expected in ("收文处理单", paper.number, "云州市人民政府", "代录", "同意，请抓紧落实。", "已按要求报送。"):
        assert expected in sheet
    told = records.described(item.parts.get(role="metadata"))
    assert [event.action for event in told.events] == ["签收登记", "初审", "拟办", "批示", "办结"]


def test_a_paper_without_any_file_is_closed_but_not_pre_filed(closed):
    """What came on paper and was never scanned: the balance sheet lists it as missing."""
    assert archive.of_document(closed(uploads=()).code) is None
