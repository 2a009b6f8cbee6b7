"""Scanned pages: the engine that knows characters by their looks, if this machine has one, and what it finds on one page.

The engine is Tesseract (Apache-2.0) with Debian's data for simplified Chinese, from `./zt setup` or from the system.
Whatever is done here to a foreign file is done in the process that `apart` begins for it.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageFilter, ImageSequence

from .limits import Unreadable, broken, too_big

PAGES = 60  # of one scan; a page takes about 1.5 s
WIDTH = 1654  # dots across an A4 page at 200 to the inch, where Tesseract reads 16-point 仿宋 best
SOFT = 0.8  # the blur that takes the edge off thin strokes; without it three times as many characters are wrong
DOTS = 80_000_000  # of one picture; A3 at 600 to the inch comes to 70 million
PAPER = 190  # of 255: lighter than this is no ink
MARK = 0.4  # the mark's characters are up to 22 mm high (GB/T 9704-2012 7.2.4)
HEAD = 0.45  # of the first page: here the red mark stands
SURE = 60  # percent; below, a character is named as doubtful


@dataclass(frozen=True, slots=True)
class Engine:
    """How to call Tesseract."""

    program: str
    environment: dict[str, str]


@dataclass(frozen=True, slots=True)
class Word:
    """What stands in one place of a page, in dots from its upper left corner."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    sure: float
    line: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as it was read."""

    width: int
    height: int
    words: tuple[Word, ...]


def folder() -> Path:
    """Where `./zt setup` lays the engine: $ZT_OCR, else beside the fonts of this Python."""
    return Path(os.environ.get("ZT_OCR") or Path(sys.prefix) / "share" / "zhengtong-ocr")


@cache
def engine() -> Engine | None:
    """The engine, when it is here and knows simplified Chinese."""
    own = folder()
    places = {"LD_LIBRARY_PATH": str(own / "lib"), "TESSDATA_PREFIX": str(own / "tessdata")}
    for program, more in ((str(own / "bin" / "tesseract"), places), (shutil.which("tesseract") or "", {})):
        if program and Path(program).exists():
            environment = {"PATH": os.environ.get("PATH", ""), "OMP_THREAD_LIMIT": "1", **more}
            try:
                told = subprocess.run([program, "--list-langs"], capture_output=True, text=True, env=environment, timeout=20)
            except (OSError, subprocess.TimeoutExpired):
                continue
            if "chi_sim" in told.stdout.split():
                return Engine(program, environment)
    return None


def no_engine() -> Unreadable:
    return Unreadable(
        "这是扫描件，而本机没有安装文字识别引擎；请上传有文字的文件，或请系统管理员安装（见运维手册）",
        "This is a scan, and no engine for reading scans is installed here; upload a file with text, or ask the administrator",
    )


def too_many(pages: int) -> Unreadable:
    return Unreadable(
        f"扫描件有{pages}页，一次最多识别{PAGES}页；请只上传正文部分，其余作为附件",
        f"The scan has {pages} pages; at most {PAGES} are read at once: upload only the text itself, the rest as attachments",
    )


def check(pages: int) -> None:
    """Refuses before anything is stored or begun."""
    if engine() is None:
        raise no_engine()
    if pages > PAGES:
        raise too_many(pages)


def count(data: bytes) -> int:
    """How many pages a picture file has; a TIFF may have many."""
    with _opened(data) as picture:
        return int(getattr(picture, "n_frames", 1))


def _opened(data: bytes) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = DOTS
    try:
        picture = Image.open(BytesIO(data), formats=("PNG", "JPEG", "TIFF"))
    except Image.DecompressionBombError:
        raise too_big("图片的大小", "picture size") from None
    except Exception:  # Pillow's readers fail each in its own way
        raise broken("图片") from None
    if picture.width * picture.height > DOTS:
        raise too_big("图片的大小", "picture size")
    return picture


def _picture(data: bytes, number: int) -> Image.Image:
    """One page (from 0) in colour, as wide as the engine likes it."""
    if data.startswith(b"%PDF-"):
        page = pypdfium2.PdfDocument(data)[number]
        return page.render(scale=WIDTH / max(page.get_width(), 1)).to_pil().convert("RGB")
    with _opened(data) as picture:
        try:
            frame = next(f for at, f in enumerate(ImageSequence.Iterator(picture)) if at == number).convert("RGB")
        except Exception:
            raise broken("图片") from None
    return frame.resize((WIDTH, max(1, round(frame.height * WIDTH / frame.width))), Image.Resampling.LANCZOS)


def page(data: bytes, number: int, using: Engine) -> Sheet:
    """What stands on one page (from 0). Red is read apart from black, so that no seal covers the name under it."""
    shown = _picture(data, number)
    if shown.height > 4 * shown.width:
        raise too_big("图片的大小", "picture size")
    red, green, _blue = shown.split()
    words = _read(_ink(red), using)
    if words and _mean(words) < SURE and (turned := _upright(red, using)):
        red, green = (channel.rotate(turned, expand=True, fillcolor=255) for channel in (red, green))
        words = _read(_ink(red), using)
    if number == 0:
        words = (*_mark(red, green, using), *words)
    return Sheet(red.width, red.height, words)


def _ink(red: Image.Image) -> Image.Image:
    """Black ink alone: what is light where the light is red was a seal, a mark or the paper."""
    return red.point([min(255, value * 255 // PAPER) for value in range(256)]).filter(ImageFilter.GaussianBlur(SOFT))


def _mark(red: Image.Image, green: Image.Image, using: Engine) -> list[Word]:
    """The red mark at the head of the first page; so large that it is made smaller to be read."""
    head = ImageChops.invert(ImageChops.subtract(red, green)).crop((0, 0, red.width, round(red.height * HEAD)))
    small = head.resize((round(head.width * MARK), round(head.height * MARK)), Image.Resampling.LANCZOS)
    words = [w for w in _read(small, using) if w.sure > SURE / 2]
    back = lambda dots: round(dots / MARK)  # noqa: E731
    return [Word(w.text, back(w.left), back(w.top), back(w.right), back(w.bottom), w.sure, (-1, *w.line[1:])) for w in words]


def _mean(words: tuple[Word, ...]) -> float:
    return sum(w.sure for w in words) / len(words)


def _upright(picture: Image.Image, using: Engine) -> int:
    """By how many degrees a page that lies on its side or head must be turned to stand upright."""
    told = _run(picture, using, "osd", "0")
    found = next((line.split(":")[1].strip() for line in told.splitlines() if line.startswith("Orientation in degrees")), "0")
    return int(found) if found in ("90", "180", "270") else 0


def _read(picture: Image.Image, using: Engine) -> tuple[Word, ...]:
    words = []
    for row in _run(picture, using, "chi_sim", "6", "-c", "tessedit_create_tsv=1").splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            left, top, width, height = (int(c) for c in cells[6:10])
            block, paragraph, line = (int(c) for c in cells[2:5])
            place = (left, top, left + width, top + height)
            words.append(Word(cells[11], *place, float(cells[10]), (block, paragraph, line)))
    return tuple(words)


def _run(picture: Image.Image, using: Engine, language: str, layout: str, *more: str) -> str:
    sheet = BytesIO()
    picture.save(sheet, "PNG", compress_level=1)
    words = [using.program, "-", "-", "-l", language, "--psm", layout, "--dpi", "200", *more]
    done = subprocess.run(words, input=sheet.getvalue(), capture_output=True, env=using.environment)
    return done.stdout.decode("utf-8", "replace")
