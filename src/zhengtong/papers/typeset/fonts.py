"""Which faces set a page: a county's licensed ones first, then Fandol, then Noto for what is left.

The folder is `$ZT_FONTS`, else `share/zhengtong-fonts` of this Python; a county drops the fonts that it has
licensed into `licensed/` below it. Noto comes with a Python package, so a page can always be set, and its
30,000 characters follow every other face: personal names hold characters that the others lack.
"""

import os
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst
from fontTools.ttLib import TTFont

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

# fmt: off
ROLES = {
    # role   name     words by which a licensed face is known              Fandol family  weight  Noto family
    "biao": (_("小标宋"), ("小标宋", "xiaobiaosong", "fzxbs", "fzxiaobiao"),   ("FandolSong",  700, "Noto Serif SC")),
    "fang": (_("仿宋"),   ("仿宋", "fangsong", "fzfs"),                        ("FandolFang R", 400, "Noto Serif SC")),
    "kai":  (_("楷体"),   ("楷", "kaiti", "simkai", "fzkai"),                   ("FandolKai",   400, "Noto Serif SC")),
    "hei":  (_("黑体"),   ("黑", "simhei", "heiti", "fzhei"),                   ("FandolHei",   400, "Noto Sans SC")),
    "song": (_("宋体"),   ("宋体", "simsun", "shusong", "fzss"),                ("FandolSong",  400, "Noto Serif SC")),
}
# fmt: on
LAST = ("Noto Serif SC", "Noto Sans SC")
UNSEEN = ("Cc", "Cf", "Co", "Cn", "Cs")  # controls, direction marks, private and unassigned characters


@dataclass(frozen=True, slots=True)
class Face:
    """The families of one role in the order in which they are asked for a character."""

    role: str
    families: tuple[str, ...]
    weight: int
    thin: bool  # no bold cut in its family: title and mark are made heavier by their outline

    @property
    def name(self) -> str:
        return self.families[0]


@dataclass(frozen=True, slots=True)
class Report:
    """Which face sets which role, and for which roles Noto stands in."""

    faces: tuple[Face, ...]

    @property
    def substituted(self) -> tuple[str, ...]:
        """The roles set in Noto for want of their own face."""
        return tuple(ROLES[f.role][0] for f in self.faces if f.name in LAST)

    @property
    def sentence(self) -> Objection:
        """The report as a sentence for the document's screen, to be translated there."""
        used = "，".join(f"{ROLES[f.role][0]} {f.name}" for f in self.faces)
        if not self.substituted:
            return Objection(_("所用字体：%(used)s。"), {"used": used})
        absent = "、".join(self.substituted)
        return Objection(_("缺少%(missing)s字体，暂以 Noto 代替。所用字体：%(used)s。"), {"used": used, "missing": absent})

    def __str__(self) -> str:
        return self.sentence.text % self.sentence.params


def folder() -> Path:
    """Where this installation keeps its faces."""
    return Path(os.environ.get("ZT_FONTS") or Path(sys.prefix) / "share" / "zhengtong-fonts")


def folders() -> tuple[Path, ...]:
    """Every folder that holds faces, those that exist."""
    return tuple(p for p in (folder(), pylopdf_fonts_zh_cn.serif_path().parent) if p.is_dir())


def state() -> tuple[tuple[str, int, int], ...]:
    """What lies in the folders now; changes when a face is added, so that nothing read before is used."""
    files = sorted(p for place in folders() for p in place.rglob("*") if p.suffix.lower() in (".otf", ".ttf", ".ttc", ".otc"))
    return tuple((str(p), p.stat().st_size, p.stat().st_mtime_ns) for p in files)


def report() -> Report:
    """Which faces are in use now."""
    return Report(_faces(state(), str(folder())))


@lru_cache(maxsize=4)
def _faces(_state: object, home: str) -> tuple[Face, ...]:
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(p) for p in folders()]).fonts()
    licensed = sorted({f.family for f in found if f.path and Path(home, "licensed") in Path(f.path).parents})
    families = {f.family for f in found}
    bold = {f.family for f in found if f.weight >= 600}
    faces, taken = [], set()
    for role, (_name, words, (fandol, weight, noto)) in ROLES.items():
        own = next((f for f in licensed if f not in taken and any(w in f.lower() for w in words)), None)
        first = own or (fandol if fandol in families else noto)
        taken |= {own}
        rest = (*((fandol,) if fandol in families else ()), noto, *LAST)
        faces.append(Face(role, tuple(dict.fromkeys((first, *rest))), weight, weight > 400 and not own and first not in bold))
    return tuple(faces)


@lru_cache(maxsize=4)
def _covered(_state: object) -> dict[str, frozenset[int]]:
    """The characters of each family."""
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(p) for p in folders()]).fonts()
    covered: dict[str, frozenset[int]] = {}
    for face in found:
        with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
            covered[face.family] = covered.get(face.family, frozenset()) | frozenset(font.getBestCmap() or ())
    return covered


@lru_cache(maxsize=4)
def _held(state_now: object, home: str) -> frozenset[int]:
    covered = _covered(state_now)
    chains = (frozenset().union(*(covered.get(f, frozenset()) for f in face.families)) for face in _faces(state_now, home))
    return frozenset.intersection(*chains)


def held() -> frozenset[int]:
    """The characters that every role can set. All roles end in the same faces, so they differ in hardly any."""
    return _held(state(), str(folder()))


def absent(text: str, known: frozenset[int]) -> frozenset[str]:
    """The characters of one line that the page cannot show: no face holds them, or they are not for the eye. `known` is `held()`."""
    return frozenset(c for c in set(text) if ord(c) not in known or unicodedata.category(c) in UNSEEN)


def missing(texts: Iterable[str]) -> tuple[str, ...]:
    """The characters of the texts that some role has no glyph for, each once, in order of their code."""
    known = held()
    return tuple(sorted({c for text in texts for c in text if ord(c) not in known}))
