"""Who may hold which role, how he proves who he is, and how long a session lives.

The three administrators stand apart (三员分立): one runs the system, one grants rights, one watches both, and
none of them handles the county's business. Roles are given to posts, never to people.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

OFFICE = ("office", "classified")
BUSINESS = ("business",)
OVERSIGHT = ("business", "oversight")
PEOPLE = ("office", "classified", "business", "oversight")

SEPARATION = "GB/T 22239-2019 8.1.5.1—8.1.5.3；涉密信息系统三员管理要求"
HANDLING = "党政机关公文处理工作条例"
TWO_FACTORS = "GB/T 22239-2019 8.1.4.1 d"


@dataclass(frozen=True, slots=True)
class Role:
    """What a post may do. `second_factor`: a password alone doesn't open the house to him."""

    code: str
    name: str
    networks: tuple[str, ...]
    second_factor: bool
    source: str


# fmt: off
ROLES: Mapping[str, Role] = {role.code: role for role in (
    #    code                name               networks   second  source
    Role("system_admin",     _("系统管理员"),   PEOPLE,    True,   SEPARATION),
    Role("security_admin",   _("安全保密管理员"), PEOPLE,  True,   SEPARATION),
    Role("auditor",          _("安全审计员"),   PEOPLE,    True,   SEPARATION),
    # office: the way of a document
    Role("drafter",          _("拟稿人"),       OFFICE,    False,  HANDLING + " 第十九条"),
    Role("unit_head",        _("部门负责人"),   OFFICE,    False,  HANDLING + " 第十九条"),
    Role("office_reviewer",  _("核稿人"),       OFFICE,    False,  HANDLING + " 第二十条"),
    Role("deputy_head",      _("分管负责人"),   OFFICE,    True,   HANDLING + " 第二十二条"),
    Role("principal_head",   _("主要负责人"),   OFFICE,    True,   HANDLING + " 第二十二条"),
    Role("organ_head",       _("机关负责人"),   OFFICE,    True,   HANDLING + " 第二十二条"),
    Role("recheck",          _("复核人"),       OFFICE,    False,  HANDLING + " 第二十五条（一）"),
    Role("registrar",        _("登记与印制员"), OFFICE,    False,  HANDLING + " 第二十五条（二）"),
    Role("dispatcher",       _("核发员"),       OFFICE,    False,  HANDLING + " 第二十五条（四）"),
    Role("receiver",         _("收文员"),       OFFICE,    False,  HANDLING + " 第二十四条"),
    Role("archivist",        _("档案员"),       OFFICE,    False,  HANDLING + " 第二十七条"),
    Role("secretary",        _("秘书"),         OFFICE,    False,  HANDLING + " 第七条"),
    Role("seal_maker",       _("印章制作员"),   OFFICE,    True,   "电子印章管理办法（国办发〔2025〕33号） 制作、备案"),
    Role("seal_keeper",      _("印章保管员"),   OFFICE,    False,  "GB/T 33481-2016 用章"),
    Role("classifier",       _("定密责任人"),   OFFICE,    True,   "保守国家秘密法 定密责任人制度"),
    Role("release_reviewer", _("公开保密审查员"), OFFICE,  True,   "政府信息公开条例 第十七条"),
    # business: sites and applications
    Role("editor",           _("网站编辑"),     BUSINESS,  False,  "政府网站发展指引 信息发布"),
    Role("unit_reader",      _("网站初审人"),   BUSINESS,  False,  "政府网站发展指引 三审三校"),
    Role("office_reader",    _("网站复审人"),   BUSINESS,  False,  "政府网站发展指引 三审三校"),
    Role("publisher",        _("网站发布审核员"), BUSINESS, True,  "政府网站发展指引 三审三校"),
    Role("item_manager",     _("事项管理员"),   BUSINESS,  False,  "优化营商环境条例 第三十五条"),
    Role("window_clerk",     _("窗口工作人员"), BUSINESS,  False,  "政务服务 综合窗口"),
    Role("examiner",         _("部门承办人"),   BUSINESS,  False,  "行政许可法 第三十四条"),
    Role("approver",         _("审批人"),       BUSINESS,  True,   "行政许可法 第三十七条"),
    Role("disclosure_clerk", _("信息公开经办人"), BUSINESS, False, "政府信息公开条例 第四条"),
    Role("disclosure_head",  _("信息公开机构负责人"), BUSINESS, True, "政府信息公开条例 第三十三条第二款"),
    Role("letters_center",   _("来信受理员"),   BUSINESS,  False,  "信访工作条例 第二十二条；国办发〔2020〕53号"),
    Role("letters_handler",  _("来信承办员"),   BUSINESS,  False,  "信访工作条例 第二十三条"),
    Role("letters_checker",  _("来信答复审核人"), BUSINESS, False, "信访工作条例 第三十四条"),
    Role("letters_confidential", _("举报件专办员"), BUSINESS, False, "信访工作条例 第三十条"),
    Role("supervisor",       _("监督员"),       OVERSIGHT, False,  "行政许可法 第六十条"),
    Role("egov_office",      _("电子政务办公室"), OVERSIGHT, False, "政务服务 效能监管"),
)}
ADMINISTRATORS = frozenset({"system_admin", "security_admin", "auditor"})
ANY_OTHER = "*"  # every role that is not an administrator's


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Two roles that one person never holds together."""

    one: str
    other: str
    source: str

    def hits(self, roles: Collection[str]) -> bool:
        if self.other != ANY_OTHER:
            return self.one in roles and self.other in roles
        return self.one in roles and any(role not in ADMINISTRATORS for role in roles)

    def concerns(self, role: str) -> bool:
        return role in (self.one, self.other) or (self.other == ANY_OTHER and role not in ADMINISTRATORS)


EXCLUSIONS = (
    Exclusion("system_admin",   "auditor",        SEPARATION),
    Exclusion("security_admin", "auditor",        SEPARATION),
    Exclusion("system_admin",   ANY_OTHER,        SEPARATION),
    Exclusion("security_admin", ANY_OTHER,        SEPARATION),
    Exclusion("auditor",        ANY_OTHER,        SEPARATION),
)
# fmt: on


def exclusion(roles: Collection[str]) -> Exclusion | None:
    """The first rule that forbids one person to hold these roles together, or None."""
    return next((rule for rule in EXCLUSIONS if rule.hits(roles)), None)


def effective(roles: Iterable[str]) -> frozenset[str]:
    """The roles that count: those that exclude each other all lapse until the security administrator has settled it."""
    held = frozenset(roles)
    broken = [rule for rule in EXCLUSIONS if rule.hits(held)]
    return frozenset(role for role in held if not any(rule.concerns(role) for rule in broken))


def grant_objection(role: str, network: str, held: Collection[str]) -> Objection | None:
    """Why `role` can't be given, in this network, to a post whose holder has the roles `held`; or None."""
    row = ROLES.get(role)
    if row is None or network not in row.networks:
        return Objection(_("本网没有这个角色"), field="role")
    if rule := exclusion({*held, role}):
        other = next((r for r in sorted(held) if rule.concerns(r) and r != role), role)
        return Objection(
            _("“%(one)s”与“%(other)s”不能由同一人担任（%(source)s）"),
            {"one": row.name, "other": ROLES[other].name, "source": rule.source},
            field="role",
        )
    return None


