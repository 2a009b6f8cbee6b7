"""The carrier knows folders and names."""

import os
import threading

import pytest

from zhengtong.cli.carry import carry, main, packages, refused


def lay(home, network, receiver, name, content=b"x"):
    path = home / network / "trays" / "out" / receiver / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def files(home):
    return {str(p.relative_to(home)): p.read_bytes() for p in home.rglob("*") if p.is_file()}


@pytest.fixture
def home(tmp_path):
    return tmp_path / "house"


def test_packages_go_to_the_receiver_named_by_the_folder_and_nothing_else_moves(home):
    lay(home, "office", "business", "a.ztp", b"1")
    lay(home, "portal", "business", "b.ztp", b"2")
    lay(home, "business", "portal", "c.ztp", b"3")
    lay(home, "office", "business", "note.txt")
    lay(home, "office", "business", ".half-x")
    assert carry(home) == 3 and carry(home) == 0
    assert files(home) == {
        "business/trays/in/a.ztp": b"1",
        "business/trays/in/b.ztp": b"2",
        "portal/trays/in/c.ztp": b"3",
        "office/trays/out/business/note.txt": b"x",
        "office/trays/out/business/.half-x": b"x",
    }


def test_what_a_crash_left_on_the_road_arrives(home):
    for name in ("a.ztp", "b.half"):
        (home / "carrier" / "portal").mkdir(parents=True, exist_ok=True)
        (home / "carrier" / "portal" / name).write_bytes(b"1")
    assert carry(home) == 1 and (home / "portal" / "trays" / "in" / "a.ztp").exists()


def test_a_later_copy_replaces_one_that_nobody_took(home):
    lay(home, "office", "business", "a.ztp", b"old")
    carry(home)
    lay(home, "office", "business", "a.ztp", b"new")
    carry(home)
    assert files(home) == {"business/trays/in/a.ztp": b"new"}


def test_a_link_is_not_followed_out_of_the_tray(home, tmp_path):
    (tmp_path / "secret").write_bytes(b"key")
    link = lay(home, "office", "business", "x.ztp").with_name("a.ztp")
    os.symlink(tmp_path / "secret", link)
    assert [p.name for p in packages(link.parent)] == ["x.ztp"] and carry(home) == 1
    assert b"key" not in files(home / "business").values()


def test_the_classified_network_has_no_folder_carrier(home, capsys):
    out = lay(home, "classified", "business", "a.ztp")
    into = lay(home, "office", "classified", "b.ztp")
    assert main(["--once", "--home", str(home)]) == 1
    assert out.exists() and into.exists() and not (home / "classified" / "trays" / "in").exists()
    assert refused(home) == [out, into] and "涉密内网" in capsys.readouterr().err


def test_two_carriers_at_once_lose_and_double_nothing(home):
    for n in range(60):
        lay(home, "office", "business", f"{n:03d}.ztp", str(n).encode())
    both = [threading.Thread(target=carry, args=(home,)) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    carry(home)
    assert {k: v for k, v in files(home).items() if k.endswith(".ztp")} == {
        f"business/trays/in/{n:03d}.ztp": str(n).encode() for n in range(60)
    }
