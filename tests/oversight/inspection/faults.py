"""Seventy ways to spoil the clean site, each with exactly the faults that the inspector must find."""

from dataclasses import dataclass

from .cluster import DOMAIN, MARKS, Answered, Site, Spoil, ago, article, column_tags, everywhere, frame, line, put, swap

ONE = "/news/1.html"
IDENTITY = "11010519491231002X"
CARD = "6222021234567890128"


@dataclass(frozen=True)
class Case:
    """One spoiled site. `found`: the codes that must come out, no other."""

    name: str
    spoil: Spoil
    found: frozenset[str]
    options: tuple[str, ...] = ()


def dead(site: Site) -> None:
    put(site, ONE, '<a href="/nowhere.html">看这里的说明</a>')


def items_of(path: str, days: tuple[int, ...], name: str, kind: str) -> Spoil:
    """Give a column other days, on its own page, on the home page and in its articles."""

    def spoil(site: Site) -> None:
        old = [key for key in site if key.startswith(f"/{path}/") and key != f"/{path}/"]
        for key in old:
            del site[key]
        lines = "".join(line(path, n, day, name) for n, day in enumerate(days, start=1))
        for page in ("/", f"/{path}/"):
            text = site[page].body.decode()
            start = text.index(f"<h1>{name}</h1>" if page != "/" else f"<h2>{name}</h2>")
            first, last = text.index("<ul>", start), text.index("</ul>", start)
            site[page] = Answered((text[: first + 4] + lines + text[last:]).encode())
        for n, day in enumerate(days, start=1):
            site[f"/{path}/{n}.html"] = article(path, n, day, name, kind)

    return spoil


def all_old(site: Site) -> None:
    for path, name, kind, days in (("news", "政务要闻", "政务动态，要闻", (15, 30)), ("notices", "通知公告", "通知公告", (16, 40))):
        items_of(path, days, name, kind)(site)


def undated(site: Site) -> None:
    for page in ("/", "/notices/"):
        swap(site, page, f"消息的标题</a><span>{ago(40)}</span>", "消息的标题</a><span></span>")
    swap(site, "/notices/2.html", f'<meta name="PubDate" content="{ago(40)} 09:00">\n', "")
    swap(site, "/notices/2.html", f" 发布时间：{ago(40)} 09:00", "")
    swap(site, "/notices/2.html", "来源：", "出处 ")


def copied(site: Site) -> None:
    """The old third item again under a new number and yesterday's date."""
    page = site["/news/3.html"].body.decode().replace(ago(20), ago(2))
    site["/news/4.html"] = Answered(page.encode())
    for where in ("/news/", "/"):
        swap(site, where, line("news", 1, 1, "政务要闻"), line("news", 1, 1, "政务要闻") + line("news", 4, 2, "政务要闻"))


def tag(path: str, name: str, to: str) -> Spoil:
    """Write a tag of one page otherwise; "" takes it away."""

    def spoil(site: Site) -> None:
        text = site[path].body.decode()
        start = text.index(f'<meta name="{name}"')
        end = text.index(">", start) + 1
        site[path] = Answered((text[:start] + to + text[end:]).encode())

    return spoil


def mark(name: str) -> Spoil:
    return lambda site: everywhere(site, f"<li>{MARKS[name]}</li>", "")


def at(path: str, piece: str) -> Spoil:
    return lambda site: put(site, path, piece)


def instead(path: str, **answered: object) -> Spoil:
    return lambda site: site.__setitem__(path, Answered(**answered))


def guide_without(*labels: str) -> Spoil:
    def spoil(site: Site) -> None:
        for label in labels:
            swap(site, "/services/g1/", f"<dt>{label}</dt>", "<dt>其他</dt>")

    return spoil


def empty_column(site: Site) -> None:
    text = site["/plans/"].body.decode()
    start, end = text.index("<ul>", text.index("<main>")), text.index("</main>")
    site["/plans/"] = Answered((text[:start] + "<p>暂无内容。</p>" + text[end:]).encode())


def waiting(days: int) -> Spoil:
    return lambda site: swap(site, "/ask/", f"{ago(100)}</td><td>已答复", f"{ago(days)}</td><td>未答复")


def no_services(site: Site) -> None:
    for path in [p for p in site if p.startswith("/services/")]:
        del site[path]
    everywhere(site, '<li><a href="/services/">办事服务</a></li>', "")


def no_channel(site: Site) -> None:
    for path in [p for p in site if p.startswith("/ask/")]:
        del site[path]
    everywhere(site, '<li><a href="/ask/">咨询留言</a></li>', "")
    everywhere(site, '<a href="/ask/">我为政府网站找错</a>', "我为政府网站找错")


def guides_poor(site: Site) -> None:
    guide_without("设定依据", "申请条件", "办理材料", "办理流程")(site)


def page(words: str) -> Spoil:
    return at(ONE, f"<p>{words}</p>")


def links(where: str, href: str, words: str = "更多有关说明") -> Spoil:
    return at(where, f'<p><a href="{href}">{words}</a></p>')


