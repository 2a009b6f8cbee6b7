"""Government sites as others build them: fourteen small ones, each another way, none with our tags. The columns and days they show."""

from dataclasses import dataclass
from datetime import timedelta

from .cluster import TODAY, Answered, Site

LONG = "会议听取了有关工作情况汇报，研究部署下一步重点任务，要求各单位认真抓好落实，按时完成。" * 6
AGO = (2, 9, 16, 30, 44, 60)


@dataclass(frozen=True)
class Foreign:
    """One site; `columns`: name → (newest day, least number of items) that must be read from it."""

    name: str
    site: Site
    columns: dict[str, tuple[str, int]]


def days(*ago):
    return [TODAY - timedelta(days=n) for n in ago]


def iso(ago):
    return (TODAY - timedelta(days=ago)).isoformat()


def html(text, encoding="utf-8", declared=None, title="某县人民政府"):
    """A page; `declared` is the charset of the header, None: the header names none."""
    kind = f"text/html; charset={declared}" if declared else "text/html"
    return Answered(f"<html><head><title>{title}</title></head><body>{text}</body></html>".encode(encoding), type=kind)


def article(n, said, encoding="utf-8", declared="utf-8"):
    return html(f"<h1>第{n}次会议在县里召开</h1><p>{said}</p><p>第{n}次。{LONG}</p>", encoding, declared, f"第{n}次会议")


def gbk_lists():
    """GBK with only a meta tag, li with span, relative links."""
    meta = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    lines = "".join(f"<li><a href='../xw/t{n}.htm'>某地召开第{n}次工作会议</a><span>{day}</span></li>" for n, day in enumerate(days(*AGO)))
    site = {"/": html(f"{meta}<a href='xw/index.htm'>新闻动态</a><ul>{lines.replace('../', '')}</ul>", "gb18030")}
    site["/xw/index.htm"] = html(f"{meta}<h1>新闻动态</h1><ul>{lines}</ul>", "gb18030", title="新闻动态")
    for n, day in enumerate(days(*AGO)):
        site[f"/xw/t{n}.htm"] = html(f"{meta}<h1>第{n}次</h1>发布时间：{day}<p>{n}{LONG}</p>", "gb18030")
    return Foreign("GBK by meta, lists, relative links", site, {"新闻动态": (iso(2), 6)})


def tables():
    """Nested tables of 2005: a row per item, the day in a cell of its own, written 2026/11/21, no h1."""
    rows = "".join(
        f'<tr><td width=12><img src="/dot.gif"></td><td><a href="show.asp?id={n}">关于第{n}号事项的通知公告</a></td>'
        f"<td>{day.year}/{day.month}/{day.day}</td></tr>"
        for n, day in enumerate(days(*AGO))
    )
    page = f"<table><tr><td><table>{rows}</table></td></tr></table>"
    site = {"/": html(f'<table><tr><td><a href="list.asp?c=1">通知公告</a></td></tr></table>{page}')}
    site["/list.asp?c=1"] = html(page, title="通知公告-某县人民政府")
    site["/dot.gif"] = Answered(b"GIF89a", type="image/gif")
    for n, day in enumerate(days(*AGO)):
        site[f"/show.asp?id={n}"] = html(f"<table><tr><td>第{n}号</td></tr><tr><td>{day.year}年{day.month}月{day.day}日</td></tr>"
                                         f"<tr><td><p>{n}{LONG}</p></td></tr></table>")  # fmt: skip
    return Foreign("tables in tables, dates with slashes", site, {"通知公告": (iso(2), 6)})


