"""A visitor who is polite, bounded, never led astray, and goes on where he was."""

import asyncio
import hashlib
import json
import ssl
import time
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from zhengtong.oversight.inspection import tool
from zhengtong.oversight.inspection.probe import addresses
from zhengtong.oversight.inspection.probe.fetch import Bounds, Fetcher
from zhengtong.oversight.inspection.rules.facts import visit_of, visit_row

from .cluster import TODAY, Answered, ago, clean, everywhere, line, put, serving, swap

QUICK = ("--allow-private", "--rate", "0", "--json", "--day", TODAY.isoformat())


@pytest.fixture(scope="module")
def served():
    with serving() as places:
        yield places


def run(capsys, url, *options):
    code = tool.main(["check", url, *QUICK, *options])
    return code, json.loads(capsys.readouterr().out)


def ask(url, path="", **bounds):
    async def one():
        async with Fetcher(url, Bounds(**{"rate": 0, "allow_private": True, **bounds})) as fetcher:
            return await fetcher.get(url + path)

    return asyncio.run(one())


def faults(said):
    return {finding["fault"] for finding in said["findings"]}


@pytest.mark.parametrize(
    ("host", "inside"),
    [
        ("127.0.0.1", True), ("10.1.2.3", True), ("169.254.169.254", True), ("::1", True), ("::ffff:10.0.0.1", True), ("fd00::1", True),
        ("0.0.0.0", True), ("100.64.0.1", True), ("localhost", True), ("oa.internal", True), ("8.8.8.8", False), ("www.gov.cn", False),
    ],
)  # fmt: skip
def test_private_places_are_known(host, inside):
    assert addresses.private(host) is inside


@pytest.mark.parametrize(
    ("base", "href", "address"),
    [
        ("http://A.gov.cn:80/x/", "../y/./z.html#top", "http://a.gov.cn/y/z.html"),
        ("https://a.gov.cn/", "//b.gov.cn/中文?q=词", "https://b.gov.cn/%E4%B8%AD%E6%96%87?q=%E8%AF%8D"),
        ("https://a.gov.cn/", "javascript:void(0)", ""),
        ("https://a.gov.cn/", "http://u:p@a.gov.cn/", ""),
        ("https://a.gov.cn/", "http://[bad/", ""),
    ],
)
def test_one_spelling_for_one_address(base, href, address):
    assert addresses.joined(base, href) == address


def test_a_site_that_is_a_folder_ends_at_its_folder():
    assert addresses.same_site("https://a.gov.cn/shiqiao/news/", "http://a.gov.cn/shiqiao/")
    assert not addresses.same_site("https://a.gov.cn/news/", "http://a.gov.cn/shiqiao/")
    assert not addresses.same_site("http://a.gov.cn:8080/", "http://a.gov.cn/")


def test_a_private_address_is_not_visited_unless_allowed(served, capsys):
    url = served.add(clean())
    before = len(served.asked)
    assert tool.main(["check", url, "--json", "--rate", "0"]) == tool.WRONG
    assert "--allow-private" in capsys.readouterr().err and len(served.asked) == before


def test_a_name_that_resolves_into_a_private_network_is_not_visited(served):
    url = served.add(clean()).replace("127.0.0.1", "ip6-localhost.localtest.invalid")
    assert ask(url, allow_private=False).error == "unreachable"


def test_a_redirect_to_another_host_is_not_followed(served):
    other = served.add(clean())
    url = served.add({"/": Answered(status=302, headers={"Location": other})})
    before = len(served.asked)
    answer = ask(url)
    assert (answer.error, answer.to) == ("leaves", other) and len(served.asked) == before + 1


def test_a_page_without_end_is_cut(served):
    answer = ask(served.add({"/": Answered(b"x" * 3_000_000)}), page_bytes=100_000)
    assert answer.cut and len(answer.body) == 100_000


