"""The check before publishing, row by row: what it finds, and what it must leave alone."""

from datetime import date

import pytest

from zhengtong.business.sites import text
from zhengtong.business.sites.rules import checks, personal
from zhengtong.business.sites.rules.names import NAMES

DAY = date(2026, 11, 23)
# Invented, with right check signs; the persons don't exist.
IDENTITY, OLD_IDENTITY, MOBILE, CARD = "530822199003071231", "530822900307123", "13987650012", "6222020000000000018"


def words(body, **more):
    return checks.Draft({"body": body}, day=DAY, **more)


def codes(draft):
    return {one.check.code for one in checks.check(draft)}


def test_the_samples_are_what_they_say():
    assert personal.check_sign(IDENTITY[:17]) == IDENTITY[17] and personal.luhn(CARD)


# fmt: off
ROWS = (
    ("PI-1", f"身份证号{IDENTITY}。",                 f"身份证号{IDENTITY[:-1]}0。"),           # the check sign is wrong
    ("PI-1", "身份证５３０８２２１９９００３０７１２３１", "统一社会信用代码115308990151234567"),
    ("PI-1", "530822 1990 0307 1231",                "项目代码530822199013071239"),             # there is no 13th month
    ("PI-1", f"旧号{OLD_IDENTITY}",                  "序号530822901307123"),
    ("PI-2", f"联系人手机{MOBILE}",                   "电话0879-8800130"),
    ("PI-2", "139 8765 0012",                        "139****0012"),
    ("PI-2", "+86 139-8765-0012",                    "总额13987650012.50元"),
    ("PI-3", f"账号{CARD}",                           "账号6222020000000000019"),
    ("PI-3", "6222 0200 0000 0000 018",              "2026年1月1日至2026年12月31日"),
    ("PI-4", "家庭住址：云岭县柳河镇三组12号",        "办公地址：云岭县政府大楼"),
    ("SE-1", "机密★5年",                              "保守国家秘密"),
    ("SE-2", "此件不公开",                            "此件公开发布"),
    ("NA-1", "要关心残废人的生活",                     "要关心残疾人的生活"),
    ("NA-1", "来自台湾、香港等国家",                   "来自香港等国家和地区"),
    ("NA-2", "县工商局、县环保局联合检查",             "县市场监督管理局、县生态环境局联合检查"),
    ("NA-2", "县国土资源局负责",                       "按《县国土资源局关于采矿的通知》办理"),   # a title is another's words
    ("WD-1", "认真布署防火工作",                       "认真部署防火工作"),
    ("WD-2", "帐户余额",                               "账户余额"),
)
# fmt: on


@pytest.mark.parametrize(("code", "found", "left"), ROWS)
def test_a_row_finds_its_fault_and_leaves_the_rest_alone(code, found, left):
    assert code in codes(words(found))
    assert code not in codes(words(left))


def test_a_name_counts_from_the_day_of_its_reform():
    draft = checks.Draft({"body": "县环保局检查"}, day=date(2016, 5, 1))
    assert "NA-2" not in codes(draft)


def test_the_countys_own_former_names_are_told():
    (one,) = checks.check(words("县农业机械局负责", former={"县农业机械局": "云岭县农业农村局"}))
    assert (one.check.code, one.instead, one.blocks) == ("NA-3", "云岭县农业农村局", False)


# fmt: off
SHAPES = (
    ("LK-2", '<p><a href="http://10.1.2.3/oa">系统</a></p>'),
    ("LK-2", '<p><a href="https://oa.yunling.local/">系统</a></p>'),
    ("LK-3", '<p><a href="http://www.example.gov.cn/">某网站</a></p>'),
    ("AC-1", '<p><a href="https://www.example.gov.cn/">点击这里</a></p>'),
    ("AC-2", "<h2>一</h2><h4>二</h4>"),
    ("AC-3", "<table><tr><td>甲</td></tr></table>"),
)
# fmt: on


@pytest.mark.parametrize(("code", "html"), SHAPES)
def test_the_shape_of_the_text_is_looked_at(code, html):
    assert codes(shaped(html)) == {code}


def test_a_well_made_text_has_nothing_against_it():
    html = (
        '<h2>一</h2><h3>二</h3><table><tr><th scope="col">甲</th></tr></table><p><a href="https://www.example.gov.cn/">某网站的公告</a></p>'
    )
    assert checks.check(shaped(html)) == []


def shaped(html):
    shape = text.outline(html)
    links = tuple(checks.Link(*link) for link in shape.links)
    return words(text.plain(html), headings=tuple(shape.headings), bare_tables=shape.bare_tables, links=links)


def test_errors_come_first_with_the_words_around_them_and_what_may_stand_instead():
    first, second = checks.check(words(f"帐户由张某（{IDENTITY}）管理"))
    assert first.blocks and not second.blocks
    assert (first.before, first.words, first.after) == ("帐户由张某（", IDENTITY, "）管理")
    assert first.instead == "530822********1231"


def test_what_is_masked_is_found_no_more():
    html = f"<p>张某<b>{IDENTITY}</b>，手机{MOBILE}，卡号6222 0200 0000 0000 018，电话0879-8800130，&lt;b&gt;</p>"
    once = text.clean(html, personal.masked)
    assert once == "<p>张某<b>530822********1231</b>，手机139****0012，卡号6222***********0018，电话0879-8800130，&lt;b&gt;</p>"
    assert codes(words(text.plain(once))) == set() and text.clean(once, personal.masked) == once


def test_every_row_has_its_source_and_its_code_once():
    assert len({row.code for row in checks.CHECKS}) == len(checks.CHECKS) and all(row.source and row.label for row in checks.CHECKS)
    assert all(row.source and row.instead for row in NAMES)
