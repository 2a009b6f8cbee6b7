"""Seals held as files: the county's own are used, a test seal is made only where it may be."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from zhengtong.papers import sealing
from zhengtong.papers.sealing import keeper

from .cast import AT, GOVERNMENT, LATER, unsealed


def test_a_test_seal_is_made_once_and_its_documents_verify(tmp_path):
    first = keeper.held(tmp_path, "YL130", GOVERNMENT, AT, make=True)
    again = keeper.held(tmp_path, "YL130", GOVERNMENT, AT + timedelta(days=3), make=False)
    assert first == again
    data = sealing.seal(unsealed(), first.grant, first.key, AT)
    report = sealing.verify(data, LATER, [keeper.authority(tmp_path).read_bytes()])
    assert all(finding.good for finding in report.findings)


def test_no_seal_is_made_where_none_may_be(tmp_path):
    assert keeper.held(tmp_path, "YL130", GOVERNMENT, AT, make=False) is None
    assert not list(tmp_path.rglob("*.pem"))


def test_an_organ_that_was_renamed_has_another_seal(tmp_path):
    old = keeper.held(tmp_path, "YL130", "云岭县人民政府办公室", AT, make=True)
    new = keeper.held(tmp_path, "YL130", "云岭县政府办公室", AT, make=True)
    assert old.grant.name != new.grant.name and old.key != new.key


def test_keys_are_for_their_keeper_alone_and_nothing_half_written_is_left(tmp_path):
    keeper.held(tmp_path, "YL130", GOVERNMENT, AT, make=True)
    files = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert {p.name for p in files} == {"key.pem", "certificate.cer", "seal.esl"}
    assert all(p.stat().st_mode & 0o777 == 0o600 for p in files)


def test_two_at_once_end_with_one_seal(tmp_path):
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _n: keeper.held(tmp_path, "YL130", GOVERNMENT, AT, make=True), range(4)))
    assert len({f.grant.seal for f in found}) == len({f.key for f in found}) == 1
    data = sealing.seal(unsealed(), found[0].grant, found[0].key, AT)
    assert sealing.verify(data, LATER, [keeper.authority(tmp_path).read_bytes()]).good
