"""The parts of a docx as one file: content types, relationships, the same bytes for the same parts (ISO/IEC 29500-2)."""

import re
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # what XML 1.0 can't hold stands as 〓
STAMP = (2000, 1, 1, 0, 0, 0)
CORE = "docProps/core.xml"


def fit(text: str) -> str:
    """A text as XML can hold it; what it can't hold is shown as missing, never dropped."""
    return UNFIT.sub("〓", text)


def bundle(document: str, **parts: str) -> bytes:
    """A docx of this body (`w:body` with all inside) and its further parts by name: styles, settings, footer1, header1 …

    A part's relationship has its name as id, so the document refers to a footer as `r:id="footer1"`.
    """
    made = {name: f"{HEAD}{text}" for name, text in parts.items() if name != "core"}
    files = {
        "[Content_Types].xml": _types(made, "core" in parts),
        "_rels/.rels": _package("core" in parts),
        "word/_rels/document.xml.rels": _relations({name: (f"{R}/{_sort(name)}", f"{name}.xml") for name in made}),
        **{f"word/{name}.xml": text for name, text in made.items()},
        **({CORE: f"{HEAD}{parts['core']}"} if "core" in parts else {}),
        "word/document.xml": f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}">{document}</w:document>',
    }
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(ZipInfo(name, STAMP), text.encode(), ZIP_DEFLATED)
    return out.getvalue()


def core(title: str, creator: str) -> str:
    """What the file says of itself."""
    dublin, own = "http://purl.org/dc/elements/1.1/", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    return (
        f'<cp:coreProperties xmlns:cp="{own}" xmlns:dc="{dublin}"><dc:title>{escape(fit(title))}</dc:title>'
        f"<dc:creator>{escape(fit(creator))}</dc:creator><dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _sort(name: str) -> str:
    return name.rstrip("0123456789")


def _types(parts: Mapping[str, str], core_too: bool) -> str:
    rows = {"/word/document.xml": f"{WORD}.document.main+xml", **{f"/word/{name}.xml": f"{WORD}.{_sort(name)}+xml" for name in parts}}
    if core_too:
        rows[f"/{CORE}"] = "application/vnd.openxmlformats-package.core-properties+xml"
    overrides = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in rows.items())
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _package(core_too: bool) -> str:
    rows = {"rId1": (f"{R}/officeDocument", "word/document.xml")}
    if core_too:
        rows["rId2"] = ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", CORE)
    return _relations(rows)


def _relations(rows: Mapping[str, tuple[str, str]]) -> str:
    inside = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, (kind, target) in rows.items())
    return f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
