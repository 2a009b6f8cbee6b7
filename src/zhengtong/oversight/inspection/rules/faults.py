"""Every fault that the inspector knows, with its gravity, its place in the scored table and the source.

The veto thresholds stand in `veto.py`; a fault of gravity VETO is one whose number can lead there. Sources marked
（county） have no national figure: the county's own convention, which a county may change.
"""

from dataclasses import dataclass
from enum import StrEnum

from zhengtong.foundation.refusal import gettext_noop as _


class Gravity(StrEnum):
    VETO = "veto"  # counts towards a national veto
    GRAVE = "grave"  # to be mended at once
    FAULT = "fault"  # costs points
    HINT = "hint"  # nothing is deducted


GRAVITIES = {Gravity.VETO: _("可致否决"), Gravity.GRAVE: _("严重"), Gravity.FAULT: _("问题"), Gravity.HINT: _("提示")}

VETO, GRAVE, FAULT, HINT = Gravity.VETO, Gravity.GRAVE, Gravity.FAULT, Gravity.HINT
CHECK = "国办秘函〔2019〕19号"
GUIDE = "国办发〔2017〕47号"
DOMAIN = "国办函〔2018〕55号"
LAW = "网络安全法"
COUNTY = "county"


@dataclass(frozen=True, slots=True)
class Fault:
    """One row: `item` is the row of the scored table that it costs points in."""

    code: str
    label: str
    gravity: Gravity
    item: str
    source: str


