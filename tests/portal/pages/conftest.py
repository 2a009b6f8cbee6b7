"""A release as the business network would send it: made here, signed with a key that the portal trusts."""

import json
from types import SimpleNamespace

import pytest

from zhengtong.foundation import seals
from zhengtong.foundation.files import tree
from zhengtong.foundation.seals.keys import Peer, trust

HOME = "<!doctype html><title>云岭县人民政府</title><h1>首页</h1>"
PAGE = "<!doctype html><title>通知</title><p>关于冬修的通知</p>"
SITE = {
    "name": "云岭县人民政府",
    "domain": "www.yunling.gov.cn",
    "code": "5308990001",
    "organ": "云岭县人民政府办公室",
    "contact": "电话0000-8800130",
    "icp": "滇ICP备20260018号",
    "police": "滇公网安备53089902000118号",
    "error_href": "/interaction/",
    "map_href": "/sitemap/",
    "search_href": "/search/",
    "navigation": [{"title": "首页", "href": "/"}, {"title": "办事服务", "href": "/services/", "kind": "services"}],
}
ITEMS = [{"code": "YL-1", "name": "开办餐饮店", "summary": "营业执照与食品许可一次办"}]
HOST = "https://www.yunling.gov.cn"
INDEX = [
    {
        "url": f"{HOST}/policy/2026/1/",
        "title": "关于冬修水利的通知",
        "published_at": "2026-11-20T09:00:00+08:00",
        "source": "县政府办公室",
        "column": "/policy/",
        "number": "云政办发〔2026〕1号",
        "issuer": "云岭县人民政府办公室",
        "validity": "valid",
        "text": "整治塘坝，清淤渠道。",
    },
    {
        "url": f"{HOST}/news/2026/2/",
        "title": "石桥镇清淤渠道",
        "published_at": "2026-11-21T09:00:00+08:00",
        "source": "石桥镇",
        "column": "/news/",
        "text": "干部群众抓紧冬修水利。",
    },
]
COLUMNS = {
    "columns": [{"path": "/policy/", "name": "政策文件"}, {"path": "/news/", "name": "政务要闻"}],
    "rooms": [{"name": "农业农村局", "path": "/nyj/", "columns": "/api/v1/articles/nyj/columns.json"}],
}
FILES = {
    "index.html": HOME,
    "404.html": "<!doctype html><title>没有这个页面</title>",
    "policy/2026/1/index.html": PAGE,
    "policy/2026/1/1.pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "assets/public-0123456789ab.css": "body{}",
    "data/site.json": json.dumps(SITE, ensure_ascii=False),
    "data/items.json": json.dumps(ITEMS, ensure_ascii=False),
    "news/2026/2/index.html": PAGE.replace("通知", "消息"),
    "api/v1/columns.json": json.dumps(COLUMNS, ensure_ascii=False),
    "api/v1/articles/policy/2026-11.json": json.dumps(INDEX[:1], ensure_ascii=False),
    "api/v1/articles/news/2026-11.json": json.dumps(INDEX[1:], ensure_ascii=False),
}


@pytest.fixture
def business(db, network_keys, tmp_path):
    """The business network as the portal knows it: it signs releases."""
    signing = seals.generate()
    trust(Peer("business", seals.public_of(signing), seals.public_of(seals.generate())))

    def sent(number=1, files=None, *, only=None, code=None, key=signing, **forged):
        """Payload and files of a release; `only` are the paths whose content travels, `forged` changes the manifest afterwards."""
        contents = {p: c.encode() if isinstance(c, str) else c for p, c in (files or FILES).items()}
        code = code or f"yunling-{number:06d}"
        digests = {path: seals.sm3(content) for path, content in contents.items()}
        root, listings = forged.pop("folded", None) or tree.fold(digests)
        manifest = {
            "site": "yunling",
            "release": code,
            "before": "",
            "made_at": "2026-11-22T09:00:00+08:00",
            "tree": root,
            "files": len(files or FILES),
        }
        text = json.dumps(manifest | forged.pop("signed", {}), ensure_ascii=False)
        signature = seals.sign(key, text.encode()).hex()
        for name, value in forged.items():
            text = text.replace(name, value)
        carried = listings | {digests[path]: content for path, content in contents.items() if only is None or path in only}
        bundle = tmp_path / f"sent-{number}"
        bundle.write_bytes(b"".join(carried.values()))
        sizes = [[sm3, len(content)] for sm3, content in carried.items()]
        payload = {"release": code, "manifest": {"text": text, "signature": signature}, "contents": sizes}
        return SimpleNamespace(payload=payload, files={"contents": bundle}, digests=digests, tree=root)

    return sent
