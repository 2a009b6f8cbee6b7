"""移交载体 (电子档案移交与接收办法 2012 附件): the folder of a transfer, with its description, catalogue, records and signature."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath

from zhengtong.foundation.seals import sm3

from . import eep, xml
from .record import Content, Record

NOTE, CATALOGUE, RECORDS, OTHER = "说明文件.TXT", "文件目录.XML", "电子档案", "其他"
METADATA = "元数据.XML"
SEAL = f"{OTHER}/固化信息.XML"
PLAIN = "无"  # a class folder for fonds without classes
COLUMNS = ("顺序号", "档号", "责任者", "题名", "日期", "密级", "电子档案名称", "备注")
NAMING = f"""命名规则
{RECORDS}/年度/类别/档号/：一件一个文件夹；{METADATA}为该件的元数据（DA/T 46-2009），其余为内容数据，以件内顺序号开头。
{SEAL}：载体上每个文件的字节数和SM3摘要，以SM2签名。
"""


def write(folder: Path, records: Sequence[Record], signer: eep.Signer, at: datetime) -> None:
    """Write a transfer into an empty folder: every file, then the signed list of all of them."""
    if folder.exists() and any(folder.iterdir()):
        raise xml.Unreadable("移交文件夹不是空的", "the folder of the transfer is not empty")
    made = layout(records, signer.name, at)
    for name, data in {**made, SEAL: _seal(made, signer, at)}.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def layout(records: Sequence[Record], sender: str, at: datetime) -> dict[str, bytes]:
    """The files of a transfer by their path."""
    made: dict[str, bytes] = {}
    listed = xml.element("文件目录")
    for place, record in enumerate(records, start=1):
        home = folder_of(record)
        for number, content in enumerate(record.contents, start=1):
            made[f"{home}/{file_name(number, content)}"] = content.data
        made[f"{home}/{METADATA}"] = xml.HEAD + xml.canonical(xml.wrap(record, file_name))
        row = xml.put(listed, "文件")
        values = record.values
        cells = (
            str(place),
            record.number,
            values.get("责任者", ""),
            values.get("题名", ""),
            values.get("日期", ""),
            values.get("密级", ""),
            home,
        )
        for column, cell in zip(COLUMNS, (*cells, ""), strict=True):
            xml.put(row, column, cell)
    made[CATALOGUE] = xml.HEAD + xml.canonical(listed)
    made[f"{OTHER}/命名规则.TXT"] = NAMING.encode()
    size = sum(len(data) for data in made.values())
    made[NOTE] = (
        f"电子档案移交说明\n移交单位：{sender}\n移交时间：{at.isoformat(timespec='seconds')}\n件数：{len(records)}\n"
        f"文件数：{len(made)}\n字节数：{size}\n文件目录：{CATALOGUE}\n字符编码：UTF-8\n"
        "所需软件：任何文本编辑器和PDF、OFD阅读器；核验签名用zhengtong archive verify\n"
    ).encode()
    return made


def folder_of(record: Record) -> str:
    return f"{RECORDS}/{record.values.get('年度', '')}/{record.values.get('机构或问题') or PLAIN}/{record.number}"


def file_name(place: int, content: Content) -> str:
    """A name that every file system holds; the name as it was given stays in the metadata."""
    name = "".join("_" if c in '/\\:*?"<>|' or ord(c) < 32 else c for c in content.name).strip(". ") or content.role
    stem, dot, suffix = name.rpartition(".")
    return f"{place:02d}-{(stem or suffix)[:60]}{dot}{suffix[:8] if stem else ''}"


def _seal(made: Mapping[str, bytes], signer: eep.Signer, at: datetime) -> bytes:
    root = xml.element("固化信息")
    signed = xml.put(root, "被签名对象")
    for name in sorted(made):
        one = xml.put(signed, "文件")
        xml.put(one, "路径", name)
        xml.put(one, "字节数", str(len(made[name])))
        xml.put(one, "SM3", sm3(made[name]))
    eep.seal(root, signed, signer, at)
    return xml.HEAD + xml.canonical(root)


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file on the carrier by its path."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix(), path


def read(folder: Path) -> list[Record]:
    """The records on a carrier, by the catalogue's order."""
    listed = xml.parse((folder / CATALOGUE).read_bytes())
    return [_record(folder, home.text or "") for home in listed.iterfind(f"{xml.tag('文件')}/{xml.tag('电子档案名称')}")]


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
