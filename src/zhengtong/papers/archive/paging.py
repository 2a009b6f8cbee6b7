"""How many pages a kept content has, read from the content itself."""

import re
import zipfile
from io import BytesIO

import pypdfium2

from zhengtong.papers.typeset import press

PAGE = re.compile(rb"<(?:\w+:)?Page\s")
ENCRYPTED = re.compile(rb"/Encrypt\s+\d+\s+\d+\s+R")
LARGEST = 20 << 20  # of an OFD's page list


def pages(data: bytes, kind: str) -> int | None:
    """Pages of a PDF or an OFD, one for a picture, None for what has no pages; ValueError when it can't be opened."""
    if kind == "pdf":
        try:
            return press.pages(data)
        except pypdfium2.PdfiumError as error:
            raise ValueError("not a readable PDF") from error
    if kind == "ofd":
        return _of_ofd(data)
    return 1 if kind in ("png", "jpg") else None


def _of_ofd(data: bytes) -> int:
    """The pages that each document of the OFD lists (GB/T 33190-2016 7.5)."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            lists = [one for one in package.infolist() if re.fullmatch(r"/?Doc_\d+/Document\.xml", one.filename)]
            if not lists or any(one.file_size > LARGEST for one in lists):
                raise ValueError("no list of pages")
            return sum(len(PAGE.findall(package.read(one))) for one in lists)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise ValueError("not a readable OFD") from error


def locked(data: bytes, kind: str) -> bool:
    """Whether the content is encrypted; an OFD or a docx that is, is no zip of ours and does not even open."""
    return kind == "pdf" and ENCRYPTED.search(data) is not None
