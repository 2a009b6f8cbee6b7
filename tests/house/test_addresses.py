"""Nothing that is shown or built asks another host for anything."""

import re

from .sources import ROOT, SRC, files, named, text

SHOWN = {".html", ".css", ".js", ".mjs", ".svg", ".xml", ".txt", ".typ"}
ADDRESS = re.compile(r"""(?:https?:)?//(?:[a-z0-9-]+\.)+[a-z]{2,}[^\s"'<>)`]*""", re.IGNORECASE)
# Names of formats, not places: nobody goes there.
NAMES = (
    "http://www.w3.org/",
    "http://www.sitemaps.org/schemas/",
)
# What a government site must show by the county's duty, each a link that only a person follows.
LINKS = (
    "https://beian.miit.gov.cn/",  # ICP filing, 互联网信息服务管理办法 第十二条
    "https://beian.mps.gov.cn/",  # police filing, 计算机信息网络国际联网安全保护管理办法
    "http://bszs.conac.cn/",  # the mark of public institutions
    "https://bszs.conac.cn/",
    "https://zfwzgl.www.gov.cn/",  # 我为政府网站找错
    "http://www.gov.cn/",
    "https://www.gov.cn/",
)


def shown():
    for path in files():
        inside = path.is_relative_to(SRC) or path.is_relative_to(ROOT / "frontend")
        if inside and path.suffix in SHOWN and "/locale/" not in path.as_posix():
            yield path


def test_no_page_and_no_asset_names_another_host():
    found = [
        (named(path), address)
        for path in shown()
        for address in ADDRESS.findall(text(path))
        if not address.startswith((*NAMES, *LINKS)) and "example" not in address and "//www.yunling.gov.cn" not in address
    ]
    assert found == []


def test_nothing_is_loaded_from_where_a_link_may_lead():
    """The few links that are allowed are links: no picture, script, style or form goes there."""
    loads = re.compile(r"""(?:src|action|data|srcset|poster|@import|url\()\s*=?\s*["'(]?\s*(?:https?:)?//[^\s"')]+""", re.IGNORECASE)
    assert [(named(path), loads.findall(text(path))) for path in shown() if loads.search(text(path))] == []
