"""四性检测 (DA/T 70-2018): what is checked of authenticity, completeness, usability and safety, at which stage, by whom.

The numbers are those of the filing stage; transfer and long-term keeping carry the same families under their own prefix. Where the
standard's own number is not confirmed the row says so: it is data, and a county that has the annex before it corrects the row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _


class Stage(StrEnum):
    FILING = "filing"
    TRANSFER = "transfer"
    YEARLY = "yearly"


STAGES = {Stage.FILING: _("归档"), Stage.TRANSFER: _("移交"), Stage.YEARLY: _("年度（长期保存）")}
PREFIX = {Stage.FILING: "GD", Stage.TRANSFER: "YJ", Stage.YEARLY: "CQ"}


class Property(StrEnum):
    TRUE = "true"
    WHOLE = "whole"
    USABLE = "usable"
    SAFE = "safe"


PROPERTIES = {Property.TRUE: _("真实性"), Property.WHOLE: _("完整性"), Property.USABLE: _("可用性"), Property.SAFE: _("安全性")}


class Result(StrEnum):
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    NONE = "none"


RESULTS = {Result.GOOD: _("合格"), Result.WARN: _("提示"), Result.BAD: _("不合格"), Result.NONE: _("不适用")}
ANSWERS = {Result.GOOD: _("符合"), Result.BAD: _("不符合"), Result.NONE: _("不适用")}


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its number, property and family, what it looks at, when, and whether a person is asked."""

    number: str
    property: Property
    family: str
    name: str
    what: str
    stages: frozenset[Stage]
    asked: bool = False
    sure: bool = True  # whether the number is confirmed


T, W, U, S = Property
F, M, Y = Stage.FILING, Stage.TRANSFER, Stage.YEARLY
ALL, MOVED, KEPT, NEW = frozenset(Stage), frozenset({M}), frozenset({M, Y}), frozenset({F})
ASKED, OURS = {"asked": True}, {"sure": False}
# fmt: off
CHECKS = (
    Check("1-1",  T, _("来源"),           _("固化信息有效性"),       _("各部分的SM3摘要和全件的固化摘要相符，签发签名、用印和电子印章有效"), ALL),
    Check("1-2",  T, _("元数据准确性"),   _("元数据项数据长度"),     _("各元数据项不超过规定长度"), ALL),
    Check("1-3",  T, _("元数据准确性"),   _("元数据项数据类型、格式"), _("日期8位、年度4位、件号4位，页数、件数为整数"), ALL),
    Check("1-4",  T, _("元数据准确性"),   _("设定值域符合度"),       _("聚合层次、保管期限、密级、文种等取值在规定范围内"), ALL),
    Check("1-5",  T, _("元数据准确性"),   _("元数据项数据值合理性"), _("日期不晚于今天，年度不早于成文年份，页数不为零"), ALL),
    Check("1-6",  T, _("元数据准确性"),   _("元数据项包含特殊字符"), _("题名、责任者、文件编号中没有控制字符和不能显示的字符"), ALL),
    Check("1-7",  T, _("元数据准确性"),   _("档号规范性"),           _("档号按DA/T 22-2015编制，与各元数据项一致"), ALL),
    Check("1-8",  T, _("元数据准确性"),   _("元数据项数据重复性"),   _("同一全宗内没有责任者和文件编号都相同的另一件"), ALL),
    Check("1-9",  T, _("内容"),           _("电子属性一致性"),       _("元数据所记的文件名、大小、格式和摘要与文件一致"), ALL),
    Check("1-10", T, _("元数据与内容关联"), _("元数据与内容一致"),   _("目录数据库所记与元数据文件所记一致"), ALL),
    Check("1-12", T, _("信息包"),         _("说明文件和目录文件规范性"), _("载体上有说明文件和文件目录，目录各项齐全"), MOVED),
    Check("1-13", T, _("信息包"),         _("信息包目录结构规范性"), _("载体按年度、类别、档号分文件夹"), MOVED),
    Check("1-14", T, _("信息包"),         _("信息包一致性"),         _("载体的固化清单签名有效，各文件摘要与清单一致"), MOVED),
    Check("2-1",  W, _("总量"),           _("总件数相符性"),         _("实有件数与应有件数相符"), ALL),
    Check("2-2",  W, _("总量"),           _("总字节数相符性"),       _("实有字节数与登记的字节数相符"), ALL),
    Check("2-3",  W, _("元数据"),         _("元数据项完整性"),       _("DA/T 46规定的必备项都在元数据文件中"), ALL),
    Check("2-4",  W, _("元数据"),         _("元数据必填著录项目"),   _("题名、责任者、日期、文件编号、年度、保管期限、页数不为空"), ALL),
    Check("2-5",  W, _("元数据"),         _("过程信息完整性"),       _("有处理过程，每一步有人有时间，先后不倒"), ALL),
    Check("2-6",  W, _("元数据"),         _("连续性元数据项"),       _("件号在本类目内连续，件内各部分次序不乱"), ALL),
    Check("2-7",  W, _("内容"),           _("内容数据完整性"),       _("应有的各部分都在，文件打得开，页数相符"), ALL),
    Check("2-8",  W, _("内容"),           _("附件数据完整性"),       _("元数据所列附件都在"), ALL),
    Check("2-9",  W, _("信息包"),         _("归档范围"),             _("本批文件属于归档范围，应归的都已归"), NEW, **ASKED),
    Check("2-10", W, _("信息包"),         _("信息包元数据完整性"),   _("载体上每件都有元数据文件，必填项齐全"), MOVED),
    Check("2-11", W, _("信息包"),         _("信息包内容数据完整性"), _("载体上的文件与固化清单逐一对应，不缺"), MOVED),
    Check("3-1",  U, _("元数据"),         _("元数据可读性"),         _("元数据文件能够解析"), ALL),
    Check("3-2",  U, _("元数据"),         _("目标数据库中元数据可访问性"), _("按档号能从目录数据库中查到"), KEPT),
    Check("3-3",  U, _("内容"),           _("内容数据格式"),         _("文件格式适合长期保存（OFD、PDF、JPEG、PNG、XML、文本）"), ALL),
    Check("3-4",  U, _("内容"),           _("内容数据可读性"),       _("各文件能够打开，版式文件能够逐页读取"), ALL),
    Check("3-5",  U, _("软硬件环境"),     _("软硬件环境合规性"),     _("接收和保管单位有读取这些格式的软硬件"), KEPT, **ASKED, **OURS),
    Check("3-6",  U, _("信息包"),         _("没有加密和专用压缩"),   _("文件没有加密，没有用专用方式压缩"), ALL, **OURS),
    Check("3-8",  U, _("信息包"),         _("信息包中内容数据格式合规性"), _("载体上的内容文件都是规定格式"), MOVED),
    Check("4-1",  S, _("病毒"),           _("系统环境中安装杀毒软件"), _("服务器和终端已安装杀毒软件并在更新"), ALL, **ASKED),
    Check("4-2",  S, _("病毒"),           _("病毒感染"),             _("文件的实际内容与格式相符，没有程序和宏"), ALL),
    Check("4-3",  S, _("载体"),           _("载体中多余文件"),       _("载体上没有清单以外的文件"), MOVED),
    Check("4-4",  S, _("载体"),           _("载体读取速度"),         _("载体读取速度正常"), MOVED, **ASKED),
    Check("4-5",  S, _("载体"),           _("载体外观"),             _("载体没有划痕、污损"), MOVED, **ASKED),
    Check("4-6",  S, _("载体"),           _("光盘合格性"),           _("光盘误码率等指标合格（不用光盘的不适用）"), MOVED, **ASKED),
    Check("4-7",  S, _("过程"),           _("操作过程安全性"),       _("操作由授权人员在受控环境中进行"), ALL, **ASKED),
    Check("4-8",  S, _("保管"),           _("备份"),                 _("有在线、离线和异地备份，最近一次恢复演练成功"), frozenset({Y}), **ASKED, **OURS),
    Check("4-9",  S, _("保管"),           _("载体寿命"),             _("离线载体在寿命期内，按期转存"), frozenset({Y}), **ASKED, **OURS),
)
# fmt: on
EVERY_YEAR = 365  # days after which the yearly check is due again


