"""The archive on the command line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from zhengtong.foundation.files.actions import place
from zhengtong.foundation.numbers.actions import take
from zhengtong.foundation.seals import keys
from zhengtong.office.archive import actions
from zhengtong.office.archive.actions import Choice
from zhengtong.office.archive.rules import checks
from zhengtong.papers.archive import eep

from .conftest import confirm

SRC = Path(__file__).resolve().parents[3] / "src"

pytestmark = pytest.mark.django_db


def test_the_balance_names_what_is_missing_and_ends_with_one_until_nothing_is(prefile, capsys):
    with transaction.atomic():
        take("云政发", "YL003", 2026)
        take("云政发", "YL003", 2026)
    prefile(1)
    with pytest.raises(SystemExit):
        call_command("archive", "balance", "2026")
    assert capsys.readouterr().out == "云政发\t云岭县人民政府\t2\t0\t1\t0\t2\n"
    item = prefile(2)
    call_command("archive", "balance", "2026")
    assert capsys.readouterr().out == "云政发\t云岭县人民政府\t2\t0\t2\t0\t-\n"
    place(item.parts.get(role="signed").file.sm3).unlink()
    call_command("archive", "balance", "2026", "--quick")
    with pytest.raises(SystemExit):
        call_command("archive", "balance", "2026")
    assert f"不符\t{item}\t签发内容.json" in capsys.readouterr().out


def office(home, *words):
    """`zhengtong office …` in a process of its own, at a home of its own."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SRC), "ZT_HOME": str(home), "ZT_MODE": "demo", "PYTHONUTF8": "1"}
    return subprocess.run([sys.executable, "-m", "zhengtong.cli", "office", *words], env=environment, capture_output=True, text=True)


@pytest.mark.usefixtures("network_keys")
def test_a_package_restores_the_item_in_a_system_that_has_only_its_tables(county, prefile, fonds, tmp_path, capsys):
    """Another home, another key, an empty database: the exported key is given once, and what comes out again is the same."""
    prefile(1)
    (item,) = confirm([Choice("D2026-000001", klass="BGS")], county.archivist)
    call_command("archive", "export", item.archive_number, "--to", str(tmp_path / "out"))
    package = Path(capsys.readouterr().out.strip())
    (tmp_path / "office.json").write_text(keys.own().text())
    home = tmp_path / "home"
    for words in (("keys", "init"), ("migrate", "--verbosity", "0")):
        assert office(home, *words).returncode == 0
    foreign = office(home, "archive", "import", str(package))
    assert foreign.returncode == 1 and "不是本网信任的公钥" in foreign.stderr
    done = office(home, "archive", "import", str(package), "--key", str(tmp_path / "office.json"))
    assert done.stdout == f"{item.archive_number}\t{item.title}\n", done.stderr
    again = office(home, "archive", "export", item.archive_number, "--to", str(tmp_path / "back"))
    assert again.returncode == 0, again.stderr
    first, second = (eep.read(path.read_bytes()) for path in (package, tmp_path / "back" / package.name))
    assert first == second


def test_what_can_not_be_exported_or_read_says_why(prefile, tmp_path, capsys):
    prefile(1)
    with pytest.raises(CommandError, match="已归档"):
        call_command("archive", "export", "Z003-WS·2026-D30-BGS-0001", "--to", str(tmp_path))
    with pytest.raises(CommandError, match="不是导出的公钥"):
        call_command("archive", "import", str(tmp_path / "none.eep"), "--key", str(tmp_path / "none.json"))
    with pytest.raises(SystemExit):
        call_command("archive", "import", str(tmp_path / "none.eep"))
    assert "none.eep" in capsys.readouterr().err


@pytest.mark.usefixtures("network_keys")
def test_a_whole_fonds_is_checked_and_a_transfer_is_written_to_a_disc(county, prefile, fonds, tmp_path, capsys):
    prefile(1)
    (item,) = confirm([Choice("D2026-000001", klass="BGS")], county.archivist)
    call_command("archive", "check", "Z003")
    told = dict(line.split("\t")[:2] for line in capsys.readouterr().out.splitlines())
    assert told["CQ-1-1"] == "合格" and told["CQ-4-8"] == "待回答"
    made = actions.prepare("Z003", "云岭县档案馆", [str(item)], county.archivist)
    with pytest.raises(CommandError, match="还没有移交"):
        call_command("archive", "transfer", made.code, "--to", str(tmp_path))
    run = actions.check_transfer(made.code, county.archivist).run
    actions.answer(run.pk, checks.affirmed(checks.Stage.TRANSFER), county.archivist)
    actions.hand_over(made.code, county.archivist)
    call_command("archive", "transfer", made.code, "--to", str(tmp_path))
    assert (tmp_path / made.code / "说明文件.TXT").exists()
    place(item.parts.get(role="draft").file.sm3).unlink()
    capsys.readouterr()
    with pytest.raises(SystemExit):
        call_command("archive", "check", "Z003")
    assert f"CQ-1-1\t不合格\t固化信息有效性\t{item} 定稿.pdf" in capsys.readouterr().out
    with pytest.raises(CommandError, match="没有这个全宗"):
        call_command("archive", "check", "Z999")