# fmt: off
FAULTS = {
    fault.code: fault
    for fault in (
        # reaching it
        Fault("home_unreachable",   _("首页无法打开"),               VETO,  "usable",  f"{CHECK} 单项否决2"),
        Fault("home_slow",          _("首页超过15秒才打开"),         VETO,  "usable",  f"{CHECK} 单项否决2"),
        Fault("often_unreachable",  _("站点无法访问达到5%"),         VETO,  "usable",  f"{CHECK} 单项否决2"),
        Fault("leaves_site",        _("首页转到别的站点"),           GRAVE, "domain",  DOMAIN),
        Fault("redirect_loop",      _("网页循环跳转"),               FAULT, "usable",  CHECK),
        Fault("server_error",       _("网页服务出错"),               FAULT, "usable",  CHECK),
        Fault("slow_page",          _("网页超过3秒才打开"),          HINT,  "",        f"{GUIDE} 网页设计规范"),
        # links
        Fault("dead_link_home",     _("首页链接失效"),               FAULT, "usable",  CHECK),
        Fault("dead_link",          _("链接失效"),                   FAULT, "usable",  CHECK),
        Fault("soft_missing",       _("网页不存在却答复正常"),       FAULT, "usable",  CHECK),
        Fault("dead_attachment",    _("附件无法下载"),               FAULT, "forms",   CHECK),
        Fault("wrong_attachment",   _("附件内容与类型不符"),         FAULT, "forms",   CHECK),
        Fault("empty_attachment",   _("附件是空的"),                 FAULT, "forms",   CHECK),
        Fault("dead_image",         _("图片失效"),                   FAULT, "usable",  CHECK),
        Fault("dead_asset",         _("样式或脚本失效"),             FAULT, "usable",  CHECK),
        Fault("hollow_link",        _("标题没有链接到正文"),         FAULT, "usable",  CHECK),
        Fault("inside_link",        _("链接指向内部地址"),           GRAVE, "usable",  CHECK),
        Fault("bare_address",       _("链接使用IP地址"),             FAULT, "domain",  DOMAIN),
        Fault("mixed_content",      _("加密网页引用未加密内容"),     FAULT, "compat",  COUNTY),
        # freshness
        Fault("home_stale",         _("首页两周没有更新"),           VETO,  "news",    f"{CHECK} 单项否决3"),
        Fault("column_stale",       _("栏目不更新"),                 VETO,  "columns", f"{CHECK} 单项否决4"),
        Fault("column_empty",       _("空白栏目"),                   VETO,  "columns", f"{CHECK} 单项否决4"),
        Fault("under_construction", _("栏目在建设中"),               VETO,  "columns", f"{CHECK} 单项否决4"),
        Fault("undated",            _("信息没有发布时间"),           FAULT, "columns", f"{GUIDE} 网页设计规范"),
        Fault("future_date",        _("发布时间晚于今天"),           FAULT, "columns", f"{CHECK} 单项否决1"),
        Fault("republished",        _("旧文换日期重发"),             GRAVE, "columns", f"{CHECK} 单项否决1"),
        Fault("redated",            _("改动了发布时间"),             GRAVE, "columns", f"{CHECK} 单项否决1"),
        Fault("back_dated",         _("补发信息倒填日期"),           GRAVE, "columns", f"{CHECK} 单项否决1"),
        Fault("dates_differ",       _("列表与正文日期不一致"),       FAULT, "columns", COUNTY),
        # tags
        Fault("tag_site",           _("缺少网站标签"),               FAULT, "tags",    f"{GUIDE} 网页标签规范"),
        Fault("tag_column",         _("缺少栏目标签"),               FAULT, "tags",    f"{GUIDE} 网页标签规范"),
        Fault("tag_article",        _("缺少文章标签"),               FAULT, "tags",    f"{GUIDE} 网页标签规范"),
        Fault("tag_empty",          _("标签没有内容"),               FAULT, "tags",    f"{GUIDE} 网页标签规范"),
        Fault("tag_misspelt",       _("标签名写错"),                 FAULT, "tags",    f"{GUIDE} 网页标签规范"),
        Fault("tag_doubled",        _("标签重复"),                   FAULT, "tags",    f"{GUIDE} 网页标签规范"),
        Fault("tag_code_wrong",     _("网站标识码格式不对"),         FAULT, "tags",    f"{GUIDE} 网页标签规范"),
        Fault("tag_differs",        _("各页网站标签不一致"),         FAULT, "tags",    f"{GUIDE} 网页标签规范"),
        Fault("tag_date_wrong",     _("发布时间标签格式不对"),       FAULT, "tags",    f"{GUIDE} 网页标签规范"),
        Fault("tag_title_differs",  _("标题标签与标题不符"),         FAULT, "tags",    f"{GUIDE} 网页标签规范"),
        # marks at the foot
        Fault("mark_party",         _("缺少党政机关网站标识"),       FAULT, "marks",   f"{GUIDE} 网页设计规范"),
        Fault("mark_report",        _("缺少“我为政府网站找错”"),     FAULT, "marks",   f"{GUIDE} 网页设计规范"),
        Fault("mark_code",          _("页脚缺少网站标识码"),         FAULT, "marks",   f"{GUIDE} 网页设计规范"),
        Fault("mark_organiser",     _("页脚缺少主办单位"),           FAULT, "marks",   f"{GUIDE} 网页设计规范"),
        Fault("mark_contact",       _("页脚缺少联系方式"),           FAULT, "marks",   f"{GUIDE} 网页设计规范"),
        Fault("mark_icp",           _("缺少ICP备案编号"),            FAULT, "marks",   f"{GUIDE} 网页设计规范"),
        Fault("mark_police",        _("缺少公安机关备案标识"),       FAULT, "marks",   f"{GUIDE} 网页设计规范"),
        Fault("mark_sitemap",       _("缺少站点地图"),               FAULT, "marks",   f"{GUIDE} 网页设计规范"),
        Fault("mark_malformed",     _("页脚备案编号格式不对"),       FAULT, "marks",   f"{GUIDE} 网页设计规范"),
        # names and words
        Fault("site_name",          _("没有网站名称"),               FAULT, "domain",  GUIDE),
        Fault("domain_wrong",       _("域名标签与实际域名不符"),     FAULT, "domain",  DOMAIN),
        Fault("outdated_name",      _("使用已撤销机构的名称"),       FAULT, "facts",   CHECK),
        Fault("forbidden_word",     _("出现禁用词语"),               GRAVE, "",        f"{CHECK} 单项否决1"),
        Fault("placeholder",        _("留有测试或占位文字"),         FAULT, "facts",   COUNTY),
        Fault("garbled",            _("文字乱码"),                   FAULT, "facts",   COUNTY),
        Fault("identity_number",    _("公开了身份证号码"),           GRAVE, "",        "个人信息保护法 第二十五条"),
        Fault("bank_card",          _("公开了银行卡号"),             GRAVE, "",        "个人信息保护法 第二十五条"),
        # tampering
        Fault("hidden_links",       _("网页中有暗链"),               GRAVE, "",        f"{CHECK} 单项否决1"),
        Fault("foreign_script",     _("引用外站脚本"),               FAULT, "compat",  COUNTY),
        Fault("foreign_frame",      _("嵌入外站网页"),               FAULT, "compat",  COUNTY),
        Fault("changed",            _("内容被改动，不是发布的"),     GRAVE, "",        f"{CHECK} 单项否决1"),
        Fault("added",              _("网页不在发布清单里"),         GRAVE, "",        f"{CHECK} 单项否决1"),
        Fault("lists_folder",       _("列出了目录文件"),             GRAVE, "",        LAW),
        Fault("shows_trace",        _("泄露了程序出错信息"),         GRAVE, "",        LAW),
        # answers and services
        Fault("no_channel",         _("没有网上咨询渠道"),           VETO,  "submit",  f"{CHECK} 单项否决5"),
        Fault("letter_unanswered",  _("留言超过三个月未答复"),       VETO,  "answers", f"{CHECK} 单项否决5"),
        Fault("no_services",        _("没有办事服务"),               VETO,  "items",   f"{CHECK} 单项否决6"),
        Fault("guide_poor",         _("办事指南缺少四类以上要素"),   VETO,  "guides",  f"{CHECK} 单项否决6"),
        Fault("guide_lacks",        _("办事指南要素不全"),           FAULT, "guides",  CHECK),
        Fault("no_search",          _("没有站内搜索"),               FAULT, "search",  GUIDE),
        # the page for everybody, and its road
        Fault("no_title",           _("网页没有标题"),               FAULT, "compat",  "GB/T 37668 / WCAG 2.4.2"),
        Fault("no_language",        _("网页没有标明语言"),           HINT,  "",        "WCAG 3.1.1"),
        Fault("no_alt",             _("图片没有替代文字"),           HINT,  "",        "WCAG 1.1.1"),
        Fault("no_viewport",        _("网页不适配手机"),             HINT,  "",        GUIDE),
        Fault("no_elder",           _("没有长辈版或无障碍入口"),     HINT,  "",        "国办公开办函〔2021〕28号"),
        Fault("policy_lacks",       _("政策文件没有标明文号或有效性"), FAULT, "policy", GUIDE),
        Fault("cert_expired",       _("证书已过期"),                 GRAVE, "compat",  LAW),
        Fault("cert_soon",          _("证书将在30日内过期"),         HINT,  "",        COUNTY),
        Fault("cert_wrong",         _("证书不可信或名称不符"),       GRAVE, "compat",  LAW),
        Fault("no_ipv6",            _("不支持IPv6"),                 HINT,  "compat",  CHECK),
    )
}
# fmt: on