def of_stage(stage: str) -> list[Check]:
    return [check for check in CHECKS if stage in check.stages]


def code(check: Check, stage: str) -> str:
    """GD-1-1, YJ-1-1, CQ-1-1."""
    return f"{PREFIX[Stage(stage)]}-{check.number}"


def check_of(code_: str) -> Check:
    """The row of a code, whatever its stage."""
    return next(check for check in CHECKS if check.number == code_.partition("-")[2])


def asked(stage: str) -> list[Check]:
    """What the archivist is asked at this stage."""
    return [check for check in of_stage(stage) if check.asked]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the archivist answered, and what he wrote beside it."""

    result: str
    note: str = ""


def affirmed(stage: str, note: str = "") -> dict[str, Answer]:
    """Every question of the stage answered with yes."""
    return {check.number: Answer(Result.GOOD.value, note) for check in asked(stage)}


def answers_objection(stage: str, answers: Mapping[str, Answer]) -> Objection | None:
    """Whether everything that is asked was answered; a no needs its reason."""
    for check in asked(stage):
        answer = answers.get(check.number)
        if answer is None or answer.result not in ANSWERS:
            return Objection(_("请回答%(code)s：%(what)s"), {"code": code(check, stage), "what": check.what}, field=f"check-{check.number}")
        if answer.result == Result.BAD and not answer.note.strip():
            return Objection(_("%(code)s不符合，请写明情况"), {"code": code(check, stage)}, field=f"note-{check.number}")
    return None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found: the result, the sentence that says on what evidence, and each fault with its item."""

    result: Result
    said: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    faults: Sequence[tuple[str, str]] = ()


def judged(faults: Iterable[tuple[str, str]], said: str, params: Mapping[str, object], soft: bool = False) -> Outcome:
    """Pass without faults; `soft` faults are told but block nothing."""
    found = list(faults)
    return Outcome((Result.WARN if soft else Result.BAD) if found else Result.GOOD, said, params, found)
