import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from zhengtong.ferry.models import Incoming, Outgoing
from zhengtong.ferry.tool import main
from zhengtong.foundation.seals import generate, keys, public_of


@pytest.fixture
def package(business):
    return business.pack(3, "名录", {"a.pdf": b"%PDF" * 1000})


def test_a_person_is_told_what_a_package_is(business, package, tmp_path, capsys):
    (tmp_path / "peer.json").write_text(business.peer.text())
    assert main(["inspect", str(package), "--keys", str(tmp_path / "peer.json")]) == 0
    said = capsys.readouterr().out
    assert "business" in said and settings.NETWORK in said and f"{business.contract}/1.0" in said and "✓" in said
    assert "4000 B" in said and "名录" not in said


def test_a_folder_of_trusted_keys_serves_as_well(business, package, capsys):
    assert main(["inspect", str(package), "--keys", str(settings.KEYS / "trusted")]) == 0
    assert "✓" in capsys.readouterr().out


def test_without_a_key_it_says_that_nothing_was_checked(package, capsys):
    assert main(["inspect", str(package)]) == 0
    assert "未核对" in capsys.readouterr().out


def test_a_forged_broken_or_foreign_package_is_named_as_such(business, package, tmp_path, capsys):
    stranger = keys.Peer("business", public_of(generate()), public_of(generate()))
    (tmp_path / "stranger.json").write_text(stranger.text())
    (tmp_path / "portal.json").write_text(keys.Peer("oversight", stranger.signing, stranger.encryption).text())
    cut = tmp_path / "cut.ztp"
    cut.write_bytes(package.read_bytes()[:-1])
    for words in (
        [str(package), "--keys", str(tmp_path / "stranger.json")],
        [str(package), "--keys", str(tmp_path / "portal.json")],
        [str(cut), "--keys", str(settings.KEYS / "trusted")],
        [str(tmp_path / "stranger.json")],
        [str(tmp_path / "nothing.ztp")],
    ):
        assert main(["inspect", *words]) == 1
        assert "✗" in capsys.readouterr().err


def test_it_needs_no_database_and_no_settings(package, tmp_path):
    bare = {k: v for k, v in os.environ.items() if not k.startswith(("ZT_", "DJANGO"))}
    bare |= {"ZT_HOME": str(tmp_path / "nowhere"), "PYTHONPATH": os.pathsep.join(sys.path)}
    words = [sys.executable, "-m", "zhengtong.cli", "ferry", "inspect", str(package), "--keys", str(settings.KEYS / "trusted")]
    done = subprocess.run(words, env=bare, capture_output=True, text=True)
    assert done.returncode == 0 and "✓" in done.stdout and not (tmp_path / "nowhere").exists(), done.stderr


@pytest.mark.django_db(transaction=True)  # a turn gives up connections, as a process does between two
def test_the_ferry_takes_in_and_packs_in_one_turn(business, taken):
    business.deliver(business.pack(1, "名录"))
    call_command("ferry", once=True)
    assert Incoming.objects.count() == 1 and Outgoing.objects.get(contract="receipt").state == "delivered"
    assert len(list((settings.TRAYS / "out" / "business").glob("*.ztp"))) == 1


def test_the_classified_network_has_no_ferry(business, settings):
    settings.CLASSIFIED = True
    with pytest.raises(CommandError, match="涉密内网"):
        call_command("ferry", once=True)
