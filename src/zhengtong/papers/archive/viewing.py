"""A kept page as it is shown on a reader's screen: with who reads it and when across it, so that a photograph of it names its maker."""

from io import BytesIO

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

from zhengtong.papers.typeset import press

WIDTH = 1000
SIZE, APART, SLANT = 26, 260, 24  # of the words, in dots; how far apart they stand; their slant in degrees
INK = (60, 90, 140, 52)
SHOWN = ("pdf", "png", "jpg")  # what can be shown as pages
MOST_DOTS = 60_000_000  # of a scanned picture


def page(data: bytes, kind: str, number: int, words: str) -> bytes:
    """Page `number` (from 1) as PNG with the words across it; ValueError when there is no such page."""
    if kind not in SHOWN:
        raise ValueError(kind)
    if kind == "pdf":
        if not 1 <= number <= press.pages(data):
            raise ValueError(number)
        return _marked(Image.open(BytesIO(press.picture(data, number, WIDTH))), words)
    picture = Image.open(BytesIO(data))
    if number != 1 or picture.width * picture.height > MOST_DOTS:
        raise ValueError(number)
    return _marked(picture.resize((WIDTH, max(1, round(picture.height * WIDTH / picture.width)))), words)


def _marked(picture: Image.Image, words: str) -> bytes:
    sheet = picture.convert("RGBA")
    side = sheet.width + sheet.height
    layer = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen, font = ImageDraw.Draw(layer), ImageFont.truetype(str(pylopdf_fonts_zh_cn.sans_path()), SIZE)
    step = round(pen.textlength(words, font=font)) + APART
    for row, top in enumerate(range(0, side, APART)):
        for left in range(-(row % 2) * step // 2, side, step):
            pen.text((left, top), words, font=font, fill=INK)
    turned = layer.rotate(SLANT)
    left, top = (side - sheet.width) // 2, (side - sheet.height) // 2
    sheet.alpha_composite(turned.crop((left, top, left + sheet.width, top + sheet.height)))
    out = BytesIO()
    sheet.convert("RGB").save(out, "PNG")
    return out.getvalue()