def test_the_rate_is_kept(served):
    url = served.add(clean())

    async def three():
        async with Fetcher(url, Bounds(rate=20, allow_private=True)) as fetcher:
            await asyncio.gather(*(fetcher.get(url) for _ in range(5)))

    began = time.monotonic()
    asyncio.run(three())
    assert time.monotonic() - began >= 4 / 20


def test_robots_are_obeyed_unless_the_site_is_ones_own(served, capsys):
    site = clean()
    put(site, "/news/1.html", '<a href="/private/a.html">内部说明网页</a>')
    url = served.add(site)
    run(capsys, url)
    port = int(url.rsplit(":", 1)[1].strip("/"))
    assert (port, "/private/a.html") not in served.asked
    _code, said = run(capsys, url, "--ignore-robots")
    assert (port, "/private/a.html") in served.asked and faults(said) >= {"dead_link"}


def test_a_visit_that_was_broken_off_goes_on_where_it_was(served, capsys, tmp_path):
    url, state = served.add(clean()), tmp_path / "state"
    code, said = run(capsys, url, "--state", str(state), "--pages", "8")
    assert code == tool.CUT and said["pages"] == 8 and not said["complete"]
    state.write_bytes(state.read_bytes() + b'{"page": {"url": "ht')  # a crash in the middle of a line
    before = len(served.asked)
    code, said = run(capsys, url, "--state", str(state))
    assert code == tool.CLEAN and said["pages"] == 25 and not state.exists()
    again = [path for _port, path in served.asked[before:]]
    assert len(again) <= 25 - 8 + 3 + 1 and "/news/" not in again  # pages, files and robots.txt


def test_the_state_of_another_site_is_refused(served, capsys, tmp_path):
    state = tmp_path / "state"
    run(capsys, served.add(clean()), "--state", str(state), "--pages", "2")
    with pytest.raises(SystemExit):
        tool.main(["check", served.add(clean()), *QUICK, "--state", str(state)])


def test_what_is_saved_is_read_again_alike(served, capsys, tmp_path):
    kept = tmp_path / "visit.json"
    run(capsys, served.add(clean()), "--save", str(kept))
    row = json.loads(kept.read_text())
    assert visit_row(visit_of(row)) == row


def test_a_page_nobody_published_and_a_changed_one_are_found(served, capsys, tmp_path):
    site = clean()
    names = {
        path.strip("/") + ("index.html" if path == "/" else "/index.html" if path.endswith("/") else ""): page
        for path, page in site.items()
    }
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"files": {name: hashlib.new("sm3", page.body).hexdigest() for name, page in names.items()}}))
    url = served.add(site)
    assert run(capsys, url, "--manifest", str(manifest))[1]["findings"] == []
    swap(site, "/news/2.html", "水渠", "别处")
    put(site, "/notices/1.html", '<a href="/notices/9.html">更多有关说明</a>')
    site["/notices/9.html"] = site["/notices/2.html"]
    _code, said = run(capsys, url, "--manifest", str(manifest))
    found = {(f["fault"], f["url"].replace(url, "/")) for f in said["findings"] if f["fault"] in ("changed", "added")}
    assert found == {("changed", "/news/2.html"), ("changed", "/notices/1.html"), ("added", "/notices/9.html")}


