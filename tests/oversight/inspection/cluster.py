"""A small county site without a fault, and hundreds of ways to spoil it, served on loopback."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from aiohttp import web

TODAY = date(2026, 11, 23)
COLUMNS = (
    ("news", "政务要闻", "政务动态，要闻", (1, 6, 20)),
    ("notices", "通知公告", "通知公告", (3, 40)),
    ("policy", "政策文件", "信息公开，政策文件", (30, 120)),
    ("plans", "规划计划", "信息公开，规划计划", (90,)),
)
ELEMENTS = (
    ("设定依据", "食品安全法第三十五条"), ("申请条件", "有固定经营场所"), ("办理材料", "申请表"), ("办理地点", "云城街道府前路1号"),
    ("办理时间", "工作日8:30至17:30"), ("联系电话", "0000-8800160"), ("办理流程", "申请、受理、审查、决定、送达"),
)  # fmt: skip
MARKS = {
    "party": "党政机关网站标识 CA530000000600000010001", "report": '<a href="/ask/">我为政府网站找错</a>', "code": "网站标识码 5308990001",
    "organiser": "主办单位 云岭县人民政府办公室", "contact": "联系方式 电话0000-8800130", "icp": "滇ICP备20260018号",
    "police": "滇公网安备53089902000118号", "sitemap": '<a href="/sitemap/">站点地图</a>',
}  # fmt: skip
DOMAIN = "www.yunling.gov.cn"
HTML = "text/html; charset=utf-8"


@dataclass
class Answered:
    """One address: what it answers."""

    body: bytes = b""
    status: int = 200
    type: str = HTML
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0


Site = dict[str, Answered]


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def frame(title: str, body: str, tags: dict[str, str], home: bool = False) -> Answered:
    """A page with every mark and tag in its place."""
    site = {"SiteName": "云岭县人民政府", "SiteDomain": DOMAIN, "SiteIDCode": "5308990001"}
    metas = "".join(f'<meta name="{name}" content="{text}">\n' for name, text in {**site, **tags}.items())
    menu = "".join(f'<li><a href="/{path}/">{name}</a></li>' for path, name, _type, _days in COLUMNS)
    foot = "".join(f"<li>{mark}</li>" for mark in MARKS.values())
    return Answered(
        f"""<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
{metas}<link rel="stylesheet" href="/a.css"></head><body><header><a href="/">云岭县人民政府</a><button>长辈版</button>
<form role="search" action="/search/"><input type="search" name="q"></form><nav><ul><li><a href="/">首页</a></li>{menu}
<li><a href="/services/">办事服务</a></li><li><a href="/ask/">咨询留言</a></li></ul></nav></header>
<main>{body}</main><footer><ul>{foot}</ul></footer></body></html>""".encode()
    )


def column_tags(name: str, kind: str) -> dict[str, str]:
    return {"ColumnName": name, "ColumnDescription": f"{name}栏目", "ColumnKeywords": f"云岭，{name}", "ColumnType": kind}


def line(path: str, number: int, days: int, name: str) -> str:
    return f'<li><a href="/{path}/{number}.html">{name}第{number}条消息的标题</a><span>{ago(days)}</span></li>\n'


def article(path: str, number: int, days: int, name: str, kind: str) -> Answered:
    title, said = f"{name}第{number}条消息的标题", f"{path}{number}"
    tags = {"ColumnName": name, "ColumnType": kind, "ArticleTitle": title, "PubDate": f"{ago(days)} 09:00", "ContentSource": "县政府办公室"}
    body = (
        f"<article><h1>{title}</h1><p>来源：县政府办公室 发布时间：{ago(days)} 09:00</p>"
        f"<p>{said}这一条讲的是县里今年冬天在各乡镇修整水渠和道路的安排，每个村都定了完成的日子，县水利局每周到现场看进度并公布结果，"
        f"群众有意见可以随时提出。</p><p>云政发〔2026〕{number}号 有效性：现行有效</p>"
        f'<p><a href="/files/form.pdf">附件：申请表</a></p><p><img src="/files/map.png" alt="位置图"></p></article>'
    )
    return frame(f"{title} - {name}", body, tags)


def clean() -> Site:
    """The whole site without a fault."""
    site: Site = {"/robots.txt": Answered(b"User-agent: *\nDisallow: /private/\n", type="text/plain")}
    blocks = ""
    for path, name, kind, days in COLUMNS:
        lines = "".join(line(path, number, day, name) for number, day in enumerate(days, start=1))
        site[f"/{path}/"] = frame(f"{name} - 云岭县人民政府", f"<h1>{name}</h1><ul>{lines}</ul>", column_tags(name, kind))
        for number, day in enumerate(days, start=1):
            site[f"/{path}/{number}.html"] = article(path, number, day, name, kind)
        blocks += f'<section><h2>{name}</h2><a href="/{path}/">更多</a><ul>{lines}</ul></section>\n'
    site["/"] = frame("云岭县人民政府", f"<h1>云岭县人民政府</h1>{blocks}", {}, home=True)
    guides = "".join(f'<li><a href="/services/g{n}/">小餐饮经营许可之{n}</a></li>' for n in range(1, 7))
    site["/services/"] = frame("办事服务", f"<h1>办事服务</h1><ul>{guides}</ul>", column_tags("办事服务", "办事服务"))
    facts = "".join(f"<dt>{label}</dt><dd>{text}</dd>" for label, text in ELEMENTS)
    for n in range(1, 7):
        tags = {"ColumnName": "办事服务", "ColumnType": "办事服务"}
        site[f"/services/g{n}/"] = frame(f"小餐饮经营许可之{n}", f"<h1>小餐饮经营许可之{n}</h1><dl>{facts}</dl>", tags)
    letters = "".join(
        f"<tr><td><a href='/ask/{n}.html'>请问路灯什么时候修好之{n}</a></td><td>{ago(n * 50)}</td><td>已答复</td></tr>" for n in (1, 2, 3)
    )
    form = '<form method="post" action="/ask/send"><textarea name="words"></textarea><button>提交</button></form>'
    site["/ask/"] = frame("咨询留言", f"<h1>咨询留言</h1><table>{letters}</table>{form}", column_tags("咨询留言", "互动交流"))
    for n in (1, 2, 3):
        site[f"/ask/{n}.html"] = frame(f"请问路灯之{n}", f"<h1>请问路灯之{n}</h1><p>提问时间 {ago(n * 50)}</p><p>答复：已修好。</p>", {})
    site["/sitemap/"] = frame("站点地图", "<h1>站点地图</h1><p>全部栏目见上方导航。</p>", column_tags("站点地图", "站点地图"))
    site["/a.css"] = Answered(b"body{}", type="text/css")
    site["/files/form.pdf"] = Answered(b"%PDF-1.7 one page", type="application/pdf")
    site["/files/map.png"] = Answered(b"\x89PNG\r\n\x1a\n0000", type="image/png")
    return site


def swap(site: Site, path: str, old: str, new: str) -> None:
    """Change a piece of a page; it must be there."""
    page = site[path]
    text = page.body.decode()
    assert old in text, (path, old)
    site[path] = Answered(text.replace(old, new).encode(), page.status, page.type, page.headers, page.delay)


def everywhere(site: Site, old: str, new: str) -> None:
    for path, page in list(site.items()):
        if page.type == HTML and old in page.body.decode():
            swap(site, path, old, new)


def put(site: Site, path: str, piece: str) -> None:
    """Add a piece to a page's main part."""
    swap(site, path, "</main>", f"{piece}</main>")


