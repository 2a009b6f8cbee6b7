"""Both directions over a bad road: packages and receipts lost, doubled, reordered, cut and altered at random."""

import random
from datetime import timedelta

from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from zhengtong.ferry.actions import pack_due, send
from zhengtong.ferry.arrival import accept_all
from zhengtong.ferry.models import Incoming, Outgoing, Trouble
from zhengtong.foundation.numbers.models import Series

FATES = ("sound", "sound", "lost", "doubled", "altered", "cut", "late")


class Road:
    """A carrier that nobody should trust."""

    def __init__(self, seed: int) -> None:
        self.chance, self.held = random.Random(seed), []

    def carry(self, packages: list[bytes], honest: bool) -> list[bytes]:
        arriving, self.held = self.held, []
        for data in packages:
            match "sound" if honest else self.chance.choice(FATES):
                case "sound":
                    arriving.append(data)
                case "doubled":
                    arriving += [data, data]
                case "late":
                    self.held.append(data)
                case "cut":
                    arriving.append(data[: self.chance.randrange(len(data))])
                case "altered":
                    at = self.chance.randrange(len(data))
                    arriving.append(data[:at] + bytes([data[at] ^ 1 << self.chance.randrange(8)]) + data[at + 1 :])
        self.chance.shuffle(arriving)
        return arriving


def lay(folder, packages, turn):
    folder.mkdir(parents=True, exist_ok=True)
    for n, data in enumerate(packages):
        (folder / f"{turn:02d}-{n:03d}.ztp").write_bytes(data)


@effort(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(up=st.integers(1, 4), down=st.integers(1, 4), seed=st.integers(0, 1 << 30))
def test_after_resending_everything_arrives_exactly_once_and_nothing_altered(business, taken, mine, up, down, seed):
    for model in (Incoming, Outgoing, Trouble, Series):
        model.objects.all().delete()
    for path in settings.TRAYS.rglob("*.ztp"):
        path.unlink()
    business.forget()
    taken.clear()
    contract, payload = mine
    first = next(iter(payload))
    for n in range(up):
        send(contract, {**payload, first: f"第{n}号"}, {}, by=None, key=f"{n}")
    for n in range(down):
        business.send(business.contract, {"snapshot": {"text": f"第{n}号"}})
    there, back, tray = Road(seed), Road(seed + 1), business.folder / "tray"
    for turn in range(60):
        honest = turn > 5  # the road gets better, else nobody could promise anything
        pack_due(timedelta())
        leaving = list((settings.TRAYS / "out" / "business").glob("*.ztp"))
        lay(tray, there.carry([path.read_bytes() for path in leaving], honest), turn)
        for path in leaving:
            path.unlink()
        business.accept(sorted(tray.glob("*.ztp")))
        lay(settings.TRAYS / "in", back.carry(business.pack_due(timedelta()), honest), turn)
        accept_all()
        answered = {row[0] for (name, _seq), row in business.sent.items() if name != "receipt"} == {"delivered"}
        if answered and not Outgoing.objects.exclude(state="delivered").exists():
            break
    assert [text for _seq, text, _files in taken] == [f"第{n}号" for n in range(down)]
    assert [came[1][first] for (name, _seq), came in sorted(business.came.items()) if name == contract] == [f"第{n}号" for n in range(up)]
    assert not Outgoing.objects.exclude(contract="receipt").exclude(state="delivered").exists()
    assert not Trouble.objects.filter(ended_at=None).exclude(kind="aside").exists()
