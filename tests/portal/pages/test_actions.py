import errno
import os
from pathlib import Path

import pytest

from zhengtong.foundation import seals
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.refusal import Refused
from zhengtong.portal.pages import actions, folders, queries, rules
from zhengtong.portal.pages.models import Release

from .conftest import FILES

pytestmark = pytest.mark.django_db


def take(sent):
    return actions.receive(sent.payload, sent.files)


def served():
    """Path → content of what any web server finds below `current`."""
    walked = os.walk(folders.current(), followlinks=True)
    return {
        os.path.relpath(os.path.join(at, name), folders.current()): Path(at, name).read_bytes()
        for at, _below, names in walked
        for name in names
    }


def test_a_release_is_unpacked_and_served(business):
    sent = business()
    made = take(sent)
    assert served().keys() == FILES.keys() and served()["index.html"] == FILES["index.html"].encode()
    assert (made.state, made.files) == ("serving", len(FILES))
    assert folders.root() == sent.tree and {path: queries.digest(path) for path in FILES} == sent.digests
    assert Entry.objects.get().verb == "pages.serve"


def test_folders_that_did_not_change_are_shared_and_need_not_be_sent(business):
    one = business(1)
    take(one)
    changed = FILES | {"index.html": "<!doctype html><h1>新的首页</h1>"}
    two = business(2, changed, only=["index.html"])
    take(two)
    assert served()["index.html"] == changed["index.html"].encode()
    assert not os.path.samefile(folders.laid(one.tree) / "index.html", folders.laid(two.tree) / "index.html")
    for path in FILES.keys() - {"index.html"}:
        assert os.path.samefile(folders.laid(one.tree) / path, folders.laid(two.tree) / path), path
    assert {path: queries.digest(path) for path in FILES} == two.digests and queries.digest("policy/") == queries.digest("none.html") == ""
    assert queries.pieces("data/") == {path: two.digests[path] for path in ("data/site.json", "data/items.json")}


def refused(sent, words):
    """The refusal, and that nothing of what is served or written changed."""
    before, entries, rows = served(), Entry.objects.count(), list(Release.objects.values_list("code", "state"))
    link, kept = os.readlink(folders.current()), sorted(p.name for p in folders.home().iterdir())
    with pytest.raises(Refused, match=words):
        take(sent)
    assert served() == before and os.readlink(folders.current()) == link
    assert Entry.objects.count() == entries and list(Release.objects.values_list("code", "state")) == rows
    assert sorted(p.name for p in folders.home().iterdir()) == kept


def test_a_manifest_changed_after_signing_is_refused(business):
    take(business(1))
    sent = business(2, FILES | {"index.html": "<!doctype html>新"})
    refused(business(2, FILES | {"index.html": "<!doctype html>新"}, **{sent.tree: "0" * 64}), "签名无效")


def test_a_manifest_signed_by_another_key_is_refused(business):
    take(business(1))
    refused(business(2, key=seals.generate()), "签名无效")


def test_a_signature_that_is_no_signature_is_refused(business):
    take(business(1))
    sent = business(2)
    sent.payload["manifest"]["signature"] = "zz"
    refused(sent, "签名无效")


def test_a_file_changed_after_signing_is_refused(business):
    take(business(1))
    sent = business(2, FILES | {"index.html": "<!doctype html>新"})
    bundle = sent.files["contents"]
    bundle.write_bytes(bundle.read_bytes().replace("新".encode(), "旧".encode()))
    refused(sent, "与清单摘要不符")


def test_a_bundle_that_was_cut_short_is_refused(business):
    take(business(1))
    sent = business(2, FILES | {"index.html": "<!doctype html>新"})
    bundle = sent.files["contents"]
    bundle.write_bytes(bundle.read_bytes()[:-1])
    refused(sent, "与清单摘要不符")


@pytest.mark.parametrize("sizes", [None, "x", [], [["0" * 64]], [["0" * 64, -1]], [[1, 2]], [["../../x", 3]]])
def test_what_is_not_written_as_it_must_be_is_missed(business, sizes):
    take(business(1))
    sent = business(2, FILES | {"index.html": "<!doctype html>新"})
    sent.payload["contents"] = sizes
    refused(sent, "清单不能读|缺少文件")


