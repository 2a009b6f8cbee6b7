"""What may be taken in from a package: an item that this archive could have filed itself, and nothing else."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.office.documents.rules.kinds import KINDS

from . import NUMBER, ONCE, PARTS, RECEIVED_SERIES, Period, Role, Way, describing, missing_parts

REGISTERED = re.compile(r"^(\S+?)〔((?:19|20)\d{2})〕([1-9]\d*)号$")
CODE = re.compile(r"^([A-Z]+)((?:19|20)\d{2})-(\d{6})$")
CODES = {"D": "document", "M": "document", "S": "incoming-paper", "SM": "incoming-paper"}  # the series that gives these codes
LEVELS = ("秘密", "机密", "绝密")


@dataclass(frozen=True, slots=True)
class Registered:
    """Under which number the item was registered; `serial` is None where the number has another form."""

    way: Way
    number: str
    original: str
    series: str
    year: int
    serial: int | None


def registered(values: Mapping[str, str], written: date) -> Registered:
    """What 文件编号 and 附注 say of the registration."""
    received, told = describing.note(values, describing.REGISTERED), values.get("文件编号", "")
    way, number = (Way.RECEIVED, received) if received else (Way.ISSUED, told)
    found = REGISTERED.match(describing.note(values, describing.SERIES) or number)
    series, year, serial = (found[1], int(found[2]), int(found[3])) if found else (number, written.year, None)
    original = told if received and told != received else ""
    return Registered(way, number, original, RECEIVED_SERIES if received else series, year, serial)


def written_on(values: Mapping[str, str]) -> date | None:
    try:
        return date.fromisoformat(values.get("日期", ""))
    except ValueError:
        return None


def kind_of(name: str) -> str:
    """The code of a type by its name, "" where the name is none of the fifteen."""
    return next((code for code, kind in KINDS.items() if kind.name == name), "")


def objection(number: str, values: Mapping[str, str], roles: Sequence[str], classified: bool) -> Objection | None:
    """Why an item of this archival number, with these elements and contents, can't be taken in, or None."""
    if not NUMBER.match(number):
        return Objection(_("档号“%(number)s”不合DA/T 22-2015的编制规则"), {"number": number}, code="number")
    if values.get("保管期限") not in set(Period) or written_on(values) is None:
        return Objection(_("保管期限或日期不合规定"), code="values")
    if strange := [role for role in roles if role not in set(Role)]:
        return Objection(_("包内有本系统不认识的内容“%(role)s”"), {"role": strange[0]}, code="role")
    if double := next((role for role in ONCE if roles.count(role) > 1), None):
        return Objection(_("包内“%(part)s”多于一份"), {"part": PARTS[double][1]}, code="double")
    way = registered(values, written_on(values) or date.min).way
    if lacking := missing_parts(roles, way):
        return Objection(_("包内缺少%(parts)s"), {"parts": "、".join(lacking)}, code="missing")
    level = values.get("密级", "")
    if level in LEVELS and not classified:
        return Objection(_("包内文件是%(level)s，本网不处理国家秘密，不能导入"), {"level": level}, code="classified")
    if level and level not in LEVELS:
        return Objection(_("密级“%(level)s”不是规定的密级"), {"level": level}, code="values")
    return None


def twin_objection(number: str, here: Collection[tuple[str, str]], theirs: Collection[tuple[str, str]]) -> Objection:
    """Why an item that is here already is not taken in again; what is compared is role and digest of every content."""
    if sorted(here) == sorted(theirs):
        return Objection(_("%(number)s已在库中，内容相同，不重复导入"), {"number": number}, code="same")
    return Objection(_("%(number)s已在库中，但内容与包内不同，没有导入"), {"number": number}, code="other")


Told = tuple[Mapping[str, str], Sequence[tuple[str, str, str, int]]]  # elements; role, name, digest and size of each file


def agreement_objection(outer: Told, inner: Told) -> Objection | None:
    """The metadata file inside must tell of the same item and of exactly the files beside it."""
    beside = [one for one in outer[1] if one[0] != Role.METADATA]
    if dict(outer[0]) != dict(inner[0]) or beside != list(inner[1]):
        return Objection(_("元数据文件与包内其他内容不一致"), code="disagree")
    return None
