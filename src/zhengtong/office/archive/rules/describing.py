"""An item's metadata as DA/T 46-2009 names them, from the facts that a finished document hands over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from . import Way

REGISTERED = "收文号："  # in 附注: under which number the organ registered what it received
UNIT = "承办处室："
SERIES = "登记编号："  # where the number itself does not show series, year and serial (令, 纪要)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a finished document, as values."""

    way: Way
    organ: str
    maker: str
    number: str
    series: str
    year: int
    serial: int
    title: str
    kind: str
    kind_name: str
    written_on: date
    original: str = ""
    unit: str = ""
    urgency: str = ""
    mains: str = ""
    copies: str = ""
    secrecy: str = ""
    secrecy_mark: str = ""
    important: bool = False
    public: bool = False
    readers: tuple[str, ...] = ()
    joint: str = ""
    copy: bool = False


def elements(facts: Facts, document: str, pages: int, parts: int) -> dict[str, str]:
    """What is known before the item has its archival number."""
    level, _star, period = facts.secrecy_mark.partition("★")
    notes = [f"{REGISTERED}{facts.number}"] if facts.way == Way.RECEIVED else []
    notes += [f"{UNIT}{facts.unit}"] if facts.unit else []
    notes += [facts.joint] if facts.joint else []
    plain = f"〔{facts.year}〕{facts.serial}号"
    notes += [] if facts.number.endswith(plain) else [f"{SERIES}{facts.series}{plain}"]
    found = {
        "聚合层次": "文件",
        "电子文件号": document,
        "类别号": "WS",
        "题名": facts.title,
        "文件编号": facts.original or facts.number,
        "责任者": facts.maker,
        "日期": f"{facts.written_on:%Y%m%d}",
        "文种": facts.kind_name,
        "紧急程度": facts.urgency,
        "主送": facts.mains,
        "抄送": facts.copies,
        "密级": level,
        "保密期限": period,
        "文件组合类型": "组合文件" if parts > 1 else "单件",
        "件数": "1",
        "页数": str(pages),
        "语种": "汉语",
        "稿本": "副本" if facts.copy else "正本",
        "控制标识": "开放" if facts.public else "控制",
        "信息系统描述": "政通",
        "附注": "；".join(notes),
    }
    return {name: value for name, value in found.items() if value}


def filed(values: Mapping[str, str], *, fonds: str, name: str, year: int, period: str, klass: str, serial: int) -> dict[str, str]:
    """The same with what filing has fixed (DA/T 22-2015 5.4)."""
    fixed = {"全宗名称": name, "立档单位名称": name, "全宗号": fonds, "年度": f"{year:04d}", "保管期限": period, "机构或问题": klass}
    return {**values, **{k: v for k, v in fixed.items() if v}, "室编件号": f"{serial:04d}"}


def note(values: Mapping[str, str], name: str) -> str:
    """One named line of 附注."""
    return next((one.removeprefix(name) for one in values.get("附注", "").split("；") if one.startswith(name)), "")
