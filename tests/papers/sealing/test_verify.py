"""Whatever is changed in a sealed document is found, and the step that finds it is named."""

import json
import random
import subprocess
import sys
from datetime import timedelta

import pytest

from tests.papers.ofd.cast import container
from zhengtong.foundation import seals
from zhengtong.papers import sealing
from zhengtong.papers.ofd import package
from zhengtong.papers.sealing import apply

from .cast import AT, BUREAU, GOVERNMENT, LATER, SINCE, UNTIL, authority, county, failed, sealed, unsealed, verify


def found_out(data):
    """Whether the change is noticed: a step fails, or the file is not readable at all."""
    try:
        return not verify(data).good
    except package.Unreadable:
        return True


def test_any_changed_byte_of_the_file_is_found():
    data, dice = sealed(joint=True), random.Random(38540)
    places = {dice.randrange(len(data)) for _ in range(160)} | set(range(len(data) - 120, len(data))) | set(range(60))
    for at in places:
        changed = bytearray(data)
        changed[at] ^= dice.randrange(1, 256)
        assert found_out(bytes(changed)), at


@pytest.mark.parametrize("name", sorted(container(sealed(joint=True))))
def test_a_change_in_any_file_is_found_even_when_the_package_is_packed_anew(name):
    """Whoever can pack the files anew can compute the package's checksum too: then the signatures must find it."""
    files, dice = container(sealed(joint=True)), random.Random(name)
    for _ in range(6):
        at = dice.randrange(len(files[name]))
        changed = files[name][:at] + bytes([files[name][at] ^ dice.randrange(1, 256)]) + files[name][at + 1 :]
        assert found_out(package.write({**files, name: changed})), at


@pytest.mark.parametrize("by", [1, 40, 5000])
def test_a_cut_or_lengthened_file_is_found(by):
    data = sealed()
    assert found_out(data + b"\0" * by)
    assert found_out(data[:-by])


def test_a_changed_page_fails_at_its_digest_and_is_named():
    files = container(sealed())
    name = "Doc_0/Pages/Page_0/Content.xml"
    changed = package.write({**files, name: files[name].replace("特急".encode(), "平急".encode())})
    report = verify(changed)
    assert {f.step for f in report.failed} == {"digests"}
    assert report.failed[0].detail == name


def test_a_file_smuggled_in_is_not_covered():
    assert failed(package.write({**container(sealed()), "Doc_0/Res/more.bin": b"x"})) == {"coverage"}


def test_a_file_taken_out_is_missed():
    files = container(sealed())
    del files["Doc_0/Tags/CustomTags.xml"]
    assert failed(package.write(files)) == {"digests"}


def test_a_seal_taken_off_a_joint_document_is_missed():
    files = {name: data for name, data in container(sealed(joint=True)).items() if "Sign_1" not in name}
    files[apply.LIST] = apply.listing(1).encode()
    report = verify(package.write(files))
    assert {f.step for f in report.failed} == {"places"}
    assert report.failed[0].detail == BUREAU


def test_all_seals_taken_off_leave_a_document_that_is_not_sealed():
    assert failed(unsealed()) == {"signed"}


def test_a_package_whose_checksum_was_taken_off_is_found():
    data = sealed()
    bare = data[: -package.COMMENT - 2] + b"\0\0"
    assert failed(bare) == {"package"}


def test_a_forged_seal_is_told_from_a_true_one():
    """The same organ's name and picture, but made and granted by somebody else."""
    _known, keys, _grants = county()
    other = authority()
    forged = sealing.seal(unsealed(), other.grant(GOVERNMENT, keys[GOVERNMENT]), keys[GOVERNMENT], AT)
    assert failed(forged) == {"issuer"}
    assert failed(forged, trusted=False) == set()
    assert verify(forged, trusted=False).findings[-1].good is None


def test_a_seal_whose_information_was_changed_fails_at_its_maker():
    _known, keys, grants = county()
    grant = grants[GOVERNMENT]
    changed = sealing.SealGrant(grant.seal.replace(b"53062500001", b"53062500009"), grant.certificate)
    assert failed(sealing.seal(unsealed(), changed, keys[GOVERNMENT], AT)) == {"maker"}


def test_somebody_elses_certificate_may_not_use_the_seal():
    known, keys, grants = county()
    stranger = known.signer("某人", keys[BUREAU])
    stolen = sealing.SealGrant(grants[GOVERNMENT].seal, stranger)
    assert failed(sealing.seal(unsealed(), stolen, keys[BUREAU], AT)) == {"signer"}


