import os

import pytest

from zhengtong.foundation import seals
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.refusal import Refused
from zhengtong.portal.pages import actions, folders, rules
from zhengtong.portal.pages.models import Release

from .conftest import FILES

pytestmark = pytest.mark.django_db


def take(sent):
    return actions.receive(sent.payload, sent.files)


def served():
    folder = folders.serving()
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file() and not p.name.startswith("manifest.")}


def test_a_release_is_unpacked_and_served(business):
    made = take(business())
    assert served().keys() == FILES.keys() and served()["index.html"] == FILES["index.html"].encode()
    assert (made.state, made.files) == ("serving", len(FILES))
    assert os.readlink(folders.current()) == "yunling-000001"
    assert Entry.objects.get().verb == "pages.serve"


def test_files_that_did_not_change_are_hard_links_and_need_not_be_sent(business):
    take(business(1))
    changed = FILES | {"index.html": "<!doctype html><h1>新的首页</h1>"}
    take(business(2, changed, only=["index.html"]))
    one, two = folders.home() / "yunling-000001", folders.home() / "yunling-000002"
    assert served()["index.html"] == changed["index.html"].encode()
    assert not os.path.samefile(one / "index.html", two / "index.html")
    for path in FILES.keys() - {"index.html"}:
        assert os.path.samefile(one / path, two / path), path


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
    first = business(1)
    take(first)
    digest = first.digests["policy/2026/1/1.pdf"]
    refused(business(2, **{digest: "0" * 64}), "签名无效")


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
    sent.files[sent.digests["index.html"]].write_bytes(b"tampered")
    refused(sent, "与清单摘要不符")


def test_a_missing_file_is_refused(business):
    take(business(1))
    refused(business(2, FILES | {"index.html": "<!doctype html>新"}, only=[]), "缺少文件")


OUTSIDE = ("../../keys/signing.pem", "/etc/passwd.txt", "a/../../b.html", ".hidden.html", "a//b.html", "run.sh", "a\\b.html")


@pytest.mark.parametrize("path", OUTSIDE)
def test_a_path_that_leaves_the_folder_or_is_of_no_kind_of_ours_is_refused(business, path):
    take(business(1))
    refused(business(2, FILES | {path: "x"}), "不允许的路径")


@pytest.mark.parametrize("path", ["manifest.json", "manifest.sig"])
def test_the_manifest_is_no_file_of_the_release(path):
    assert not rules.lawful_path(path)


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
    assert folders.serving() is None and not Release.objects.exists()


def test_an_import_that_was_cut_short_can_be_done_again(business):
    (folders.home() / "yunling-000001").mkdir(parents=True)
    take(business(1))
    assert served().keys() == FILES.keys()


def test_only_the_last_few_releases_stay_on_the_disk(business):
    for number in range(1, rules.KEPT + 3):
        take(business(number, FILES | {"index.html": f"<!doctype html>{number}"}))
    kept = sorted(path.name for path in folders.home().glob("yunling-*"))
    assert len(kept) == rules.KEPT and kept[-1] == f"yunling-{rules.KEPT + 2:06d}"
    assert Release.objects.filter(state="gone").count() == 2


def test_going_back_serves_the_release_before(business):
    take(business(1))
    take(business(2, FILES | {"index.html": "<!doctype html>坏"}))
    actions.roll_back()
    assert served()["index.html"] == FILES["index.html"].encode()
    assert Entry.objects.last().verb == "pages.roll_back"
    take(business(3))
    assert os.readlink(folders.current()) == "yunling-000003"


def test_there_is_nothing_before_the_first(business):
    take(business(1))
    with pytest.raises(Refused, match="没有可以退回"):
        actions.roll_back()
    assert os.readlink(folders.current()) == "yunling-000001" and Entry.objects.count() == 1
