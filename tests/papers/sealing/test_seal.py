"""What a seal holds, and that a sealed document holds to the formats that others read."""

import hashlib
import shutil
import subprocess
from datetime import timedelta

import pytest

from tests.papers.ofd.cast import NS, container, schema, xml
from zhengtong.foundation import seals
from zhengtong.papers import sealing
from zhengtong.papers.sealing import apply, certificates, structures
from zhengtong.papers.sealing.steps import OF_PDF, STEPS

from .cast import AT, BUREAU, GOVERNMENT, SINCE, UNTIL, county, sealed, unsealed, verify


@pytest.mark.parametrize("joint", [False, True])
def test_a_sealed_document_passes_every_step(joint):
    report = verify(sealed(joint))
    assert report.good and all(finding.good for finding in report.findings)
    assert {finding.step for finding in report.findings} == set(STEPS) - set(OF_PDF)
    organs = {f.of for f in report.findings if f.step == "signature"}
    assert organs == ({GOVERNMENT, BUREAU} if joint else {GOVERNMENT})


def test_the_document_itself_is_not_touched_by_sealing():
    before, after = container(unsealed()), container(sealed())
    assert {name: data for name, data in after.items() if name in before and name != "OFD.xml"} == {
        name: data for name, data in before.items() if name != "OFD.xml"
    }


def test_a_later_seal_protects_the_earlier_and_leaves_it_untouched():
    files = container(sealed(joint=True))
    second = xml(files, "Doc_0/Signs/Sign_1/Signature.xml")
    protected = {r.get("FileRef") for r in second.iterfind(".//o:Reference", NS)}
    assert {f"/Doc_0/Signs/Sign_0/{name}" for name in ("Signature.xml", "SignedValue.dat", "Seal.esl")} <= protected
    assert verify(sealed(joint=True)).good


def test_the_stamp_stands_where_the_document_left_room():
    files = container(sealed(joint=True))
    stamps = [xml(files, f"Doc_0/Signs/Sign_{n}/Signature.xml").find(".//o:StampAnnot", NS) for n in (0, 1)]
    boxes = [[float(v) for v in s.get("Boundary").split()] for s in stamps]
    assert [pytest.approx(p.box, abs=0.01) for p in apply.places(files)] == boxes
    assert all(box[2] == pytest.approx(42, abs=0.1) and box[3] == pytest.approx(42, abs=0.1) for box in boxes)
    assert boxes[0][0] + 42 < boxes[1][0] or boxes[0][1] + 42 < boxes[1][1]  # they do not touch


def test_the_signature_files_hold_to_the_published_schema():
    rules, files = schema(), container(sealed(joint=True))
    rules.assertValid(xml(files, "Doc_0/Signs/Signatures.xml"))
    rules.assertValid(xml(files, "OFD.xml"))
    signature = xml(files, "Doc_0/Signs/Sign_1/Signature.xml")
    signature.find(".//o:References", NS).set("CheckMethod", "MD5")  # the schema is older than SM3 in OFD
    rules.assertValid(signature)


def test_every_digest_is_sm3_over_the_file():
    files = container(sealed())
    signature = structures.Signature.load(files["Doc_0/Signs/Sign_0/SignedValue.dat"])
    assert signature["to_sign"]["digest"].native == hashlib.new("sm3", files["Doc_0/Signs/Sign_0/Signature.xml"]).digest()
    assert signature["to_sign"]["seal"].dump() == files["Doc_0/Signs/Sign_0/Seal.esl"]


def test_a_seal_says_whose_it_is_since_when_and_until_when():
    seal = structures.exactly(structures.Seal, county()[2][GOVERNMENT].seal)
    info = seal["info"]
    assert (info["header"]["id"].native, info["header"]["version"].native) == ("ES", 4)
    held = info["property"]
    assert (held["name"].native, held["type"].native) == (GOVERNMENT, 1)
    assert (held["since"].native, held["until"].native) == (SINCE, UNTIL)
    assert held["list"].native == [county()[2][GOVERNMENT].certificate]
    assert info["picture"]["data"].native.startswith(b"\x89PNG")
    assert (info["picture"]["width"].native, info["picture"]["height"].native) == (42, 42)


def test_a_document_without_room_for_the_organ_is_not_sealed():
    known, _keys, _grants = county()
    key = seals.generate()
    with pytest.raises(apply.NoPlace, match="青石桥镇人民政府"):
        sealing.seal(unsealed(), known.grant("青石桥镇人民政府", key), key, AT)


def test_openssl_agrees_with_our_certificates(tmp_path):
    openssl = shutil.which("openssl")
    if not openssl or b"OpenSSL 3" not in subprocess.run([openssl, "version"], capture_output=True).stdout:
        pytest.skip("no openssl command of version 3 on this machine")
    known, _keys, grants = county()
    for name, data in (("root", known.certificate), ("organ", grants[GOVERNMENT].certificate)):
        subprocess.run([openssl, "x509", "-inform", "der", "-out", tmp_path / f"{name}.pem"], input=data, check=True)
    when = ("-attime", str(int(AT.timestamp())), "-vfyopt", "distid:1234567812345678")
    asked = subprocess.run([openssl, "verify", *when, "-CAfile", tmp_path / "root.pem", tmp_path / "organ.pem"], capture_output=True)
    assert asked.returncode == 0, asked.stderr


def test_a_certificate_is_believed_only_from_one_that_may_issue():
    known, keys, grants = county()
    organ = certificates.read(grants[GOVERNMENT].certificate)
    other = certificates.issue(certificates.name("甲"), seals.public_of(seals.generate()), organ.subject, keys[GOVERNMENT], SINCE, UNTIL)
    assert certificates.signed_by(organ, certificates.read(known.certificate))
    assert not certificates.signed_by(certificates.read(other), organ)  # signed, but by no authority
    assert certificates.valid(organ, AT) and not certificates.valid(organ, UNTIL + timedelta(seconds=1))
