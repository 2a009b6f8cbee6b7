"""An OFD taken apart again, for the tests."""

import io
import os
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from tests.papers.typeset.cast import AT, notice
from zhengtong.papers.ofd import make

NS = {"o": "http://www.ofdspec.org/2016", "z": "urn:zhengtong:official-document:1"}
SCHEMA = Path(os.environ.get("ZT_OFD_SCHEMA") or Path(__file__).resolve().parents[4] / "shared" / "data" / "ofd_xsd")
__all__ = ("AT", "NS", "container", "notice", "opened", "schema", "texts", "xml")


def opened(paper=None, **more):
    return container(make.document(paper or notice(), AT, **more))


def container(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def xml(files, name):
    return etree.fromstring(files[name])


def schema():
    """The published schema of OFD, where it is at hand: it is not ours to ship."""
    if not SCHEMA.is_dir():
        pytest.skip("the OFD schema is not here: ZT_OFD_SCHEMA names its folder")
    return etree.XMLSchema(etree.parse(SCHEMA / "main.xsd"))


def steps(text):
    """DeltaX written out."""
    parts, out = (text or "").split(), []
    while parts:
        word = parts.pop(0)
        if word == "g":
            times, step = int(parts.pop(0)), float(parts.pop(0))
            out += [step] * times
        else:
            out.append(float(word))
    return out


def texts(files, number=0):
    """Every text object of a page: its text, the x of each character, the baseline, size and colour."""
    page = xml(files, f"Doc_0/Pages/Page_{number}/Content.xml")
    for one in page.iterfind(".//o:TextObject", NS):
        left, top, _width, _height = map(float, one.get("Boundary").split())
        code = one.find("o:TextCode", NS)
        x = left + float(code.get("X"))
        xs = [x]
        for step in steps(code.get("DeltaX")):
            xs.append(xs[-1] + step)
        colour = one.find("o:FillColor", NS)
        yield code.text, xs, top + float(code.get("Y")), float(one.get("Size")), colour.get("Value") if colour is not None else "0 0 0", one