def added(path: str, answered: Answered) -> Spoil:
    def spoil(site: Site) -> None:
        put(site, ONE, f'<p><a href="{path}">详细说明</a></p>')
        site[path] = answered

    return spoil


def building(site: Site) -> None:
    site["/plans/"] = frame("规划计划", "<h1>规划计划</h1><p>栏目建设中，敬请期待。</p>", column_tags("规划计划", "规划计划"))


def no_home(site: Site) -> None:
    del site["/"]


def lists_folder(site: Site) -> None:
    added("/upload/", frame("Index of /upload", "<h1>Index of /upload</h1>", {}))(site)


def f(*codes: str) -> frozenset[str]:
    return frozenset(codes)


OLD_GAMES = '<p><a href="http://games.example.com/">六合彩开奖</a></p>'
HIDDEN = '<div style="display:none"><a href="http://spam.example.com/">本地旅游</a></div>'
GONE = b"<title>x</title>gone"
HOLLOW = f'<ul><li><a href="#">没有链接的一条标题</a><span>{ago(3)}</span></li></ul>'
CODE, SHORT_CODE = '"SiteIDCode" content="5308990001"', '"SiteIDCode" content="28"'
SLASHED = f'<meta name="PubDate" content="{ago(1).replace("-", "/")}">'
ELSEWHERE = ("--domain", "www.qingshan.gov.cn")
SEARCH = '<form role="search" action="/search/"><input type="search" name="q"></form>'
VIEWPORT = '<meta name="viewport" content="width=device-width">'
NUMBER = "云政发〔2026〕1号 有效性：现行有效"
# fmt: off
CASES = (
    Case("home gone",              no_home,                                                  f("home_unreachable")),
    Case("home breaks",            instead("/", status=503),                                 f("home_unreachable")),
    Case("home too slow",          instead("/", delay=2.0),                                  f("home_slow"), ("--patience", "0.4")),
    Case("home leaves",            instead("/", status=302, headers={"Location": "http://203.0.113.9/"}), f("leaves_site")),
    Case("loop",                   added("/loop/", Answered(status=302, headers={"Location": "/loop/"})), f("redirect_loop")),
    Case("page breaks",            added("/broken.html", Answered(GONE, 500)),               f("server_error")),
    Case("dead link at home",      links("/", "/nowhere.html"),                              f("dead_link_home")),
    Case("dead link",              dead,                                                     f("dead_link")),
    Case("gone for good",          added("/moved.html", Answered(GONE, 410)),                f("dead_link")),
    Case("soft missing",           added("/soft.html", frame("提示", "<h1>页面不存在</h1>", {})), f("soft_missing")),
    Case("dead attachment",        lambda s: s.pop("/files/form.pdf"),                       f("dead_attachment")),
    Case("attachment is a page",   instead("/files/form.pdf", body=b"<html>sign in", type="text/html"), f("wrong_attachment")),
    Case("empty attachment",       instead("/files/form.pdf", type="application/pdf"),       f("empty_attachment")),
    Case("dead image",             lambda s: s.pop("/files/map.png"),                        f("dead_image")),
    Case("dead style",             lambda s: s.pop("/a.css"),                                f("dead_asset")),
    Case("title leads nowhere",    at("/news/", HOLLOW), f("hollow_link")),
    Case("link inside",            links(ONE, "http://192.168.1.20/oa/"),                    f("inside_link")),
    Case("link to a drive",        links(ONE, "file:///C:/通知.doc"),                        f("inside_link")),
    Case("bare address",           links(ONE, "http://8.8.8.8/site/"),                       f("bare_address")),
    Case("home stale",             all_old,                                                  f("home_stale", "column_stale")),
    Case("news stale",             items_of("news", (15, 30), "政务要闻", "政务动态，要闻"), f("column_stale")),
    Case("notices stale",          items_of("notices", (190, 250), "通知公告", "通知公告"),  f("column_stale")),
    Case("yearly stale",           items_of("plans", (370,), "规划计划", "规划计划"),        f("column_stale")),
    Case("empty column",           empty_column,                                             f("column_empty")),
    Case("under construction",     building,                                                 f("column_empty", "under_construction")),
    Case("undated",                undated,                                                  f("undated", "tag_article")),
    Case("of tomorrow",            items_of("news", (-2, 6, 20), "政务要闻", "政务动态，要闻"), f("future_date")),
    Case("old text, new date",     copied,                                                   f("republished")),
    Case("two dates",              lambda s: swap(s, "/news/", ago(6), ago(4)),              f("dates_differ")),
    Case("site tag missing",       tag("/news/", "SiteIDCode", ""),                          f("tag_site")),
    Case("column tag missing",     tag("/news/", "ColumnDescription", ""),                   f("tag_column")),
    Case("article tag missing",    tag(ONE, "ContentSource", ""),                            f("tag_article")),
    Case("tag empty",              tag(ONE, "ContentSource", '<meta name="ContentSource" content="">'), f("tag_empty")),
    Case("tag misspelt",           tag("/", "SiteIDCode", '<meta name="SiteIDCod" content="5308990001">'), f("tag_misspelt")),
    Case("tag in small letters",   tag(ONE, "ContentSource", '<meta name="contentsource" content="县">'), f("tag_misspelt")),
    Case("tag twice",              at(ONE, '<meta name="PubDate" content="2026-11-22 09:00">'), f("tag_doubled")),
    Case("no code",                lambda s: everywhere(s, CODE, SHORT_CODE), f("tag_code_wrong")),
    Case("other code",             tag(ONE, "SiteIDCode", '<meta name="SiteIDCode" content="5308990002">'), f("tag_differs")),
    Case("date tag wrong",         tag(ONE, "PubDate", SLASHED), f("tag_date_wrong")),
    Case("other title",            tag(ONE, "ArticleTitle", '<meta name="ArticleTitle" content="另一篇文章">'), f("tag_title_differs")),
    Case("no party mark",          mark("party"),                                            f("mark_party")),
    Case("no error report",        mark("report"),                                           f("mark_report")),
    Case("no code at the foot",    mark("code"),                                             f("mark_code")),
    Case("no organiser",           mark("organiser"),                                        f("mark_organiser")),
    Case("no contact",             mark("contact"),                                          f("mark_contact")),
    Case("no ICP",                 mark("icp"),                                              f("mark_icp")),
    Case("no police",              mark("police"),                                           f("mark_police")),
    Case("no site map",            mark("sitemap"),                                          f("mark_sitemap")),
    Case("ICP malformed",          lambda s: everywhere(s, "滇ICP备20260018号", "滇ICP备2026号"), f("mark_malformed")),
    Case("other domain",           lambda s: None,                                           f("domain_wrong"), ELSEWHERE),
    Case("outdated name",          page("请到环境保护部网站查询"),                           f("outdated_name")),
    Case("forbidden word",         page("香港独立"),                                         f("forbidden_word")),
    Case("placeholder",            page("此处填写联系人"),                                   f("placeholder")),
    Case("garbled",                page("锟斤拷锟斤拷"),                                     f("garbled")),
    Case("identity number",        page(f"身份证号：{IDENTITY}"),                            f("identity_number")),
    Case("bank card",              page(f"账号：{CARD}"),                                    f("bank_card")),
    Case("gambling link",          at("/", OLD_GAMES),                                       f("hidden_links")),
    Case("hidden link",            at(ONE, HIDDEN),                                          f("hidden_links")),
    Case("foreign script",         at(ONE, '<script src="https://cdn.example.com/x.js"></script>'), f("foreign_script")),
    Case("foreign frame",          at(ONE, '<iframe src="https://v.example.com/1"></iframe>'), f("foreign_frame")),
    Case("folder shown",           lists_folder,                                             f("lists_folder")),
    Case("trace shown",            page("Traceback (most recent call last): File x"),        f("shows_trace")),
    Case("nowhere to ask",         no_channel,                                               f("no_channel")),
    Case("letter waits too long",  waiting(120),                                             f("letter_unanswered")),
    Case("no services",            no_services,                                              f("no_services")),
    Case("guide poor",             guides_poor,                                              f("guide_poor")),
    Case("guide lacks one",        guide_without("办理流程"),                                f("guide_lacks")),
    Case("no search",              lambda s: swap(s, "/", SEARCH, ""), f("no_search")),
    Case("no title",               lambda s: swap(s, ONE, "<title>政务要闻第1条消息的标题 - 政务要闻</title>", ""), f("no_title")),
    Case("no language",            lambda s: everywhere(s, ' lang="zh-CN"', ""),             f("no_language")),
    Case("no alt",                 lambda s: swap(s, ONE, ' alt="位置图"', ""),              f("no_alt")),
    Case("not for phones",         lambda s: everywhere(s, VIEWPORT, ""), f("no_viewport")),
    Case("no elder version",       lambda s: swap(s, "/", "<button>长辈版</button>", ""),    f("no_elder")),
    Case("policy without number",  lambda s: swap(s, "/policy/1.html", NUMBER, "全文如下"), f("policy_lacks")),
)
# fmt: on
HARMLESS = (
    ("a fresh letter waits", waiting(60)),
    ("the fourteenth day still counts", items_of("news", (14, 30), "政务要闻", "政务动态，要闻")),
    ("an old text may keep an old name", lambda s: swap(s, "/policy/2.html", "水渠", "水渠")),
    ("a number that is no identity number", page("流水号：110105194912310021")),
    (
        "one article in two columns",
        lambda s: put(s, "/notices/", f'<ul><li><a href="{ONE}">政务要闻第1条消息的标题</a><span>{ago(1)}</span></li></ul>'),
    ),
    ("robots keep a page", links(ONE, "/private/a.html")),
    ("a link to another site", links(ONE, "https://www.gov.cn/zhengce/")),
    ("the way of the domain", lambda s: everywhere(s, DOMAIN, DOMAIN)),
)