# What a piece of evidence is called where people read it.
EVIDENCE = {
    "status": _("状态码"), "seconds": _("秒"), "at": _("时间"), "error": _("原因"), "on": _("出现在"), "pages": _("网页数"), "to": _("转到"),
    "title": _("标题"), "lacks": _("缺少"), "column": _("栏目"), "class": _("类别"), "last": _("最近更新"), "source": _("规定"),
    "shown": _("标注日期"), "first": _("最早日期"), "of": _("原文"), "list": _("列表日期"), "page": _("正文日期"), "tag": _("标签"),
    "written": _("写成"), "home": _("首页写成"), "heading": _("标题"), "mark": _("标识"), "text": _("原话"), "word": _("词语"), "since": _("起于"),
    "now": _("现为"), "number": _("号码或个数"), "link": _("链接"), "words": _("文字"), "image": _("图片"), "type": _("类型"), "start": _("开头字节"),
    "published": _("发布的摘要"), "served": _("看到的摘要"), "sm3": _("摘要"), "asked": _("提问日期"), "state": _("状态"), "until": _("有效期至"),
    "trouble": _("原因"), "issuer": _("签发者"), "tries": _("试开次数"), "failed": _("失败次数"), "domain": _("应有的域名"), "size": _("字节数"),
}  # fmt: skip


def source_label(source: str) -> str:
    """The source as people read it; `county` is a convention of ours."""
    return _("本县约定") if source == COUNTY else source


def gravity(code: str) -> Gravity:
    return FAULTS[code].gravity


ORDER = tuple(Gravity)  # the gravest first
