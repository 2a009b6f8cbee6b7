"""A scan becomes a draft: kept as it came, read page by page in the background, never more than once a page."""

import sys
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from tests.papers.reading.cast import EMPTY_PDF

from zhengtong.foundation import clock
from zhengtong.foundation.files import queries as files
from zhengtong.office.documents.actions import scanning
from zhengtong.office.documents.models import Document, Scan, Sitting
from zhengtong.papers.reading import scans

from .test_views import form

STAND_IN = """
import struct, sys
if "--list-langs" in sys.argv:
    print("chi_sim")
    raise SystemExit
number = (struct.unpack(">I", sys.stdin.buffer.read()[20:24])[0] - 2000) // 10
lines = [] if number else ["云岭县人民政府关于放假的通知", "各乡镇人民政府："]
lines.append(f"第{number}页的文字。今年入汛以来，我县连续遭遇强降雨，损失较大。")
print("level page block par line word left top width height conf text")
for at, text in enumerate(lines if number >= 0 else []):
    left = 520 if at == 0 and not number else 224 if at == 1 else 312
    print("5", 1, 1, 1, at, 1, left, 300 + 80 * at, 44 * len(text), 44, 95, text, sep="\\t")
"""

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(monkeypatch, tmp_path):
    """A program in Tesseract's place that answers at once: what stands on a page follows from its height."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "tesseract"
    program.write_text(f"#!{sys.executable}\n{STAND_IN}", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("ZT_OCR", str(tmp_path))
    scans.engine.cache_clear()
    yield
    scans.engine.cache_clear()


def tiff(pages):
    out = BytesIO()
    sheets = [Image.new("L", (1654, 2000 + 10 * number), 255) for number in range(pages)]
    sheets[0].save(out, "TIFF", save_all=True, append_images=sheets[1:], compression="tiff_deflate")
    return out.getvalue()


def send(client, name, data):
    return client.post(reverse("documents:upload"), {"file": SimpleUploadedFile(name, data)})


def test_a_scan_is_read_in_the_background_and_becomes_a_draft_with_its_original(desk, cast, engine):
    client, data = desk("drafter"), tiff(3)
    address = send(client, "来文.tif", data)["Location"]
    found = Scan.objects.get()
    assert address == reverse("documents:scan", args=[found.pk]) and "正在逐页识别" in client.get(address).content.decode()
    scanning.read_on.call(found.pk)
    done = client.get(address, HTTP_HX_REQUEST="true").content.decode()
    assert "用它起草" in done and "every 1s" not in done
    page = client.get(client.post(reverse("documents:use_scan", args=[found.pk]))["Location"])
    initial = page.context["form"].initial
    assert initial["title"] == "云岭县人民政府关于放假的通知" and "第2页的文字。" in initial["text"] and "逐字核对" in page.content.decode()
    client.post(reverse("documents:draft"), form(title=initial["title"], text=initial["text"], origin=initial["origin"]))
    kept = Document.objects.get().originals.get()
    assert kept.name == "来文.tif" and files.read(kept.file.sm3) == data and not Scan.objects.exists()


def test_reading_twice_or_after_a_stop_adds_no_page_twice(cast, engine):
    found = scanning.hand_in(cast.drafter, tiff(3), "来文.tif", 3)
    scanning._add(found.pk, 0, {"width": 1, "height": 1, "words": []})
    scanning._add(found.pk, 0, {"width": 2, "height": 2, "words": []})
    scanning.read_on.call(found.pk)
    scanning.read_on.call(found.pk)
    found.refresh_from_db()
    assert (found.done, found.state) == (3, Scan.READ) and [s["width"] for s in found.sheets] == [1, 1654, 1654]


def test_what_was_cut_off_is_taken_up_again(cast, engine):
    found = scanning.hand_in(cast.drafter, tiff(1), "来文.tif", 1)
    scanning.resume()
    assert Scan.objects.get().moved_at == found.moved_at
    Scan.objects.update(moved_at=clock.now() - timedelta(minutes=10))
    scanning.resume()
    assert Scan.objects.get().moved_at > found.moved_at - timedelta(seconds=1)


def test_without_an_engine_the_upload_says_so(desk, monkeypatch, tmp_path):
    monkeypatch.setenv("ZT_OCR", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    scans.engine.cache_clear()
    answer = send(desk("drafter"), "来文.pdf", EMPTY_PDF)
    scans.engine.cache_clear()
    assert answer.status_code == 422 and "没有安装文字识别引擎" in str(answer.context["upload"]["file"].errors)
    assert not Scan.objects.exists() and not Sitting.objects.exists()


def test_two_hundred_pages_are_too_many_and_said_so(desk, engine):
    answer = send(desk("drafter"), "来文.tif", tiff(200))
    assert answer.status_code == 422 and "有200页，一次最多识别60页" in str(answer.context["upload"]["file"].errors)
    assert not Scan.objects.exists()


def test_a_picture_that_can_not_be_read_is_said_and_can_be_dropped(desk, cast, engine):
    whole = tiff(3)
    found = scanning.hand_in(cast.drafter, whole[: len(whole) // 2], "来文.tif", 3)
    scanning.read_on.call(found.pk)
    client = desk("drafter")
    assert "已损坏" in client.get(reverse("documents:scan", args=[found.pk])).content.decode()
    assert "来文.tif" in client.get(reverse("documents:draft")).content.decode()
    client.post(reverse("documents:drop_scan", args=[found.pk]))
    assert not Scan.objects.exists()


def test_nobody_else_sees_or_uses_it(desk, cast, engine):
    found = scanning.hand_in(cast.drafter, tiff(1), "来文.tif", 1)
    scanning.read_on.call(found.pk)
    other = desk("outsider")
    assert other.get(reverse("documents:scan", args=[found.pk])).status_code == 404
    assert other.post(reverse("documents:use_scan", args=[found.pk])).status_code == 404
    assert other.post(reverse("documents:drop_scan", args=[found.pk])).status_code == 404
    assert Scan.objects.exists() and not Sitting.objects.exists()


def test_what_was_typed_gives_way_only_when_its_writer_says_so(desk, cast, engine):
    found, client = scanning.hand_in(cast.drafter, tiff(1), "来文.tif", 1), desk("drafter")
    scanning.read_on.call(found.pk)
    client.post(reverse("documents:keep_new"), form(title="半截题目"))
    answer = client.post(reverse("documents:use_scan", args=[found.pk]))
    assert answer.status_code == 422 and "还没有保存" in answer.content.decode() and Scan.objects.exists()
    assert Sitting.objects.get().typed["title"] == ["半截题目"]
    assert client.post(reverse("documents:use_scan", args=[found.pk]), {"replace": "on"}).status_code == 302
