"""出版物上数字用法 (GB/T 15835-2011) and legal units (GB 3100)."""

import re

from .rule import INFO, NUMERALS, WARNING, Rule, text

ARABIC = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")}
FIXED = {"2万5千里长征": "二万五千里长征", "1国2制": "一国两制", "5四运动": "五四运动", "4书5经": "四书五经"}
UNITS = {"公分": "厘米", "公升": "升"}
DASH = r"[～~—－-]"


def _digits(chinese: str) -> str:
    """A Chinese number below a hundred in Arabic digits."""
    tens, ten, ones = chinese.partition("十")
    if not ten:
        return "".join(ARABIC.get(c, c) for c in chinese)
    return str((int(ARABIC.get(tens, "1")) if tens else 1) * 10 + (int(ARABIC.get(ones, "0")) if ones else 0))


def _date(match: re.Match[str]) -> str:
    year = "".join(ARABIC.get(c, "0") for c in match[1])
    return f"{year}年{_digits(match[2])}月" + (f"{_digits(match[3])}日" if match[3] else "")


def _mixed(match: re.Match[str]) -> str | None:
    """3千5百 → 3500."""
    total = sum(int(n) * {"千": 1000, "百": 100, "十": 10}[unit] for n, unit in re.findall(r"(\d+)([千百十])", match[0]))
    return str(total)


# fmt: off
RULES = (
    Rule("NM-01", WARNING, "GB/T 15835-2011", "数值范围的前后两个百分号都要写：5%～10%", "A range repeats its per cent sign: 5%～10%", text(rf"{DASH}(?<=\d.)\d+(?:\.\d+)?%", lambda m: "%" + m[0], hints="%"), since=NUMERALS),
    Rule("NM-02", WARNING, "GB/T 15835-2011", "数值范围的前后两个“万”“亿”都要写：9亿～16亿元", "A range repeats 万 and 亿: 9亿～16亿元", text(rf"(?<=\d){DASH}(?<!(?:19|20)\d\d.)\d+(?:\.\d+)?([万亿]+)", lambda m: m[1] + m[0], hints="万 亿"), since=NUMERALS),
    Rule("NM-03", WARNING, "GB/T 15835-2011", "年份不简写", "A year is not shortened",
         text(r"\d\d年(?<=[\n，。、；：（“《于在到自从至好发报将对按年]...)(?:(?<=[5-9].年)以[来前]|底|初|度|工作(?!经|年)|[上下]半年)", hints="年"), since=NUMERALS),
    Rule("NM-04", WARNING, "GB/T 15835-2011", "公历日期用阿拉伯数字", "Dates of the calendar are in Arabic digits", text(r"([一二][〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?", _date, hints="年一 年二 年三 年四 年五 年六 年七 年八 年九 年十"), since=NUMERALS),
    Rule("NM-05", WARNING, "GB/T 15835-2011", "汉字年份用“〇”，不用“零”或者“0”", "A year in Chinese numerals uses 〇, not 零 or 0", text(r"二[零0Oo○]([〇零一二三四五六七八九○])([〇零一二三四五六七八九○])(?=年)", lambda m: "二〇" + (m[1] + m[2]).replace("零", "〇").replace("○", "〇"), hints="二零 二0 二O 二○"), since=NUMERALS),
    Rule("NM-06", WARNING, "GB/T 15835-2011", "一个数中阿拉伯数字不与“千”“百”“十”混用", "Arabic digits don't mix with 千, 百, 十 in one number", text(r"\d+[千百十](?:\d+[百十]?)*(?=[余多]?[人元个户亩吨公件次名家天])", _mixed, hints="千 百 十"), since=NUMERALS),
    Rule("NM-07", WARNING, "现代汉语规范", "“约”“近”与“左右”“上下”不并用", "约 or 近 don't go with 左右 or 上下", text(r"(?:约|近|大约)\s*\d+[^，。；\n]{0,6}(?:左右|上下)", hints="左右 上下"), since=None),
    Rule("NM-08", WARNING, "现代汉语规范", "减少、降低不用倍数", "A decrease is not told in 倍", text(r"(?:减少|降低|下降|缩小)了?[\d一二两三四五六七八九十.]+倍", hints="倍"), since=None),
    Rule("NM-09", WARNING, "GB/T 15835-2011", "定型的词语用汉字数字", "Fixed words keep Chinese numerals", text("|".join(FIXED), lambda m: FIXED[m[0]], hints=" ".join(FIXED)), since=NUMERALS),
    Rule("NM-10", WARNING, "GB/T 15835-2011", "世纪、年代用阿拉伯数字", "Centuries and decades are in Arabic digits", text(r"([一二]?十[一二三四五六七八九]?)世纪(?:([二三四五六七八九])十年代)?", lambda m: _digits(m[1]) + "世纪" + (f"{ARABIC[m[2]]}0年代" if m[2] else ""), hints="世纪", quoted=False), since=NUMERALS),
    Rule("NM-11", WARNING, "GB 3100；条例第十一条", "使用法定计量单位", "Legal units are used", text(r"(?<=\d)\s*(公分|公升|市斤|英尺|英寸|华氏)", lambda m: UNITS.get(m[1]), hints="公分 公升 市斤 英尺 英寸 华氏"), since=None),
    Rule("NM-12", INFO, "公文惯例", "季度写作“一季度”", "Quarters are written 一季度", text(r"([1-4])(?=季度)(?<![第\d].)", lambda m: "一二三四"[int(m[1]) - 1], hints="季度"), since=NUMERALS),
)
# fmt: on
