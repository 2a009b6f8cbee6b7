"""What the directory knows: kinds of organs, levels, ranks, relations, code patterns, and the columns of its tables.

Codes are permanent: a code given once never changes and never returns to another organ, post or person.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from zhengtong.foundation.refusal import gettext_noop as _


class Kind(StrEnum):
    PARTY_COMMITTEE = "party_committee"
    CONGRESS = "congress"
    GOVERNMENT = "government"
    CPPCC = "cppcc"
    COURT = "court"
    PROCURATORATE = "procuratorate"
    DEPARTMENT = "department"
    TOWNSHIP = "township"
    POINT = "point"
    SUPERIOR = "superior"


class Level(StrEnum):
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


class Rank(StrEnum):
    PRINCIPAL = "principal"
    DEPUTY = "deputy"
    UNIT_HEAD = "unit_head"
    DEPUTY_UNIT_HEAD = "deputy_unit_head"
    STAFF = "staff"


class RelationKind(StrEnum):
    SUBORDINATION = "subordination"
    GUIDANCE = "guidance"
    VERTICAL = "vertical"
    DUAL = "dual"


class Direction(StrEnum):
    """How one organ stands to another; decides whether a paper goes up, down or across (条例第十五、十六、十七条)."""

    UP = "up"
    DOWN = "down"
    PEER = "peer"
    GUIDANCE = "guidance"
    VERTICAL = "vertical"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Group:
    """How several recipients are written as one (统称, 条例第九条（八）)."""

    name: str
    kind: Kind
    superior: Kind | None
    suffix: str


# fmt: off
KINDS: Mapping[str, str] = {
    Kind.PARTY_COMMITTEE: _("党委"),
    Kind.CONGRESS:        _("人大机关"),
    Kind.GOVERNMENT:      _("人民政府"),
    Kind.CPPCC:           _("政协机关"),
    Kind.COURT:           _("人民法院"),
    Kind.PROCURATORATE:   _("人民检察院"),
    Kind.DEPARTMENT:      _("部门"),
    Kind.TOWNSHIP:        _("乡镇（街道）"),
    Kind.POINT:           _("便民服务点"),
    Kind.SUPERIOR:        _("上级机关"),
}
LEVELS: Mapping[str, str] = {
    Level.CITY:     _("市级"),
    Level.COUNTY:   _("县级"),
    Level.TOWNSHIP: _("乡级"),
    Level.VILLAGE:  _("村级"),
}
RANKS: Mapping[str, str] = {
    Rank.PRINCIPAL:        _("主要负责人"),
    Rank.DEPUTY:           _("分管负责人"),
    Rank.UNIT_HEAD:        _("内设机构负责人"),
    Rank.DEPUTY_UNIT_HEAD: _("内设机构副职"),
    Rank.STAFF:            _("工作人员"),
}
RELATIONS: Mapping[str, str] = {
    RelationKind.SUBORDINATION: _("隶属关系"),
    RelationKind.GUIDANCE:      _("业务指导"),
    RelationKind.VERTICAL:      _("垂直管理"),
    RelationKind.DUAL:          _("双重领导"),
}
# fmt: on

LEADING = frozenset({Kind.PARTY_COMMITTEE, Kind.CONGRESS, Kind.GOVERNMENT, Kind.CPPCC, Kind.COURT, Kind.PROCURATORATE})
# County departments and townships are of one rank (正科级) and write to each other as peers (条例第十七条).
RUNGS = {
    (True, Level.COUNTY): "county",
    (False, Level.COUNTY): "section",
    (False, Level.TOWNSHIP): "section",
    (False, Level.CITY): "city",
    (True, Level.CITY): "city",
    (False, Level.VILLAGE): "village",
}
PUBLIC_RANKS = frozenset({Rank.PRINCIPAL, Rank.DEPUTY})  # 政府信息公开条例第二十条（二）: names of those responsible

ORGAN_CODE = re.compile(r"[A-Z]{2}[0-9A-Z]{2,18}")
UNIT_CODE = re.compile(r"[A-Z]{2}[0-9A-Z]{2,18}-[0-9]{2,3}")
POST_CODE = re.compile(r"[A-Z]{2}[0-9A-Z]{2,18}-P[0-9]{3,4}")
PERSON_CODE = re.compile(r"[A-Z]{2}P[0-9]{5,7}")
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015 表1
CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def rung(kind: str, level: str) -> str:
    """The rung of an organ: those on the same one are peers."""
    return RUNGS.get((kind in LEADING, Level(level)), level)


def credit_code_holds(code: str) -> bool:
    """Whether the 18 characters are a unified social credit code with a right check character (GB 32100-2015 附录A)."""
    if len(code) != 18 or any(letter not in CREDIT_ALPHABET for letter in code):
        return False
    return code[17] == credit_check(code[:17])


def credit_check(first: str) -> str:
    """The check character that belongs to the first 17 (GB 32100-2015 附录A)."""
    total = sum(CREDIT_ALPHABET.index(letter) * weight for letter, weight in zip(first, CREDIT_WEIGHTS, strict=True))
    return CREDIT_ALPHABET[(31 - total % 31) % 31]


# fmt: off
GROUPS = (
    # 统称, as recipients are written    kind              superior's kind            the full name ends with
    Group(_("各乡镇人民政府"),           Kind.TOWNSHIP,    None,                      "人民政府"),
    Group(_("各街道办事处"),             Kind.TOWNSHIP,    None,                      "街道办事处"),
    Group(_("各乡镇（街道）"),           Kind.TOWNSHIP,    None,                      ""),
    Group(_("县政府各部门"),             Kind.DEPARTMENT,  Kind.GOVERNMENT,           ""),
    Group(_("县委各部门"),               Kind.DEPARTMENT,  Kind.PARTY_COMMITTEE,      ""),
    Group(_("县级各部门"),               Kind.DEPARTMENT,  None,                      ""),
    Group(_("各便民服务点"),             Kind.POINT,       None,                      ""),
)
# fmt: on


def group(name: str) -> Group | None:
    """The group of recipients that is written this way."""
    return next((g for g in GROUPS if g.name == name), None)
