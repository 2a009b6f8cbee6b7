"""Names that an organ bears no more, and words that a government's page does not use.

What was reorganised stands with the plan that did it; a name in 《》 or “” is another's words and stays.
The words are those of 新华社新闻信息报道中的禁用词和慎用词 (2016) that concern a county's pages; a county adds its own rows here.
"""

import re
from dataclasses import dataclass
from datetime import date

REFORM_2018 = "深化党和国家机构改革方案（2018）"
REFORM_2023 = "党和国家机构改革方案（2023）"
NEWS = "新华社新闻信息报道中的禁用词和慎用词（2016）"
SINCE_2018, SINCE_2023, ALWAYS = date(2018, 3, 21), date(2023, 3, 16), date.min


@dataclass(frozen=True, slots=True)
class Name:
    """One row: what is looked for, what stands instead (a template of the match), from which day, by which source, whether it blocks."""

    pattern: re.Pattern[str]
    instead: str
    since: date
    source: str
    blocks: bool = False


def _row(pattern: str, instead: str, since: date, source: str, blocks: bool = False) -> Name:
    return Name(re.compile(pattern), instead, since, source, blocks)


# fmt: off
NAMES = (
    #    looked for                                              instead                    since       source       blocks
    _row(r"工商行政管理局|(?<!机关)工商局",                       "市场监督管理局",          SINCE_2018, REFORM_2018),
    _row(r"质量技术监督局|质监局",                                "市场监督管理局",          SINCE_2018, REFORM_2018),
    _row(r"食品药品监督管理局|食药监局",                          "市场监督管理局",          SINCE_2018, REFORM_2018),
    _row(r"国土资源(部|厅|局|所)",                                r"自然资源\1",             SINCE_2018, REFORM_2018),
    _row(r"(?<!生态)环境保护(部|厅|局)",                          r"生态环境\1",             SINCE_2018, REFORM_2018),
    _row(r"(?<!生态)环保局",                                      "生态环境局",              SINCE_2018, REFORM_2018),
    _row(r"农业(部|厅|局)(?![门分队长])",                         r"农业农村\1",             SINCE_2018, REFORM_2018),
    _row(r"卫生和计划生育(委员会|局)|卫计(委|局)",                "卫生健康委员会、卫生健康局", SINCE_2018, REFORM_2018),
    _row(r"安全生产监督管理局|安监局",                            "应急管理局",              SINCE_2018, REFORM_2018),
    _row(r"(?<!文化和)旅游局",                                    "文化和旅游局",            SINCE_2018, REFORM_2018),
    _row(r"国家税务局|地方税务局|地税局|国税局",                  "税务局",                  SINCE_2018, REFORM_2018),
    _row(r"公安消防(支队|大队|中队)",                             r"消防救援\1",             SINCE_2018, REFORM_2018),
    _row(r"政府法制办公室|政府法制办",                            "司法局",                  SINCE_2018, REFORM_2018),
    _row(r"银保监(局|会|分局)|银监(局|会|分局)",                  "金融监督管理总局及其派出机构", SINCE_2023, REFORM_2023),
    _row(r"乡村振兴局",                                           "农业农村部门",            SINCE_2023, REFORM_2023),
    _row(r"残废人",                                               "残疾人",                  ALWAYS,     NEWS, True),
    _row(r"瞎子",                                                 "盲人",                    ALWAYS,     NEWS, True),
    _row(r"聋子",                                                 "聋人",                    ALWAYS,     NEWS, True),
    _row(r"弱智(?:者|人|儿童)",                                   "智力残疾人",              ALWAYS,     NEWS, True),
    _row(r"打工仔|打工妹|盲流",                                   "务工人员",                ALWAYS,     NEWS, True),
    _row(r"(?:台湾|香港|澳门|港澳台)等国(?!家?[和与及（]地区)家?",        "等国家和地区",            ALWAYS,     NEWS, True),
    _row(r"中国[与和同、](?:台湾|香港|澳门)(?!地区|当局|同胞|特别行政区|居民|省)", "大陆与台湾、内地与香港（澳门）", ALWAYS, NEWS, True),
    _row(r"中台(?=关系|交流|合作|贸易)",                          "两岸",                    ALWAYS,     NEWS, True),
    _row(r"台湾政府",                                             "台湾当局",                ALWAYS,     NEWS, True),
    _row(r"村长(?![大期远])",                                     "村民委员会主任",          ALWAYS,     "村民委员会组织法"),
)
# fmt: on