def test_a_signature_by_another_key_fails():
    _known, keys, grants = county()
    assert failed(sealing.seal(unsealed(), grants[GOVERNMENT], keys[BUREAU], AT)) == {"signature"}


@pytest.mark.parametrize("at", [SINCE - timedelta(days=1), UNTIL + timedelta(days=1)])
def test_a_seal_used_outside_its_time_fails(at):
    known, keys, _grants = county()
    certificate = known.signer(GOVERNMENT, keys[GOVERNMENT], SINCE - timedelta(days=9), UNTIL + timedelta(days=9))
    grant = known.grant(GOVERNMENT, keys[GOVERNMENT], certificate=certificate)
    assert failed(sealing.seal(unsealed(), grant, keys[GOVERNMENT], at), now=UNTIL + timedelta(days=99)) == {"validity"}


def test_a_certificate_used_outside_its_time_fails():
    known, keys, _grants = county()
    certificate = known.signer(GOVERNMENT, keys[GOVERNMENT], SINCE, AT - timedelta(days=1))
    grant = known.grant(GOVERNMENT, keys[GOVERNMENT], certificate=certificate)
    assert failed(sealing.seal(unsealed(), grant, keys[GOVERNMENT], AT)) == {"certificates"}


def test_a_time_that_lies_ahead_fails():
    assert failed(sealed(), now=AT - timedelta(minutes=1)) == {"time"}


def test_the_other_seals_steps_still_speak_when_one_fails():
    files = container(sealed(joint=True))
    files["Doc_0/Signs/Sign_1/SignedValue.dat"] = b"\x30\x00"
    report = verify(package.write(files))
    assert {(f.step, f.of) for f in report.failed} == {("structure", "Sign_1")}
    assert any(f.step == "signature" and f.good and f.of == GOVERNMENT for f in report.findings)


@pytest.mark.parametrize(
    "value", [b"", b"\x30", b"\x30\x80", b"\x30\x84\xff\xff\xff\xff", b"\x00" * 64, b"\x30\x03\x02\x01\x00", bytes(range(256))]
)
def test_rubbish_for_a_signature_is_a_failed_step_and_no_crash(value):
    assert "structure" in failed(package.write({**container(sealed()), "Doc_0/Signs/Sign_0/SignedValue.dat": value}))


@pytest.mark.parametrize("name", ["OFD.xml", "Doc_0/Signs/Signatures.xml", "Doc_0/Signs/Sign_0/Signature.xml", "Doc_0/Tags/Elements.xml"])
@pytest.mark.parametrize("data", [b"", b"<", b"<x/>", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "<甲/>".encode("utf-16")])
def test_rubbish_for_a_file_of_xml_is_a_failed_step_and_no_crash(name, data):
    assert failed(package.write({**container(sealed()), name: data}))


def run(*words):
    return subprocess.run([sys.executable, "-m", "zhengtong.cli", "doc", "verify", *map(str, words)], capture_output=True, text=True)


def test_the_command_shows_every_step_and_its_code_says_how_it_went(tmp_path):
    good, bad, root = tmp_path / "好.ofd", tmp_path / "bad.ofd", tmp_path / "root.cer"
    good.write_bytes(sealed())
    root.write_bytes(county()[0].certificate)
    files = container(sealed())
    bad.write_bytes(package.write({**files, "Doc_0/PublicRes.xml": files["Doc_0/PublicRes.xml"] + b" "}))
    shown = run(good, "--trust", root, "--at", LATER.isoformat())
    assert shown.returncode == 0 and "验证通过" in shown.stdout and GOVERNMENT in shown.stdout
    told = run(bad, "--at", LATER.isoformat(), "--json")
    answer = json.loads(told.stdout)
    assert told.returncode == 1 and answer["good"] is False and answer["failed"] == ["digests"]
    assert any(step["step"] == "digests" and "PublicRes" in step["detail"] for step in answer["steps"])
    unread = run(tmp_path / "none.ofd")
    assert unread.returncode == 2 and "读不了" in unread.stderr


def test_a_key_is_never_found_in_what_is_sealed():
    _known, keys, _grants = county()
    assert not any(key in sealed(joint=True) for key in keys.values())
    assert seals.public_of(keys[GOVERNMENT]) in b"".join(container(sealed()).values())