def needs_second_factor(roles: Iterable[str]) -> bool:
    return any(ROLES[role].second_factor for role in roles if role in ROLES)


class Way(StrEnum):
    """How a person signs in."""

    KEY = "key"  # personal SM2 key, unlocked by its PIN: two factors in one
    PASSWORD = "password"  # noqa: S105  with a one-time code where the role demands it


WAYS = {"office": Way.KEY, "classified": Way.KEY, "business": Way.PASSWORD, "oversight": Way.PASSWORD}


@dataclass(frozen=True, slots=True)
class Policy:
    """What a password or PIN must be."""

    minimum: int
    kinds: int  # of: small letters, capitals, digits, signs
    days: int  # after which it must be changed
    source: str


# fmt: off
POLICIES = {
    # network, what           min  kinds days  source
    ("business", "password"):   Policy(10, 3, 90, "GB/T 22239-2019 8.1.4.1 a"),
    ("oversight", "password"):  Policy(10, 3, 90, "GB/T 22239-2019 8.1.4.1 a"),
    ("business", "pin"):        Policy(8,  2, 90, "GB/T 22239-2019 8.1.4.1 a"),
    ("oversight", "pin"):       Policy(8,  2, 90, "GB/T 22239-2019 8.1.4.1 a"),
    ("office", "pin"):          Policy(8,  2, 90, "GB/T 22239-2019 8.1.4.1 a"),
    ("classified", "pin"):      Policy(10, 3, 7,  "分级保护 机密级：不少于10位，每周更换"),
}
IDLE_MINUTES = {
    "office":     10,  # 分级保护：空闲不超过10分钟锁定
    "classified": 10,
    "business":   30,  # GB/T 22239-2019 8.1.4.1 b
    "oversight":  30,
}
# fmt: on
FAILURES = 5  # GB/T 22239-2019 8.1.4.1 b; 分级保护：不超过5次
LOCK_MINUTES = 30
SESSION_HOURS = 12


