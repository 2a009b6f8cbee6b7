import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.foundation import seals
from zhengtong.foundation.files import tree

names = st.text("abcde", min_size=1, max_size=2)
paths = st.lists(names, min_size=1, max_size=3).map(lambda parts: "/".join((*parts[:-1], f"{parts[-1]}.html")))
contents = st.dictionaries(paths, st.binary(max_size=2).map(seals.sm3), min_size=1, max_size=20)


def walk(name, listings, at=""):
    for entry, digest in tree.read(listings[name]).items():
        yield from walk(digest, listings, at + entry) if entry.endswith("/") else [(at + entry, digest)]


@given(contents)
def test_folding_loses_nothing_and_names_by_content(files):
    name, listings = tree.fold(files)
    assert dict(walk(name, listings)) == files
    assert {seals.sm3(content): content for content in listings.values()} == listings
    assert tree.fold(dict(reversed(files.items())))[0] == name


@given(contents, contents)
def test_the_name_is_the_same_only_for_the_same_content(one, other):
    assert (tree.fold(one)[0] == tree.fold(other)[0]) == (one == other)


@given(contents, contents)
def test_a_folder_folded_before_is_the_same_as_its_files(own, below):
    inside, listings = tree.fold(below)
    flat = own | {f"x/y/{path}": digest for path, digest in below.items()}
    name, above = tree.fold(own, {"x/y": inside})
    assert name == tree.fold(flat)[0] and dict(walk(name, listings | above)) == flat


@pytest.mark.parametrize("content", [b"", b"[]", b'{"a":1}', b'{ "a":"b"}', b'{"b":"1","a":"2"}', b'{"a":"1"}\n', b"\xff"])
def test_anything_else_is_no_listing(content):
    with pytest.raises(ValueError):
        tree.read(content)
