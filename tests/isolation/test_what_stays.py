"""What must stay in a network stays there: no form of it is found in another one's folder."""

import pytest

from zhengtong.foundation.seals import Broken, keys
from zhengtong.foundation.seals.envelope import MAGIC, unsealed

from .searcher import Searcher, forms

NEVER_CLASSIFIED = ("office", "business", "portal", "probe", "carrier", "static", "tmp")


def places(finds, limit=5):
    return [(f.word, f.place) for f in finds][:limit]


@pytest.mark.parametrize("network", ["business", "portal"])
def test_no_byte_of_the_classified_document_is_there(network, kept):
    assert any(path.is_file() for path in (kept.home / network).rglob("*"))
    assert places(Searcher(kept.told["classified_marker"]).folder(kept.home / network)) == []


def test_the_classified_document_is_in_its_own_network_and_nowhere_else(kept):
    searcher = Searcher(kept.told["classified_marker"])
    assert searcher.folder(kept.home / "classified"), "where it must be, it is found"
    for folder in sorted(kept.home.iterdir()):
        if folder.is_dir() and folder.name != "classified":
            assert folder.name in NEVER_CLASSIFIED
            assert places(searcher.folder(folder)) == []


@pytest.mark.parametrize("word", ["resident_name", "resident_id"])
def test_the_portal_keeps_nothing_that_tells_who_applied(word, kept):
    """The name is of four rare characters, so that any two of them in an index would tell."""
    searcher = Searcher(kept.told[word], pairs=True)
    assert searcher.folder(kept.home / "business"), "where it must be, it is found"
    assert places(searcher.folder(kept.home / "portal")) == []
    for path in (kept.home / "carrier", kept.home / "static", kept.home / "tmp"):
        if path.exists():
            assert places(searcher.folder(path)) == []


def private_keys(kept, network, settings):
    """A network's keys as whoever holds its folder has them."""
    settings.KEYS = kept.home / network / "keys"
    own = keys.network_keys()
    return own.signing, own.decryption


def test_with_every_key_of_the_portal_nothing_handed_in_opens_and_with_the_business_key_all_does(kept, settings):
    outbox = [path.read_bytes() for path in sorted((kept.home / "portal" / "files" / "outbox").rglob("*")) if path.is_file()]
    sealed = [data for data in outbox if data.startswith(MAGIC)]
    assert len(sealed) >= 4 and max(map(len, sealed)) > 20_000_000, "an application with its form and two large attachments"
    for data in sealed:
        for key in private_keys(kept, "portal", settings):
            with pytest.raises(Broken):
                unsealed(key, data)
    _signing, decryption = private_keys(kept, "business", settings)
    plain = [unsealed(decryption, data) for data in sealed]
    assert any(form in text for text in plain for form in forms(kept.told["resident_name"]))
