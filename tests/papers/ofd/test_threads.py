"""PDFium is shared by all threads of a process: pages, pictures and OFD come out the same when asked at once."""

from concurrent.futures import ThreadPoolExecutor

from zhengtong.papers.ofd import make
from zhengtong.papers.typeset import press

from .cast import AT, notice


def test_threads_write_ofd_and_pictures_at_the_same_time():
    made = press.notice(notice(), AT)
    alone = make.document(notice(), AT, made), press.pictures(made.pdf, 300)
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda _n: (make.document(notice(), AT, made), press.pictures(made.pdf, 300)), range(9)))
    assert set(found) == {alone}
