"""One filed record and one who signs, for the tests of packages."""

from datetime import UTC, datetime

from zhengtong.foundation import seals
from zhengtong.papers.archive import Agent, Content, Event, Record
from zhengtong.papers.archive.eep import Signer

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PRIVATE = seals.generate()
SIGNER = Signer("云岭县人民政府办公室", seals.public_of(PRIVATE), lambda data: seals.sign(PRIVATE, data))
VALUES = {
    "聚合层次": "文件", "全宗名称": "云岭县人民政府", "立档单位名称": "云岭县人民政府", "电子文件号": "D2026-000001", "全宗号": "Z003",
    "年度": "2026", "保管期限": "D30", "机构或问题": "BGS", "室编件号": "0001", "题名": "关于做好<防火>&防汛工作的通知𠮷",
    "文件编号": "云政发〔2026〕1号", "责任者": "云岭县人民政府", "日期": "20260301", "文种": "通知", "文件组合类型": "组合文件",
    "页数": "1",
}  # fmt: skip
CONTENTS = (
    Content("final", "正本", "云政发〔2026〕1号.pdf", "pdf", b"%PDF-1.7\x00\x01"),
    Content("sheet", "发文处理单", "发文/处理单.txt", "txt", "签发：同意".encode()),
    Content("log", "处理过程", "处理过程.json", "txt", b"[]"),
)


def record(**change: str) -> Record:
    events = (Event("YLP00001", "签发", "2026-03-01T09:00:00+08:00", "第二十二条", "同意"),)
    return Record({**VALUES, **change}, CONTENTS, events, (Agent("YLP00001", "个人", "孟若山", "YL003", "县长"),))
