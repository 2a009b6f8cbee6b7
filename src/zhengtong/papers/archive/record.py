"""What a package holds: one record with its metadata (DA/T 46-2009), contents, process and the people who took part."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from zhengtong.foundation.seals import sm3

MAIN = "final"  # the part that is the main document (主文档); all others are attached to it (附属文档)

# fmt: off
# container and its elements in the order of DA/T 48-2009; "" stands for the record itself
LAYOUT = (
    ("",         ("聚合层次",)),
    ("来源",     ("档案馆名称", "档案馆代码", "全宗名称", "立档单位名称")),
    ("",         ("电子文件号",)),
    ("档号",     ("全宗号", "目录号", "年度", "保管期限", "机构或问题", "类别号", "室编案卷号", "馆编案卷号", "室编件号",
                  "馆编件号", "页号")),
    ("内容描述", ("题名", "并列题名", "副题名", "说明题名文字", "主题词", "关键词", "人名", "摘要", "分类号", "文件编号", "责任者", "日期",
                  "文种", "紧急程度", "主送", "抄送", "密级", "保密期限")),
    ("形式特征", ("文件组合类型", "件数", "页数", "语种", "稿本")),
    ("存储位置", ("当前位置", "脱机载体编号", "脱机载体存址", "缩微号")),
    ("权限管理", ("知识产权说明", "控制标识")),
    ("",         ("信息系统描述", "附注")),
)
# fmt: on
NAMES = frozenset(name for _container, names in LAYOUT for name in names)
REQUIRED = ("聚合层次", "全宗名称", "立档单位名称", "电子文件号", "全宗号", "年度", "保管期限", "室编件号", "题名", "文件编号",
            "责任者", "日期", "文种", "文件组合类型", "页数")  # fmt: skip
LENGTHS = {"题名": 500, "文件编号": 60, "责任者": 200, "全宗号": 4, "年度": 4, "保管期限": 3, "室编件号": 4, "日期": 8, "电子文件号": 60}


@dataclass(frozen=True, slots=True)
class Content:
    """One content: what it is inside the item, its name, its kind and its bytes. `text` names the role for readers."""

    role: str
    text: str
    name: str
    kind: str
    data: bytes

    @property
    def digest(self) -> str:
        return sm3(self.data)

    @property
    def size(self) -> int:
        return len(self.data)


@dataclass(frozen=True, slots=True)
class Outside(Content):
    """A content that lies elsewhere: known by its digest and its size alone."""

    sm3: str
    bytes: int

    @property
    def digest(self) -> str:
        return self.sm3

    @property
    def size(self) -> int:
        return self.bytes


@dataclass(frozen=True, slots=True)
class Agent:
    """机构人员 (M77–M80): an organ or a person who took part, by his permanent code."""

    code: str
    kind: str
    name: str
    organ: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """业务行为 (M81–M85): one step of the process, as it is kept in the log."""

    agent: str
    action: str
    at: str
    basis: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One item (件). `values` holds the elements of the record entity by their name in DA/T 46."""

    values: Mapping[str, str]
    contents: tuple[Content, ...]
    events: tuple[Event, ...] = ()
    agents: tuple[Agent, ...] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        if unknown := set(self.values) - NAMES:
            raise ValueError(f"not an element of DA/T 46: {sorted(unknown)}")

    @property
    def number(self) -> str:
        """档号 by DA/T 22-2015, from its own elements."""
        parts = [self.values.get("全宗号", ""), f"WS·{self.values.get('年度', '')}", self.values.get("保管期限", "")]
        if klass := self.values.get("机构或问题"):
            parts.append(klass)
        return "-".join([*parts, self.values.get("室编件号", "")])

    @property
    def size(self) -> int:
        return sum(one.size for one in self.contents)
