import json
import stat

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from zhengtong.foundation import seals
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.seals import checks, keys, libcrypto

pytestmark = pytest.mark.django_db


def stranger(network="business"):
    return keys.Peer(network, seals.public_of(seals.generate()), seals.public_of(seals.generate()))


def trust(tmp_path, peer, **more):
    path = tmp_path / "peer.json"
    path.write_text(peer.text())
    call_command("keys", "trust", str(path), verbosity=0, **more)


def test_keys_are_made_once_and_readable_by_the_owner_alone(network_keys):
    files = [p for p in settings.KEYS.iterdir() if p.is_file()]
    assert {p.name for p in files} == {"signing.pem", "decryption.pem", "secret"}
    assert all(stat.S_IMODE(p.stat().st_mode) == 0o600 for p in files)
    before = keys.own()
    call_command("keys", "init", verbosity=0)
    assert keys.own() == before


def test_what_a_broken_start_left_out_is_made_without_touching_the_rest(network_keys):
    signing = (settings.KEYS / "signing.pem").read_bytes()
    (settings.KEYS / "decryption.pem").unlink()
    assert keys.initialise() and (settings.KEYS / "signing.pem").read_bytes() == signing and keys.network_keys().decryption


def test_an_export_holds_public_keys_only(network_keys, tmp_path):
    call_command("keys", "export", str(tmp_path / "own.json"), verbosity=0)
    text = (tmp_path / "own.json").read_text()
    assert keys.peer(text) == keys.own()
    assert keys.network_keys().signing.hex() not in text and keys.network_keys().decryption.hex() not in text


def test_a_key_is_trusted_after_comparing_fingerprints_and_audited(network_keys, tmp_path):
    peer = stranger()
    with pytest.raises(CommandError, match="指纹"):
        trust(tmp_path, peer)
    assert keys.trusted("business") is None and not Entry.objects.exists()
    trust(tmp_path, peer, yes=True)
    assert keys.trusted("business") == peer == keys.all_trusted()[0]
    entry = Entry.objects.get(verb="seals.trust")
    assert entry.target == "business" and entry.detail["fingerprint"] == peer.fingerprint


def test_replacing_a_trusted_key_names_the_old_one_in_the_log(network_keys, tmp_path):
    old, new = stranger(), stranger()
    trust(tmp_path, old, yes=True)
    trust(tmp_path, new, yes=True)
    assert keys.trusted("business") == new and Entry.objects.latest("id").detail["before"] == old.fingerprint


def test_production_demands_the_security_administrators_name(network_keys, tmp_path, settings):
    settings.MODE = "production"
    with pytest.raises(CommandError, match="安全保密管理员"):
        trust(tmp_path, stranger(), yes=True)
    assert keys.trusted("business") is None and not Entry.objects.exists()


@pytest.mark.off("portal")  # it keeps no accounts: the name is recorded as given
def test_the_name_must_be_that_of_a_security_administrator(network_keys, tmp_path):
    from tests.foundation.accounts.cast import account, person

    account(person("S1", "system_admin"))
    account(person("A1", "security_admin"))
    for wrong in ("S1", "nobody"):
        with pytest.raises(CommandError, match="不是"):
            trust(tmp_path, stranger(), yes=True, by=wrong)
    assert keys.trusted("business") is None and not Entry.objects.filter(verb="seals.trust").exists()
    trust(tmp_path, stranger(), yes=True, by="A1")
    assert Entry.objects.get(verb="seals.trust").actor_code == "A1"


@pytest.mark.parametrize("network", ["classified", "../../x", "nobody"])
def test_no_other_name_can_be_trusted(network_keys, tmp_path, network):
    with pytest.raises(CommandError):
        trust(tmp_path, stranger(network), yes=True)
    assert keys.all_trusted() == [] and keys.trusted(network) is None


def test_its_own_key_and_a_broken_file_are_not_trusted(network_keys, tmp_path):
    with pytest.raises(CommandError):
        trust(tmp_path, stranger(settings.NETWORK), yes=True)
    broken = json.loads(stranger().text()) | {"signing": "04" + "00" * 64}
    (tmp_path / "peer.json").write_text(json.dumps(broken))
    with pytest.raises(CommandError):
        call_command("keys", "trust", str(tmp_path / "peer.json"), yes=True)
    assert keys.all_trusted() == []


@pytest.fixture
def without_sm2(monkeypatch):
    """A machine whose libcrypto knows no SM2."""
    monkeypatch.setattr(libcrypto, "candidates", lambda: iter(()))
    libcrypto.load.cache_clear()
    seals.engine.cache_clear()
    yield
    monkeypatch.undo()
    libcrypto.load.cache_clear()
    seals.engine.cache_clear()


def test_without_sm2_in_libcrypto_the_demo_says_so_and_production_does_not_start(without_sm2, settings):
    private = seals.generate()
    assert seals.verify(seals.public_of(private), b"x", seals.sign(private, b"x"))
    (warned,) = checks.ciphers(None)
    assert not warned.is_serious()
    settings.MODE = "production"
    (stopped,) = checks.ciphers(None)
    assert stopped.is_serious()


def test_with_sm2_in_libcrypto_there_is_nothing_to_say(settings):
    settings.MODE = "production"
    assert checks.ciphers(None) == []
