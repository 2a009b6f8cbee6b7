"""Words (现代汉语词典; 第一批异形词整理表): what is often mistaken. Titles of laws and quotations are left as they are.

Each row tells what to look for, with what it must not be followed by, so that 一贯策略 is not read as 贯策.
"""

import re

from .rule import ERROR, INFO, WARNING, Check, Rule, Severity, text

SOURCE = "现代汉语词典；第一批异形词整理表"
# fmt: off
WORDS: tuple[tuple[str, Severity, str, dict[str, str], str], ...] = (
    ("WD-02", WARNING, r"帐(?=[户目号单款簿])",                                     {"帐": "账"},           "帐户→账户"),
    ("WD-03", INFO,    r"其它",                                                     {"其它": "其他"},       "其它→其他"),
    ("WD-04", ERROR,   r"布署",                                                     {"布署": "部署"},       "布署→部署"),
    ("WD-05", WARNING, r"座落",                                                     {"座落": "坐落"},       "座落→坐落"),
    ("WD-06", WARNING, r"撤消",                                                     {"撤消": "撤销"},       "撤消→撤销"),
    ("WD-07", WARNING, r"签定",                                                     {"签定": "签订"},       "签定→签订"),
    ("WD-08", WARNING, r"部份(?![额数])",                                           {"部份": "部分"},       "部份→部分"),
    ("WD-09", WARNING, r"成份(?![额数股])",                                         {"成份": "成分"},       "成份→成分"),
    ("WD-10", WARNING, r"(?<![一二两三四五六七八九十百千\d各每几多数半整这该此月省县年身])份内(?!容)", {"份内": "分内"}, "份内→分内"),
    ("WD-11", INFO,    r"交待",                                                     {"交待": "交代"},       "交待→交代"),
    ("WD-12", INFO,    r"惟一",                                                     {"惟一": "唯一"},       "惟一→唯一"),
    ("WD-13", ERROR,   r"一如继往",                                                 {"一如继往": "一如既往"}, "一如继往→一如既往"),
    ("WD-14", ERROR,   r"再接再励",                                                 {"再接再励": "再接再厉"}, "再接再励→再接再厉"),
    ("WD-15", WARNING, r"既使(?![用得命])(?![^。；\n]{0,30}又)",                    {"既使": "即使"},       "既使→即使"),
    ("WD-16", ERROR,   r"等侯",                                                     {"等侯": "等候"},       "等侯→等候"),
    ("WD-17", ERROR,   r"按装(?![机修配载备卸订运船箱车])",                         {"按装": "安装"},       "按装→安装"),
    ("WD-18", WARNING, r"精减(?=机构|会议|文件)",                                   {"精减": "精简"},       "精减机构→精简机构"),
    ("WD-19", ERROR,   r"追朔",                                                     {"追朔": "追溯"},       "追朔→追溯"),
    ("WD-20", ERROR,   r"松驰(?![骋援名])",                                         {"松驰": "松弛"},       "松驰→松弛"),
    ("WD-21", ERROR,   r"迁徒(?![步劳弟手有刑工])",                                 {"迁徒": "迁徙"},       "迁徒→迁徙"),
    ("WD-22", INFO,    r"名符其实",                                                 {"名符其实": "名副其实"}, "名符其实→名副其实"),
    ("WD-23", WARNING, r"(?<!司)机率(?![先领])",                                    {"机率": "概率"},       "机率→概率"),
    ("WD-24", WARNING, r"图象(?!征)",                                               {"图象": "图像"},       "图象→图像"),
    ("WD-26", INFO,    r"急待",                                                     {"急待": "亟待"},       "急待→亟待"),
    ("WD-27", ERROR,   r"(?<!一)惯彻|(?<!一)贯策(?![略划动反应])",                  {"惯彻": "贯彻", "贯策": "贯彻"}, "惯彻、贯策→贯彻"),
    ("WD-28", WARNING, r"制订(?=(?:本)?(?:条例|法律|法规|规定|办法))",              {"制订": "制定"},       "法规、规章用“制定”"),
    ("WD-29", ERROR,   r"提纲契领",                                                 {"提纲契领": "提纲挈领"}, "提纲契领→提纲挈领"),
    ("WD-30", ERROR,   r"竭泽而鱼|金壁辉煌|脉博(?![物览弈士大文])",                 {"竭泽而鱼": "竭泽而渔", "金壁辉煌": "金碧辉煌", "脉博": "脉搏"}, "竭泽而渔、金碧辉煌、脉搏"),
    ("WD-31", ERROR,   r"穿流不息",                                                 {"穿流不息": "川流不息"}, "穿流不息→川流不息"),
    ("WD-32", WARNING, r"(?<!紧)凑和(?!谐)|安份(?![额数])|缘份",                    {"凑和": "凑合", "安份": "安分", "缘份": "缘分"}, "凑合、安分、缘分"),
    ("WD-33", ERROR,   r"坚苦奋斗",                                                 {"坚苦奋斗": "艰苦奋斗"}, "坚苦奋斗→艰苦奋斗"),
    ("WD-34", ERROR,   r"不径而走|走头无路",                                        {"不径而走": "不胫而走", "走头无路": "走投无路"}, "不胫而走、走投无路"),
    ("WD-25", INFO,    r"(?<!法定)法人代表(?![大机处])",                            {"法人代表": "法定代表人"}, "指负责人用“法定代表人”"),
)
# fmt: on


def _check(pattern: str, right: dict[str, str]) -> Check:
    return text(pattern, lambda m: right[m[0]], hints=" ".join(right), quoted=False)


def _row(id: str, severity: Severity, pattern: str, right: dict[str, str], said: str) -> Rule:
    wrong, words = "、".join(right), ", ".join(right.values())
    return Rule(id, severity, SOURCE, f"用词：{said}", f"The word is {words}, not {wrong}", _check(pattern, right), since=None)


def _spare(match: re.Match[str]) -> str | None:
    return {"涉及到": "涉及", "凯旋归来": "凯旋", "目的是为了": "目的是"}.get(match[0])


RULES = (
    Rule(
        "WD-01", WARNING, SOURCE, "用词：到某时为止用“截至”，“截止”表示停止", "Up to a time is 截至; 截止 means to end",
        text(r"(?<!报名)(?<!申报)截止(?=\d{4}年|目前|上月|本月|年底)", "截至", hints="截止", quoted=False), since=None,
    ),
    *(_row(*row) for row in WORDS),
    Rule(
        "WD-35", INFO, "现代汉语规范", "用词重复或者多余", "Words are doubled or to spare",
        text(r"涉及到|凯旋归来|目的是为了|防止[^，。；\n]{1,12}不再", _spare, hints="涉及到 凯旋归来 目的是为了 防止", quoted=False), since=None,
    ),
)  # fmt: skip