@pytest.mark.parametrize("listing", [b"[]", b"{}x", b'{"index.html": "0"}', b'{"index.html":1}'])
def test_a_listing_that_is_none_is_refused(business, listing):
    take(business(1))
    refused(business(2, folded=(seals.sm3(listing), {seals.sm3(listing): listing})), "摘要不符")


def test_folders_without_end_are_refused(business):
    take(business(1))
    refused(business(2, FILES | {"a/" * (rules.DEEPEST + 1) + "b.html": "x"}), "不允许的路径")


def test_a_full_disk_leaves_what_is_served(business, monkeypatch):
    take(business(1))
    before, sent = served(), business(2, FILES | {"index.html": "<!doctype html>新"})

    def full(*_args, **_more):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", full)
        with pytest.raises(OSError, match="No space"):
            take(sent)
    assert served() == before and Release.objects.get().code == "yunling-000001"
    take(sent)
    assert served()["index.html"] == "<!doctype html>新".encode()


def test_a_missing_file_is_refused(business):
    take(business(1))
    refused(business(2, FILES | {"index.html": "<!doctype html>新"}, only=[]), "缺少文件")


OUTSIDE = (
    "../../keys/signing.pem",
    "/etc/passwd.txt",
    "a/../../b.html",
    ".hidden.html",
    "a//b.html",
    "run.sh",
    "a\\b.html",
    "index.html/a.html",
)


@pytest.mark.parametrize("path", OUTSIDE)
def test_a_path_that_leaves_the_folder_or_is_of_no_kind_of_ours_is_refused(business, path):
    take(business(1))
    refused(business(2, FILES | {path: "x"}), "不允许的路径")


def test_an_older_release_is_not_served_again(business):
    take(business(2))
    refused(business(1), "早已收到")
    refused(business(2), "早已收到")


def test_without_a_home_page_there_is_no_release(business):
    take(business(1))
    refused(business(2, {"a.html": "x"}), "没有首页")


def test_the_code_of_the_release_is_the_signed_one(business):
    take(business(1))
    sent = business(2)
    sent.payload["release"] = "yunling-000003"
    refused(sent, "编号与清单不符")


def test_another_site_is_not_served_here(business):
    take(business(1))
    refused(business(2, code="other-000002", signed={"site": "other"}), "服务的站点")


def test_without_trust_nothing_is_served(business, settings):
    sent = business(1)
    (settings.KEYS / "trusted" / "business.json").unlink()
    with pytest.raises(Refused, match="未被信任"):
        take(sent)
    assert not folders.root() and not Release.objects.exists()


def test_an_import_that_was_cut_short_can_be_done_again(business):
    sent = business(1)
    with sent.files["contents"].open("rb") as contents:
        folders.take(rules.sizes(sent.payload["contents"]), contents)
    folders.lay(sent.tree)
    take(sent)
    assert served().keys() == FILES.keys()


def test_only_what_the_last_few_releases_need_stays_on_the_disk(business):
    for number in range(1, rules.KEPT + 3):
        take(business(number, FILES | {"index.html": f"<!doctype html>{number}"}))
    before = served()
    assert Release.objects.filter(state="gone").count() == 2 and folders.manifest("yunling-000002")
    actions.sweep()
    assert served() == before and not folders.manifest("yunling-000002") and folders.manifest("yunling-000003")
    contents = {path.name for path in (folders.home() / "contents").glob("??/*")}
    laid = {path.name for path in (folders.home() / "trees").iterdir()}
    homes = {seals.sm3(f"<!doctype html>{n}".encode()) for n in range(1, rules.KEPT + 3)}
    assert len(contents & homes) == rules.KEPT and laid <= contents and len(contents - laid) == rules.KEPT + len(FILES) - 1
    actions.roll_back("yunling-000003")
    assert served()["index.html"] == b"<!doctype html>3" and served().keys() == FILES.keys()


def test_going_back_serves_the_release_before(business):
    take(business(1))
    take(business(2, FILES | {"index.html": "<!doctype html>坏"}))
    actions.roll_back()
    assert served()["index.html"] == FILES["index.html"].encode()
    assert Entry.objects.last().verb == "pages.roll_back"
    third = business(3, FILES | {"index.html": "<!doctype html>好"})
    take(third)
    assert folders.root() == third.tree


def test_there_is_nothing_before_the_first(business):
    take(business(1))
    with pytest.raises(Refused, match="没有可以退回"):
        actions.roll_back()
    assert served().keys() == FILES.keys() and Entry.objects.count() == 1
