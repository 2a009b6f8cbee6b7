"""What was released, as the portal gets it."""

from zhengtong.business.sites.publishing import store
from zhengtong.ferry import outbox
from zhengtong.ferry.models import Outgoing
from zhengtong.foundation import seals


def files(made):
    """Path → SM3 of every file of a release."""
    return store.read(made, made.site).files()


def sent(made):
    """SM3 → content of all that was sent with a release."""
    package = Outgoing.objects.get(key=f"release/{made.code}")
    ((name, digest),) = package.files
    data, found = outbox.place(digest).read_bytes(), {}
    assert name == "contents"
    for sm3, size in package.payload["contents"]:
        found[sm3], data = data[:size], data[size:]
        assert seals.sm3(found[sm3]) == sm3
    assert not data
    return found


def laid(found, folder):
    """The files of a release in a folder."""
    for path, content in found.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder
