"""The text as a whole: what is left unfinished, names, deadlines, what is cited, and what happened on its way."""

import re
from collections.abc import Iterator
from datetime import date as Day

from zhengtong.papers.reading.elements import Role

from . import relations
from .rule import ERROR, WARNING, Hit, Rule, first, need
from .rule import text as in_text
from .sheet import Sheet

UNFILLED = r"[XＸxｘ×]{1,2}月[XＸxｘ×]{1,2}日|[【〔\[（(](?:待补|待定|待填|此处|填写)[^】〕\]）)\n]{0,10}[】〕\]）)]|\bT[O]DO\b|(?<![A-Za-z])X{2,}(?![A-Za-z])|××+局|_{4,}"
# fmt: off
RENAMED = {  # names that the reform of 2018 ended in every county; used of today's organs only
    "环境保护局": "生态环境局", "环保局": "生态环境局", "国土资源局": "自然资源局", "国土局": "自然资源局", "安全生产监督管理局": "应急管理局",
    "安监局": "应急管理局", "工商行政管理局": "市场监督管理局", "工商局": "市场监督管理局", "质量技术监督局": "市场监督管理局", "质监局": "市场监督管理局",
    "食品药品监督管理局": "市场监督管理局", "卫生和计划生育委员会": "卫生健康委员会", "卫计委": "卫生健康委", "卫生和计划生育局": "卫生健康局",
    "卫计局": "卫生健康局", "旅游局": "文化和旅游局", "农业局": "农业农村局", "扶贫开发办公室": "农业农村局", "国家税务局": "税务局", "地方税务局": "税务局",
}
REPEALED = {  # title: (the first day without it, what stands in its place)
    "国家行政机关公文处理办法": (Day(2012, 7, 1), "党政机关公文处理工作条例"),
    "中国共产党机关公文处理条例": (Day(2012, 7, 1), "党政机关公文处理工作条例"),
    **{f"{prefix}{law}": (Day(2021, 1, 1), "中华人民共和国民法典") for prefix in ("", "中华人民共和国")
       for law in ("合同法", "物权法", "婚姻法", "继承法", "收养法", "担保法", "侵权责任法", "民法通则", "民法总则")},
}
SELVES = {"局": "局", "委": "委", "办": "办", "厅": "厅", "部": "部", "县": "政府", "市": "政府", "乡": "政府", "镇": "政府"}
# fmt: on
ALIGNED = re.compile(r"(?:[厅部委局院室府会社处]|第[一二三四五六七八九十百零]+[编章节条款])$")  # a joint name, an article
HISTORY = re.compile(r"废止|失效|修改|修订|取代|替代|原《|曾")
BEFORE = re.compile(r"日(?:（[^）\n]{1,8}）)?(?:之?前|以前)(?=[^。；\n]{0,24}?(?:上报|报送|报|反馈|办结|提交|函复|完成|送|交))")
MONTH = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})$")


def _unknown_names(sheet: Sheet) -> Iterator[Hit]:
    """Names of today's organs; known by the directory, or ended everywhere by the reform of 2018."""
    former = sheet.context.former or {}
    for role, names in ((Role.RECIPIENTS, sheet.recipients), (Role.CC, sheet.cc), (Role.SIGNATURE, sheet.elements.signatures)):
        for name in names:
            old = next((old for old in former if name == old), None) or next((old for old in RENAMED if name.endswith(old)), None)
            ended = old in former or (old is not None and not (sheet.day and sheet.day < Day(2019, 7, 1)) and not name.endswith("总局"))
            unknown = sheet.context.organs is not None and name not in sheet.context.organs and " " not in name
            if (old and ended) or unknown:
                piece = next((p for p in sheet.elements.of(role) if name in p.text), first(sheet, role))
                at = max(piece.text.find(name), 0) if piece else 0
                new = former.get(name) or (name[: -len(old)] + RENAMED[old] if old and old in RENAMED else None)
                yield Hit(piece, at, at + len(name), new, {"name": name})


def _another_self(sheet: Sheet) -> Iterator[Hit]:
    """我局 in the county's own document, 我县决定 in a department's."""
    if len(sheet.issuers) != 1:
        return
    issuer = sheet.issuer
    department = relations.is_department(issuer)
    for found in re.finditer(r"我(局|委|办|厅)(?!长|员|会|公|理)|我(?:[省市县区])(?=决定|研究决定|同意|拟)", sheet.own.text):
        if sheet.own.quoted(found.start()):
            continue
        own = found[1]
        wrong = not _ends(issuer, own) if own else department
        if wrong:
            piece, at = sheet.own.place(found.start())
            yield Hit(piece, at, at + len(found[0]))


def _ends(issuer: str, sign: str) -> bool:
    return {"局": "局", "委": "委", "办": "办", "厅": "厅"}[sign] in issuer[-4:]


def _past_deadline(sheet: Sheet) -> Iterator[Hit]:
    own = sheet.own.text
    if not sheet.day or "前" not in own:
        return
    for found in BEFORE.finditer(own):
        month = MONTH.search(own[max(0, found.start() - 10) : found.start()])
        if not month:
            continue
        try:
            due = Day(int(month[1] or sheet.day.year), int(month[2]), int(month[3]))
        except ValueError:
            continue
        start = found.start() - len(month[0])
        early_next_year = not month[1] and sheet.day.month - due.month > 6
        if due < sheet.day and not early_next_year and not re.search(r"[每次明翌来各]年", own[max(0, start - 12) : start]):
            piece, at = sheet.own.place(start)
            yield Hit(piece, at, at + found.end() - start)


def _not_in_force(sheet: Sheet) -> Iterator[Hit]:
    """Cited as in force; a sentence on the repeal itself, or on history, is none."""
    given = {title: (None, new) for title, new in (sheet.context.repealed or {}).items()}
    own = sheet.own.text
    for title, (ended, new) in {**REPEALED, **given}.items():
        if title not in own or (ended and sheet.day and sheet.day < ended):
            continue
        for found in re.finditer(re.escape(title) if "〔" in title else f"《{re.escape(title)}》", own):
            start = max(own.rfind(mark, 0, found.start()) for mark in "。；\n") + 1
            end = min((at for mark in "。；\n" if (at := own.find(mark, found.end())) >= 0), default=len(own))
            if not HISTORY.search(own[start:end]):
                piece, at = sheet.own.place(found.start())
                yield Hit(piece, at, at + len(found[0]), facts={"title": title, "new": new})


def _changed(sheet: Sheet) -> Iterator[Hit]:
    signed = sheet.context.signed_text
    if signed is not None and not sheet.context.reviewed_again:
        a, b = (re.sub(r"\s", "", text) for text in (signed, sheet.own.text))
        if a != b:
            yield Hit(first(sheet, Role.PARA, Role.HEADING))


def _no_reason(sheet: Sheet) -> Iterator[Hit]:
    if any(not reason.strip() for reason in sheet.context.returned or ()):
        yield Hit(first(sheet, Role.TITLE))


def _unpublished(sheet: Sheet) -> Iterator[Hit]:
    publication = sheet.context.publication
    if publication == "" or (publication == "none" and not (sheet.context.publication_reason or "").strip()):
        yield Hit(first(sheet, Role.NOTE))


def _spaced(sheet: Sheet) -> Iterator[Hit]:
    """Spaces align names of two characters and part the bodies of a joint title; elsewhere they are slips."""
    if " " not in sheet.own.text:
        return
    for found in re.finditer(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])", sheet.own.text):
        own, start, end = sheet.own.text, found.start(), found.end()
        before, after = re.search(r"[\u4e00-\u9fff]*$", own[max(0, start - 30) : start]), re.match(r"[\u4e00-\u9fff]*", own[end : end + 30])
        left, right = before[0] if before else "", after[0] if after else ""
        if min(len(left), len(right)) <= 1 or ALIGNED.search(left) or len(found[0]) > 1 or sheet.own.quoted(start):
            continue
        piece, at = sheet.own.place(start)
        yield Hit(piece, at, at + 1, "")


# fmt: off
RULES = (
    Rule("TX-01", WARNING, "公文惯例", "文中留有未填写的内容", "Something in the text was left to be filled in", in_text(UNFILLED, hints="X Ｘ x月 ｘ月 × 待补 待定 待填 此处 填写 TO ____", own=True), since=None),
    Rule("TX-02", WARNING, "GB/T 9704-2012 5.2.3", "汉字之间不空格", "No space stands between Chinese characters", _spaced),
    Rule("TX-03", ERROR, "条例第九条（八）", "机构名录中没有“%(name)s”，请用现行全称或者规范化简称", "The directory has no %(name)s; use today's full or standard short name", _unknown_names, "recipients", needs=("organs", "former")),
    Rule("TX-04", WARNING, "公文惯例", "自称与发文机关不符", "The document speaks of itself as another body than its issuer", _another_self, "para"),
    Rule("TX-05", WARNING, "公文惯例", "要求的时限早于成文日期", "The deadline lies before the document's date", _past_deadline, "para"),
    Rule("TX-06", ERROR, "条例第十九条（一）、第三十三条", "所依据的“%(title)s”已经失效，现行的是“%(new)s”", "%(title)s is no longer in force; %(new)s took its place", _not_in_force, "para", needs=("repealed",)),
    Rule("TX-07", ERROR, "条例第二十五条（一）", "签发后正文有改动，应当经原签发人复审", "The text changed after signing; the same signer must see it again", need(_changed, "signed_text"), "para", needs=("signed_text",)),
    Rule("TX-08", ERROR, "条例第二十一条、第二十四条（三）", "退回应当说明理由", "A return needs its reason", need(_no_reason, "returned"), "title", needs=("returned",)),
    Rule("TX-09", ERROR, "政府信息公开条例", "应当确定公开属性；不予公开的说明理由", "Choose whether it is published; withholding needs a reason", need(_unpublished, "publication"), "note", since=None, needs=("publication",)),
)
# fmt: on
