"""What the frame of a public page says in the two languages of the site; an editor writes the content.

A column whose path begins with `en` is the site's English part: its pages say so (`lang`), and a page that stands in both languages
at the same path names the other (`hreflang`).
"""

from zhengtong.business.sites.models import Column

CHINESE, ENGLISH = "zh-CN", "en"
ROOT = "en"

# fmt: off
_ROWS = (
    # key          Chinese                     English
    ("skip",       "跳到正文",                 "Skip to content"),
    ("elder",      "长辈版",                   "Elderly mode"),
    ("large",      "大字",                     "Large type"),
    ("contrast",   "高对比度",                 "High contrast"),
    ("speak",      "朗读",                     "Read aloud"),
    ("silence",    "停止朗读",                 "Stop reading"),
    ("menu",       "栏目",                     "Menu"),
    ("search",     "站内搜索",                 "Search this site"),
    ("seek",       "搜索",                     "Search"),
    ("hint",       "搜文件、搜服务",           "Documents, services"),
    ("navigation", "栏目导航",                 "Sections"),
    ("home",       "首页",                     "Home"),
    ("here",       "当前位置",                 "You are here"),
    ("tools",      "阅读方式",                 "Reading aids"),
    ("text",       "正文",                     "Text"),
    ("source",     "来源：",                   "Source: "),
    ("author",     "作者：",                   "Author: "),
    ("published",  "发布时间：",               "Published: "),
    ("updated",    "更新时间：",               "Updated: "),
    ("printed",    "打印日期：",               "Printed: "),
    ("print",      "打印本页",                 "Print this page"),
    ("files",      "附件",                     "Attachments"),
    ("none",       "暂无内容。",               "Nothing here yet."),
    ("pages",      "分页",                     "Pages"),
    ("newer",      "较新",                     "Newer"),
    ("newest",     "最新",                     "Newest"),
    ("older",      "较早",                     "Older"),
    ("outside",    "（站外链接，将先提示）",   " (leads off this site; a notice comes first)"),
    ("leaving",    "站外链接提示",             "Links off this site"),
    ("leave",      "您将离开本站，前往：",     "You are leaving this site for: "),
    ("answerable", "该网站的内容不由本站负责。", "This government is not responsible for its content."),
    ("go",         "继续前往",                 "Go on"),
    ("stay",       "留在本页",                 "Stay here"),
    ("map",        "站点地图",                 "Site map"),
    ("error",      "我为政府网站找错",         "Report an error"),
    ("feed",       "信息订阅",                 "Feeds"),
    ("mark",       "党政机关网站标识",         "Government website mark"),
    ("code",       "网站标识码",               "Site identification code"),
    ("organiser",  "主办单位",                 "Run by"),
    ("contact",    "联系方式",                 "Contact"),
)
# fmt: on
WORDS = {
    CHINESE: {key: chinese for key, chinese, _english in _ROWS},
    ENGLISH: {key: english for key, _chinese, english in _ROWS},
}


def english(column: Column | None) -> bool:
    """Whether the column belongs to the site's English part."""
    return column is not None and column.path.split("/")[0] == ROOT


def language(column: Column | None) -> str:
    return ENGLISH if english(column) else CHINESE


def other(path: str) -> str:
    """The path at which the same page would stand in the other language; the home page's path is empty."""
    if path.split("/")[0] == ROOT:
        return path.partition("/")[2]
    return f"{ROOT}/{path}".rstrip("/")
