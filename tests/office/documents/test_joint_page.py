"""The page of a joint document, measured: mark, names, signers and seals of every organ; the OFD with one signature for each."""

from itertools import pairwise

import pytest
from tests.papers.typeset.cast import MM, line_with, open_pdf
from tests.papers.typeset.test_forms import rings

from zhengtong.foundation import clock
from zhengtong.foundation.files.queries import read
from zhengtong.office.documents import queries
from zhengtong.papers import sealing, tool
from zhengtong.papers.sealing import authority

from .conftest import PIN
from .test_views import do

pytestmark = pytest.mark.django_db

ORGANS = ["云岭县人民政府", "云岭县人民法院", "云岭县人民检察院"]


def centres(page):
    return [((left + right) / 2, (top + bottom) / 2) for left, top, right, bottom in sorted(rings([page]))]


def test_the_printed_page_and_its_seals(allied, joint, settings, tmp_path, capsys, desk):
    document = joint("dispatching")
    pdf, ofd = read(document.pdf.sm3), read(document.ofd.sm3)
    whole = open_pdf(pdf)
    marked = "".join(c["text"] for c in whole.pages[0].chars if c["size"] > 22.5)
    assert marked.count("文件") == 1 and all(name in marked for name in ORGANS)
    page = next(page for page in whole.pages if rings([page]))
    names = line_with(page, ORGANS[1])
    assert "".join(c["text"] for c in names) == "".join(ORGANS), "the issuers stand in their order"
    found, at = centres(page), 0
    assert len(found) == 3 and len({round(y, 1) for _x, y in found}) == 1
    for (x, _y), name in zip(found, ORGANS, strict=True):
        first, last = names[at], names[at + len(name) - 1]
        assert x == pytest.approx((first["x0"] + last["x1"]) / 2 / MM, abs=1), f"the seal of {name} stands over its name"
        at += len(name)
    assert all(b[0] - a[0] > 42 for a, b in pairwise(found)), "seals do not touch"

    trust = [authority.certificate(settings.KEYS / "seals")]
    report = sealing.verify(ofd, clock.now(), [path.read_bytes() for path in trust])
    assert report.good and {f.of for f in report.findings if f.step == "signature"} == set(ORGANS)
    file = tmp_path / "joint.ofd"
    file.write_bytes(ofd)
    at_now = clock.now().astimezone(clock.ZONE).isoformat()
    assert tool.main(["verify", str(file), "--trust", str(trust[0]), "--at", at_now]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in ORGANS), "every organ is named"

    mended = ofd.replace(b"Sign_2", b"Sign_9")  # the last organ's signature taken out of the package's list
    assert mended != ofd
    try:
        assert not sealing.verify(mended, clock.now(), [path.read_bytes() for path in trust]).good
    except ValueError:
        pass  # not even a package any more
    answer = desk("court_secretary").get(f"/documents/{document.code}/pdf/")
    assert b"".join(answer.streaming_content) == pdf


def test_until_every_seal_stands_only_those_that_do_are_shown_and_nothing_is_formal(allied, joint, desk):
    document = joint("half_sealed")
    (page,) = [page for page in open_pdf(queries.preview(document).pdf).pages if rings([page])]
    shown = centres(page)
    assert len(shown) == 2, "the lead organ's and the procuratorate's"
    (whole,) = [page for page in open_pdf(read(document.pdf.sm3)).pages if rings([page])]
    every = centres(whole)
    assert [shown[0], shown[1]] == [pytest.approx(every[0], abs=0.1), pytest.approx(every[2], abs=0.1)]
    client = desk("registrar")
    assert client.get(f"/documents/{document.code}/ofd/").status_code == 404
    assert client.get(f"/documents/{document.code}/pdf/").content != read(document.pdf.sm3)
    seen = client.get(f"/documents/{document.code}/").content.decode()
    assert "正式版面" not in seen and "联合用印中" in seen


def test_the_mark_may_name_the_lead_organ_alone(allied, joint):
    document = joint("draft", joint_mark="lead")
    page = open_pdf(queries.preview(document).pdf).pages[0]
    marked = "".join(c["text"] for c in page.chars if c["size"] > 22.5)
    assert "云岭县人民政府文件" in marked and "人民法院" not in marked.split("关于")[0].split("文件")[0]


def test_the_screens_of_drafter_and_co_issuer(allied, joint, desk):
    clerk = desk("drafter")
    form = {
        "organ": "YL003", "kind": "notice", "title": "云岭县人民政府关于建立府院联动机制的通知",
        "text": "请遵照执行。", "groups": ["各乡镇人民政府"],
        "publication": "proactive", "issuers": "云岭县人民法院、没有的机关", "joint_mark": "all",
    }  # fmt: skip
    refused = clerk.post("/documents/new/", form)
    assert refused.status_code == 422 and "机构名录中没有“没有的机关”" in refused.content.decode()
    refused = clerk.post("/documents/new/", {**form, "issuers": "云岭县财政局"}).content.decode()
    assert "不同级" in refused and "<details" in refused and "open" in refused
    answer = clerk.post("/documents/new/", {**form, "issuers": "云岭县人民法院、云岭县人民检察院", "joint_mark": "lead"})
    page = clerk.get(answer["Location"]).content.decode()
    assert "云岭县人民政府、云岭县人民法院、云岭县人民检察院" in page and "发文机关标志只列主办机关" in page
    edit = clerk.get(f"{answer['Location']}edit/").content.decode()
    assert 'value="云岭县人民法院、云岭县人民检察院"' in edit
    assert "data:image/png" in clerk.post("/documents/preview/", {**form, "issuers": "云岭县人民法院"}).content.decode()
    assert "RT-09" in clerk.post("/documents/findings/", {**form, "issuers": "云岭县石桥镇人民政府"}).content.decode()

    document = joint("cosign")
    president = desk("president")
    assert "联合签发" in president.get("/").content.decode()
    assert do(president, document.code, "cosign", pin="Wrong-2026", seen=document.content_digest).status_code == 422
    assert do(president, document.code, "cosign", pin=PIN, seen=document.content_digest).status_code == 302
    shown = desk("court_secretary").get("/documents/").content.decode()
    assert document.title in shown and "云岭县人民政府、云岭县人民法院、云岭县人民检察院" in shown