def test_changed_dates_and_dates_filled_in_later_do_not_count(served, capsys, tmp_path):
    site, kept = clean(), tmp_path / "before.json"
    url = served.add(site)
    run(capsys, url, "--save", str(kept), "--day", ago(3))
    row = json.loads(kept.read_text())
    row["began"] = f"{ago(3)}T08:00:00+08:00"
    kept.write_text(json.dumps(row))
    everywhere(site, f"政务要闻第3条消息的标题</a><span>{ago(20)}", f"政务要闻第3条消息的标题</a><span>{ago(1)}")
    swap(site, "/news/3.html", f'PubDate" content="{ago(20)}', f'PubDate" content="{ago(1)}')
    for where in ("/", "/news/"):
        swap(site, where, line("news", 2, 6, "政务要闻"), line("news", 7, 5, "政务要闻") + line("news", 2, 6, "政务要闻"))
    site["/news/7.html"] = Answered(site["/news/2.html"].body.replace(ago(6).encode(), ago(5).encode()).replace(b"news2", b"news7"))
    swap(site, "/news/7.html", "第2条", "第7条")
    _code, said = run(capsys, url, "--before", str(kept))
    assert {(f["fault"], f["url"].replace(url, "/")) for f in said["findings"]} == {
        ("redated", "/news/3.html"),
        ("back_dated", "/news/7.html"),
    }


def certificate(folder, until):
    """A self-signed certificate for 127.0.0.1."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    made = made.not_valid_before(until - timedelta(days=400)).not_valid_after(until)
    made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
    (folder / "cert.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


@pytest.mark.parametrize(("days", "fault"), [(-5, "cert_expired"), (100, "cert_wrong")])
def test_certificates_that_no_browser_takes(days, fault, served, capsys, tmp_path):
    context = certificate(tmp_path, datetime.now(UTC) + timedelta(days=days))
    _code, said = run(capsys, served.add(clean(), context))
    assert faults(said) == {fault} and said["pages"] == 25


def test_http_on_an_https_page_is_mixed(served, capsys, tmp_path):
    site = clean()
    put(site, "/news/1.html", '<img alt="x" src="http://img.yunling.gov.cn/1.png">')
    context = certificate(tmp_path, datetime.now(UTC) + timedelta(days=100))
    _code, said = run(capsys, served.add(site, context))
    assert faults(said) == {"cert_wrong", "mixed_content"}


@pytest.mark.parametrize("given", ["", "ftp://a.gov.cn/", "http://"])
def test_what_is_no_address_is_said_so(given, capsys):
    assert tool.main(["check", given]) == tool.WRONG
    assert "✗" in capsys.readouterr().err


def test_people_read_it_too(served, capsys):
    site = clean()
    del site["/files/form.pdf"]
    assert (
        tool.main(["check", served.add(site), "--allow-private", "--rate", "0", "--day", TODAY.isoformat(), "--tries", "3"]) == tool.FOUND
    )
    said = capsys.readouterr().out
    assert "附件无法下载（1）" in said and "政务要闻" in said and "合格" in said


def test_a_foreign_site_without_any_tag_shows_its_columns_and_dates(served, capsys):
    lines = "".join(
        f"<li><span>[11-{n:02}]</span> <a href='/art/2026/t202611{n:02}_{n}.htm'>某地召开第{n}次会议</a></li>" for n in (20, 12, 3)
    )
    long = "会议听取了有关工作情况汇报，研究部署下一步重点任务。" * 12
    site = {
        "/": Answered(
            f"<title>某市人民政府</title><ul><li><a href='/xw/index.htm'>新闻动态</a></li></ul><ul>{lines}</ul>".encode("gb18030"),
            type="text/html; charset=gb2312",
        ),
        "/xw/index.htm": Answered(
            f"<title>新闻动态_某市</title><h1>新闻动态</h1><ul>{lines}</ul>".encode("gb18030"), type="text/html; charset=gb2312"
        ),
    }
    for n in (20, 12, 3):
        site[f"/art/2026/t202611{n:02}_{n}.htm"] = Answered(
            f"<meta charset=utf-8><h1>第{n}次</h1>时间：2026-11-{n:02} 来源：网站<p>第{n}次{long}</p>".encode()
        )
    _code, said = run(capsys, served.add(site))
    assert [(c["name"], c["newest"], c["items"], c["class"], c["state"]) for c in said["columns"]] == [
        ("新闻动态", "2026-11-20", 3, "news", "fresh")
    ]
    assert "home_stale" not in faults(said)