def cards():
    """The day split: a big number, and below it year and month."""
    items = "".join(
        f'<li class="card"><div class="date"><b>{day.day:02}</b><em>{day.year}-{day.month:02}</em></div>'
        f'<div class="txt"><a href="/c/{n}.html">第{n}期政务动态要闻摘要</a><p>本期摘要。</p></div></li>'
        for n, day in enumerate(days(*AGO))
    )
    site = {"/": html(f'<a href="/c/">政务动态</a><ul>{items}</ul>'), "/c/": html(f"<h2>政务动态</h2><ul>{items}</ul>", title="政务动态")}
    for n, day in enumerate(days(*AGO)):
        site[f"/c/{n}.html"] = article(n, f"时间：{day} 10:00 来源：办公室")
    return Foreign("cards with the day split", site, {"政务动态": (iso(2), 6)})


def bracketed():
    """[11-21] before the title, no year; the year only in the address."""
    items = "".join(
        f"<li>[{day:%m-%d}] <a href='./{day:%Y%m}/t{day:%Y%m%d}_{n}.html'>关于第{n}号的公告</a></li>" for n, day in enumerate(days(*AGO))
    )
    site = {"/": html(f"<a href='/gg/'>通知公告</a><ul>{items.replace('./', '/gg/')}</ul>")}
    site["/gg/"] = html(f"<h1>通知公告</h1><ul>{items}</ul>", title="通知公告")
    for n, day in enumerate(days(*AGO)):
        site[f"/gg/{day.year}{day.month:02}/t{day.year}{day.month:02}{day.day:02}_{n}.html"] = article(n, "来源：办公室")
    return Foreign("days without a year", site, {"通知公告": (iso(2), 6)})


def frames():
    """A frameset: the menu in one frame, the list in another."""
    items = "".join(
        f"<li><a href='n{n}.html'>第{n}次新闻发布会召开</a> {day.year}.{day.month:02}.{day.day:02}</li>" for n, day in enumerate(days(*AGO))
    )
    site = {
        "/": Answered(b'<html><title>x</title><frameset cols="20%,*"><frame src="menu.html"><frame src="main.html"></frameset></html>'),
        "/menu.html": html('<a href="xinwen.html" target="main">新闻动态</a>', title="menu"),
        "/main.html": html(f"<ul>{items}</ul>", title="首页"),
        "/xinwen.html": html(f"<h1>新闻动态</h1><ul>{items}</ul>", title="新闻动态"),
        **{f"/n{n}.html": article(n, f"发布日期：{day.year}.{day.month:02}.{day.day:02}") for n, day in enumerate(days(*AGO))},
    }  # fmt: skip
    return Foreign("a frameset", site, {"新闻动态": (iso(2), 6)})


def definition_lists():
    """dl/dt/dd, Chinese dates, h3 as heading, header says utf-8 in another spelling."""
    items = "".join(
        f"<dl><dt><a href='/zw/{n}'>第{n}批人事任免通知</a></dt><dd>{day.year}年{day.month}月{day.day}日</dd></dl>"
        for n, day in enumerate(days(*AGO))
    )
    site = {
        "/": html(f"<a href='/zw'>人事信息</a>{items}", declared="UTF-8"),
        "/zw": html(f"<h3>人事信息</h3>{items}", title="人事信息 | 某县"),
    }
    site |= {f"/zw/{n}": article(n, f"{day.year}年{day.month}月{day.day}日 09:30") for n, day in enumerate(days(*AGO))}
    return Foreign("definition lists", site, {"人事信息": (iso(2), 6)})


def divs():
    """No list at all: a div for each line; the day with a time; absolute addresses come from base."""
    items = "".join(
        f'<div class="row"><div class="t"><a href="a{n}.html">第{n}场新闻动态报道的标题</a></div><div class="d">{day} 08:15:00</div></div>'
        for n, day in enumerate(days(*AGO))
    )
    site = {
        "/": html(f"<div><a href='/p/'>要闻动态</a></div><base href='/p/'>{items}"),
        "/p/": html(f"<h1>要闻动态</h1>{items}", title="要闻动态"),
    }
    site |= {f"/p/a{n}.html": article(n, f"更新时间：{day} 08:15:00") for n, day in enumerate(days(*AGO))}
    return Foreign("divs for lines, a base address", site, {"要闻动态": (iso(2), 6)})


