"""What the text of a page must not hold: personal numbers, outdated names, placeholders, rubbish, hidden links."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

# fmt: off
# Organs that were abolished: the name, since when, what took its place. Texts from before may keep it.
OUTDATED = (
    ("国家质量监督检验检疫总局", date(2018, 4, 10), "国家市场监督管理总局"),
    ("国家工商行政管理总局",     date(2018, 4, 10), "国家市场监督管理总局"),
    ("国家食品药品监督管理总局", date(2018, 4, 10), "国家市场监督管理总局"),
    ("国家新闻出版广电总局",     date(2018, 4, 10), "国家广播电视总局"),
    ("国家卫生和计划生育委员会", date(2018, 3, 27), "国家卫生健康委员会"),
    ("国家旅游局",               date(2018, 4, 8),  "文化和旅游部"),
    ("国土资源部",               date(2018, 4, 10), "自然资源部"),
    ("环境保护部",               date(2018, 4, 16), "生态环境部"),
    ("国务院法制办公室",         date(2018, 3, 20), "司法部"),
    ("中国银行保险监督管理委员会", date(2023, 5, 18), "国家金融监督管理总局"),
    ("国务院扶贫开发领导小组办公室", date(2021, 2, 25), "国家乡村振兴局（已并入农业农村部）"),
    ("国家乡村振兴局",           date(2023, 12, 28), "农业农村部"),
)
# Ended by the State: no government page may use them of the present.
FORBIDDEN = ("法轮大法好", "台湾国", "香港独立", "藏独万岁")
GAMBLING = ("博彩", "六合彩", "赌场", "娱乐城", "真人荷官", "时时彩", "成人影院", "代开发票", "私服")
PLACEHOLDERS = ("Lorem ipsum", "lorem ipsum", "此处填写", "测试测试", "测试文章", "测试数据", "这里是标题", "XXXXXX", "请输入内容")
BUILDING = ("正在建设中", "栏目建设中", "建设中，敬请", "页面建设中", "内容维护中", "栏目维护中")
MISSING = ("页面不存在", "网页不存在", "页面未找到", "找不到页面", "找不到该页", "您访问的页面", "信息已被删除", "404 Not Found", "404错误")
RUBBISH = ("锟斤拷", "烫烫烫", "ï»¿", "å…³", "ç®€", "\ufffd\ufffd")
TRACES = ("Traceback (most recent call last)", "java.lang.NullPointerException", "at org.apache.", "You have an error in your SQL syntax",
          "ORA-0", "Microsoft OLE DB Provider", "Fatal error: Uncaught", "HTTP Status 500 –", "Server Error in '/' Application")
FOLDERS = ("Index of /", "Directory listing for /", "目录列表")
# fmt: on

IDENTITY = re.compile(r"(?<![0-9A-Za-z])[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx](?![0-9A-Za-z])")
CARD = re.compile(r"(?<![0-9A-Za-z])(?:62|4[0-9]|5[1-5])\d{14,17}(?![0-9A-Za-z])")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Words:
    """A county's own lists beside ours."""

    forbidden: tuple[str, ...] = FORBIDDEN
    outdated: tuple[tuple[str, date, str], ...] = field(default=OUTDATED)


def is_identity(number: str) -> bool:
    """Whether the check digit fits (GB 11643)."""
    return "10X98765432"[sum(int(d) * w for d, w in zip(number, WEIGHTS, strict=False)) % 11] == number[17].upper()


def is_card(number: str) -> bool:
    """Whether the digits fit the Luhn sum (GB/T 17552)."""
    digits = [int(d) for d in reversed(number)]
    return sum(digits[0::2] + [d * 2 - 9 * (d > 4) for d in digits[1::2]]) % 10 == 0


def masked(number: str) -> str:
    """As evidence may show it."""
    return number[:4] + "*" * (len(number) - 8) + number[-4:]


def _first(words: Iterable[str], text: str) -> str:
    return next((word for word in words if word in text), "")


def around(text: str, word: str, width: int = 24) -> str:
    """The word with what stands beside it."""
    at = text.find(word)
    return text[max(0, at - width) : at + len(word) + width].strip()


def faults(text: str, written: date | None, on: date, words: Words) -> Iterator[tuple[str, dict[str, object]]]:
    """What the words of a page are blamed for; `written` is the day of an article, None of a page of the present."""
    if word := _first(words.forbidden, text):
        yield "forbidden_word", {"word": word}
    for name, since, now in words.outdated:
        if name in text and since <= (written or on):
            yield "outdated_name", {"word": name, "since": since.isoformat(), "now": now, "text": around(text, name)}
            break
    if word := _first(PLACEHOLDERS, text):
        yield "placeholder", {"text": around(text, word)}
    if word := _first(RUBBISH, text):
        yield "garbled", {"text": around(text, word)}
    if word := _first(TRACES, text):
        yield "shows_trace", {"text": around(text, word, 60)}
    if number := next((n for n in IDENTITY.findall(text) if is_identity(n)), ""):
        yield "identity_number", {"number": masked(number)}
    if number := next((n for n in CARD.findall(text) if is_card(n) and not (len(n) == 18 and IDENTITY.fullmatch(n))), ""):
        yield "bank_card", {"number": masked(number)}
