"""The text layer of a PDF, its lines put together to paragraphs again."""

import re

import pypdfium2

from zhengtong.papers.pdfium import ALONE

from .elements import Line
from .limits import CHARACTERS, PAGES, Scanned, broken, locked, too_big

STARTS = re.compile(
    r"^([一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、]|附件|抄送|第[一二三四五六七八九十百]+[章条])"
)
SPARSE = 12  # characters to a page; a scanner's stamp is no text
PAGE_NUMBER = re.compile(r"^\s*[—–-]\s*\d+\s*[—–-]\s*$")


def lines(data: bytes) -> list[Line]:
    """Lines as printed, joined where a paragraph only wraps."""
    printed: list[str] = []
    with ALONE:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise (locked() if "assword" in str(error) else broken("PDF")) from None
        try:
            count = len(document)
            for number in range(min(count, PAGES)):
                text = document[number].get_textpage().get_text_range(errors="ignore")
                printed += [line.rstrip() for line in re.split(r"\r\n|\r|\n", text)]
                if sum(map(len, printed[-500:])) > CHARACTERS:
                    raise too_big("文字数量", "characters")
            if count > PAGES and sum(map(len, printed)) >= SPARSE * PAGES:
                raise too_big("页数", "pages")
        except pypdfium2.PdfiumError:
            raise broken("PDF") from None
        finally:
            document.close()
    printed = [line for line in printed if line.strip() and not PAGE_NUMBER.match(line)]
    if sum(map(len, printed)) < SPARSE * count:
        raise Scanned(count)
    return [Line(text) for text in _wrapped(printed)]


def _wrapped(printed: list[str]) -> list[str]:
    """A line as wide as the widest goes on in the next, unless that one begins something."""
    widths = sorted(len(line.strip()) for line in printed)
    full = widths[int(len(widths) * 0.9)] - 3
    found: list[str] = []
    goes_on = False
    for line in printed:
        text = line.strip()
        if goes_on and found and not STARTS.match(text):
            found[-1] += text
        else:
            found.append(text)
        goes_on = len(text) >= full and not text.endswith(("。", "：", "；")) and full > 15
    return found
