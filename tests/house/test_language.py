"""Chinese first, English complete: every marked sentence has its English, with the same names to fill in."""

import re

import polib
import pytest

from .words import CATALOGUE, key, messages

NAMES = re.compile(r"%\(\w+\)[a-z]|%[sd]")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    assert CATALOGUE.exists(), "python -m tests.house.words makes the catalogue"
    return polib.pofile(str(CATALOGUE))


def test_every_marked_sentence_has_its_english(catalogue):
    english = {key(entry) for entry in catalogue if entry.translated() and not entry.obsolete}
    assert len(messages()) > 500
    assert [(message, places) for message, places in messages().items() if message not in english] == []


def test_the_catalogue_keeps_no_sentence_that_nobody_says(catalogue):
    assert [entry.msgid for entry in catalogue if key(entry) not in messages()] == []


def test_one_and_many_both_have_their_english(catalogue):
    plurals = [entry for entry in catalogue if entry.msgid_plural]
    assert plurals
    assert [entry.msgid for entry in plurals if set(entry.msgstr_plural) != {0, 1} or not all(entry.msgstr_plural.values())] == []


def test_no_entry_is_a_guess(catalogue):
    assert catalogue.fuzzy_entries() == []


def test_the_english_fills_in_the_same_names(catalogue):
    wrong = []
    for entry in catalogue:
        for english in entry.msgstr_plural.values() or [entry.msgstr]:
            if sorted(NAMES.findall(english)) != sorted(NAMES.findall(entry.msgid)):
                wrong.append((entry.msgid, english))
    assert wrong == []


def test_the_english_is_english(catalogue):
    """Chinese stays only where the word itself is meant, in quotation marks or brackets."""
    aside = re.compile(r"[“\"(（《【].*?[”\")）》】]")
    texts = [(e.msgid, t) for e in catalogue for t in (e.msgstr_plural.values() or [e.msgstr])]
    assert [(one, text) for one, text in texts if CHINESE.search(aside.sub("", text))] == []