def inside_link():
    """The day inside the link's own text, in front or behind."""
    items = "".join(
        f"<li><a href='/i/{n}.shtml'><i>{day}</i> 第{n}号政策文件的解读</a></li>"
        if n % 2
        else f"<li><a href='/i/{n}.shtml'>第{n}号政策文件的解读 {day}</a></li>"
        for n, day in enumerate(days(*AGO))
    )
    site = {"/": html(f"<a href='/i/'>政策解读</a><ul>{items}</ul>"), "/i/": html(f"<h1>政策解读</h1><ul>{items}</ul>", title="政策解读")}
    site |= {f"/i/{n}.shtml": article(n, f"发文日期：{day}") for n, day in enumerate(days(*AGO))}
    return Foreign("the day inside the link", site, {"政策解读": (iso(2), 6)})


def paged(style, address):
    """Twelve items a page on five pages; later pages are no columns of their own."""
    all_days = days(*range(2, 62))
    site = {}
    for page in range(5):
        items = "".join(
            f"<li><a href='/n/{n}.html'>第{n}条工作动态的标题</a><span>{all_days[n]}</span></li>" for n in range(page * 12, page * 12 + 12)
        )
        more = f"<a href='{address(page + 1)}'>下一页</a>" if page < 4 else ""
        site[address(page)] = html(f"<h1>工作动态</h1><ul>{items}</ul>{more}", title="工作动态")
    site["/"] = html(
        f"<a href='{address(0)}'>工作动态</a><ul><li><a href='/n/0.html'>第0条工作动态的标题</a><span>{all_days[0]}</span></li></ul>"
    )
    site |= {f"/n/{n}.html": article(n, f"发布时间：{day}") for n, day in enumerate(all_days)}
    return Foreign(f"pages by {style}", site, {"工作动态": (iso(2), 12)})


def two_digits():
    """26-11-21, and a list inside an ordered list of paragraphs."""
    items = "".join(f"<p>·<a href='/d/{n}.htm'>第{n}号公示名单公告</a>（{day:%y-%m-%d}）</p>" for n, day in enumerate(days(*AGO)))
    site = {"/": html(f"<a href='/d/'>公示公告</a>{items}"), "/d/": html(f"<h1>公示公告</h1>{items}", title="公示公告")}
    site |= {f"/d/{n}.htm": article(n, f"{day:%Y-%m-%d}") for n, day in enumerate(days(*AGO))}
    return Foreign("years of two digits", site, {"公示公告": (iso(2), 6)})


def refresh():
    """A home page that leads on by a meta refresh to the real one."""
    items = "".join(
        f"<li><a href='/xxgk/{n}.html'>第{n}次财政预算公开的说明</a><time>{day}</time></li>" for n, day in enumerate(days(*AGO))
    )
    site = {
        "/": Answered('<html><head><title>跳转</title><meta http-equiv="refresh" content="0;url=/home/index.html"></head></html>'.encode()),
        "/home/index.html": html(f"<a href='/xxgk/'>财政预决算</a><ul>{items}</ul>"),
        "/xxgk/": html(f"<h1>财政预决算</h1><ul>{items}</ul>", title="财政预决算"),
        **{f"/xxgk/{n}.html": article(n, f"发布于{day}") for n, day in enumerate(days(*AGO))},
    }  # fmt: skip
    return Foreign("a meta refresh", site, {"财政预决算": (iso(2), 6)})


SITES = (
    gbk_lists(), tables(), cards(), bracketed(), frames(), definition_lists(), divs(), inside_link(),
    paged("index_1.html", lambda n: f"/g/index{f'_{n}' if n else ''}.html"), paged("?page=2", lambda n: f"/g/?page={n + 1}"),
    paged("list-2.shtml", lambda n: f"/g/list-{n + 1}.shtml"), paged("a folder for each page", lambda n: f"/g/{n + 1}/"),
    two_digits(), refresh(),
)  # fmt: skip