def secret_objection(secret: str, policy: Policy, username: str) -> Objection | None:
    """Why this password or PIN is too weak, or None."""
    if len(secret) < policy.minimum:
        return Objection(_("至少%(minimum)s位（%(source)s）"), {"minimum": policy.minimum, "source": policy.source})
    kinds = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())
    if sum(any(kind(c) for c in secret) for kind in kinds) < policy.kinds:
        return Objection(_("须含大写字母、小写字母、数字、符号中的至少%(kinds)s种"), {"kinds": policy.kinds})
    if len(set(secret)) < 5 or (username and username.lower() in secret.lower()):
        return Objection(_("不能含账号名，也不能总是重复几个字符"))
    return None


@dataclass(frozen=True, slots=True)
class AccountVerb:
    """What an administrator may do to an account in this state; a joint verb takes two administrators when it hits an auditor."""

    verb: str
    label: str
    states: tuple[str, ...]
    role: str
    joint: bool
    reason: bool
    effect: str


# fmt: off
ACCOUNT_VERBS = (
    #           verb        label           from                    who               joint   reason  effect
    AccountVerb("activate", _("开通"),     ("pending",),           "security_admin", False,  False,
                _("生成初始口令，只显示一次；本人首次登录时须更换")),
    AccountVerb("unlock",   _("解锁"),     ("active",),            "security_admin", False,  False,
                _("清除输错次数，可以立即再试")),
    AccountVerb("reset",    _("重置口令"), ("active",),            "security_admin", True,   True,
                _("原口令、密钥和动态码全部作废，生成新的初始口令")),
    AccountVerb("disable",  _("停用"),     ("pending", "active"),  "system_admin",   True,   True,
                _("不能再登录")),
    AccountVerb("restore",  _("恢复"),     ("disabled",),          "system_admin",   False,  False,
                _("回到待开通状态，由安全保密管理员重新开通")),
)
# fmt: on
JOINT = ("system_admin", "security_admin")  # either asks, the other agrees


def verbs(state: str, roles: Collection[str], auditor: bool) -> list[AccountVerb]:
    """The verbs that an account's page offers to an administrator with these roles."""
    return [
        row
        for row in ACCOUNT_VERBS
        if state in row.states and any(role in roles for role in (JOINT if row.joint and auditor else (row.role,)))
    ]
