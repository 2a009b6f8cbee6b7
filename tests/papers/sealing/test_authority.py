"""The authority of an installation: a county's own is used, a test authority is made only where it may be."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from zhengtong.foundation import seals
from zhengtong.papers import sealing
from zhengtong.papers.sealing import authority

from .cast import AT, GOVERNMENT, LATER, SINCE, UNTIL, unsealed


def test_a_test_authority_is_made_once_and_what_its_seals_sign_verifies(tmp_path):
    first = authority.authority(tmp_path, AT, make=True)
    assert first == authority.authority(tmp_path, AT + timedelta(days=3), make=False) and first.test
    key = seals.generate()
    grant = first.grant("YZ1", GOVERNMENT, seals.public_of(key), SINCE, UNTIL)
    data = sealing.seal(unsealed(), grant, key, AT)
    report = sealing.verify(data, LATER, [authority.certificate(tmp_path).read_bytes()])
    assert all(finding.good for finding in report.findings)


def test_none_is_made_where_none_may_be(tmp_path):
    assert authority.authority(tmp_path / "none", AT, make=False) is None and not (tmp_path / "none").exists()


def test_keys_are_for_the_maker_alone_and_nothing_half_written_is_left(tmp_path):
    authority.authority(tmp_path / "a", AT, make=True)
    files = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert {p.name for p in files} == {"key.pem", "certificate.cer", "test"}
    assert all(p.stat().st_mode & 0o777 == 0o600 for p in files)


@pytest.mark.parametrize("written", range(3))
def test_a_making_that_was_cut_off_anywhere_is_finished_as_a_test_authority(tmp_path, monkeypatch, written):
    kept, left = authority._kept, iter(range(written))

    def until_the_cut(path, data):
        if next(left, None) is None:
            raise InterruptedError
        kept(path, data)

    with monkeypatch.context() as cut, pytest.raises(InterruptedError):
        cut.setattr(authority, "_kept", until_the_cut)
        authority.authority(tmp_path, AT, make=True)
    assert authority.authority(tmp_path, AT, make=True).test


def test_two_at_once_end_with_one_authority(tmp_path):
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _n: authority.authority(tmp_path, AT, make=True), range(4)))
    assert len(set(found)) == 1