class Served:
    """Sites on free ports of loopback, in a thread of their own; counts what was asked."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.asked: list[tuple[int, str]] = []
        self.most = self._now = 0  # requests at the same time
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()
        self._runners: list[web.AppRunner] = []

    def add(self, site: Site, ssl: object = None) -> str:
        """Serve one more; its address."""
        port = asyncio.run_coroutine_threadsafe(self._start(site, ssl), self.loop).result(10)
        return f"{'https' if ssl else 'http'}://127.0.0.1:{port}/"

    async def _start(self, site: Site, ssl: object) -> int:
        async def answer(request: web.Request) -> web.StreamResponse:
            self.asked.append((request.transport.get_extra_info("sockname")[1], request.path_qs))
            given = site.get(request.path_qs) or site.get(request.path) or Answered(b"<title>404</title>gone", 404)
            self._now += 1
            self.most = max(self.most, self._now)
            if given.delay:
                await asyncio.sleep(given.delay)
            self._now -= 1
            return web.Response(body=given.body, status=given.status, headers={"Content-Type": given.type, **given.headers})

        app = web.Application()
        app.router.add_route("*", "/{rest:.*}", answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        place = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=ssl)
        await place.start()
        self._runners.append(runner)
        return runner.addresses[0][1]

    def close(self) -> None:
        for runner in self._runners:
            asyncio.run_coroutine_threadsafe(runner.cleanup(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(5)
        self.loop.close()


@contextmanager
def serving() -> Iterator[Served]:
    served = Served()
    try:
        yield served
    finally:
        served.close()


Spoil = Callable[[Site], object]
