"""移交载体 (电子档案移交与接收办法 2012 附件): the folder of a transfer, with its description, catalogue, records and signature."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath

from lxml import etree

from zhengtong.foundation.seals import sm3

from . import eep, xml
from .record import Content, Record

NOTE, CATALOGUE, RECORDS, OTHER = "说明文件.TXT", "文件目录.XML", "电子档案", "其他"
METADATA = "元数据.XML"
SEAL = f"{OTHER}/固化信息.XML"
COUNT = "件数："
PLAIN = "无"  # a class folder for fonds without classes
COLUMNS = ("顺序号", "档号", "责任者", "题名", "日期", "密级", "电子档案名称", "备注")
NAMING = f"""命名规则
{RECORDS}/年度/类别/档号/：一件一个文件夹；{METADATA}为该件的元数据（DA/T 46-2009），其余为内容数据，以件内顺序号开头。
{SEAL}：载体上每个文件的字节数和SM3摘要，以SM2签名。
"""


def write(folder: Path, records: Iterable[Record], signer: eep.Signer, at: datetime) -> int:
    """Write a transfer into an empty folder: every file, then the signed list of all of them; gives how many records.

    The records are taken one at a time: a year of an organ need not fit into memory.
    """
    if folder.exists() and any(folder.iterdir()):
        raise xml.Unreadable("移交文件夹不是空的", "the folder of the transfer is not empty")
    made: dict[str, tuple[int, str]] = {}

    def put(name: str, data: bytes) -> None:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        made[name] = len(data), sm3(data)

    listed, count = xml.element("文件目录"), 0
    for count, record in enumerate(records, start=1):
        home = folder_of(record)
        for number, content in enumerate(record.contents, start=1):
            put(f"{home}/{file_name(number, content)}", content.data)
        put(f"{home}/{METADATA}", xml.HEAD + xml.canonical(xml.wrap(record, file_name)))
        _list(listed, count, record, home)
    put(CATALOGUE, xml.HEAD + xml.canonical(listed))
    put(f"{OTHER}/命名规则.TXT", NAMING.encode())
    put(NOTE, _note(signer.name, at, count, made))
    (folder / SEAL).write_bytes(_seal(made, signer, at))
    return count


def _list(listed: etree._Element, place: int, record: Record, home: str) -> None:
    """The row of a record in the catalogue."""
    values = record.values
    told = (values.get(name, "") for name in ("责任者", "题名", "日期", "密级"))
    row = xml.put(listed, "文件")
    for column, cell in zip(COLUMNS, (str(place), record.number, *told, home, ""), strict=True):
        xml.put(row, column, cell)


def _note(sender: str, at: datetime, count: int, made: Mapping[str, tuple[int, str]]) -> bytes:
    size = sum(bytes_ for bytes_, _digest in made.values())
    return (
        f"电子档案移交说明\n移交单位：{sender}\n移交时间：{at.isoformat(timespec='seconds')}\n{COUNT}{count}\n"
        f"文件数：{len(made)}\n字节数：{size}\n文件目录：{CATALOGUE}\n字符编码：UTF-8\n"
        "所需软件：任何文本编辑器和PDF、OFD阅读器；核验签名用zhengtong archive verify\n"
    ).encode()


def counted(note: Path | None) -> int | None:
    """How many records the note tells of; None where it is missing or says nothing of it."""
    try:
        lines = note.read_text(encoding="utf-8").splitlines() if note else []
    except (OSError, UnicodeDecodeError):
        return None
    told = next((line.removeprefix(COUNT) for line in lines if line.startswith(COUNT)), "")
    return int(told) if told.isdecimal() else None


def folder_of(record: Record) -> str:
    return place_of(record.values.get("年度", ""), record.values.get("机构或问题", ""), record.number)


def place_of(year: str, klass: str, number: str) -> str:
    """电子档案/年度/类别/档号."""
    return f"{RECORDS}/{year}/{klass or PLAIN}/{number}"


def homes(folder: Path) -> list[tuple[str, tuple[str, tuple[str, str, str]]]]:
    """The folder of each record by the catalogue, with its number and, from its own metadata, year, class and number."""
    found = []
    listed = xml.parse((folder / CATALOGUE).read_bytes())
    for row in listed.iterfind(xml.tag("文件")):
        home = xml.text(row, "电子档案名称")
        told = xml.unwrap(xml.parse(_inside(folder, f"{home}/{METADATA}").read_bytes()), lambda _name: b"")
        where = (told.values.get("年度", ""), told.values.get("机构或问题", ""), told.number)
        found.append((home, (xml.text(row, "档号"), where)))
    return found


def file_name(place: int, content: Content) -> str:
    """A name that every file system holds; the name as it was given stays in the metadata."""
    name = "".join("_" if c in '/\\:*?"<>|' or ord(c) < 32 else c for c in content.name).strip(". ") or content.role
    stem, dot, suffix = name.rpartition(".")
    return f"{place:02d}-{(stem or suffix)[:60]}{dot}{suffix[:8] if stem else ''}"


def _seal(made: Mapping[str, tuple[int, str]], signer: eep.Signer, at: datetime) -> bytes:
    root = xml.element("固化信息")
    signed = xml.put(root, "被签名对象")
    for name, (size, digest) in sorted(made.items()):
        one = xml.put(signed, "文件")
        xml.put(one, "路径", name)
        xml.put(one, "字节数", str(size))
        xml.put(one, "SM3", digest)
    eep.seal(root, signed, signer, at)
    return xml.HEAD + xml.canonical(root)


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file on the carrier by its path."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix(), path


def read(folder: Path) -> Iterator[Record]:
    """The records on a carrier by the catalogue's order, one at a time."""
    listed = xml.parse((folder / CATALOGUE).read_bytes())
    for home in listed.iterfind(f"{xml.tag('文件')}/{xml.tag('电子档案名称')}"):
        yield _record(folder, home.text or "")


def _record(folder: Path, home: str) -> Record:
    def fetch(name: str) -> bytes:
        return _inside(folder, f"{home}/{name}").read_bytes()

    return xml.unwrap(xml.parse(_inside(folder, f"{home}/{METADATA}").read_bytes()), fetch)


def _inside(folder: Path, name: str) -> Path:
    """A path that stays on the carrier, whatever a catalogue says."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise xml.Unreadable("目录指向载体以外", "the catalogue points outside the carrier")
    return folder / name
