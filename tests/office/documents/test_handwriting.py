"""Opinions by hand: kept as strokes with the step they were given in, drawn again as they were, bound to their version."""

import json

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from zhengtong.foundation.audit.models import Entry
from zhengtong.office.documents.models import Handwriting
from zhengtong.office.documents.rules import strokes

from .conftest import PIN

DRAWN = json.dumps([[[10, 20, 50], [200, 120, 60]], [[300, 300, 100]]])


WRONG = ["", "[]", "[[]]", "{}", "[[[1,2]]]", "[[[1,2,3.5]]]", "[[[1,2,true]]]", "[[[-1,2,3]]]", "[[[1001,2,3]]]", '[[["<",2,3]]]']
LONG = ["[" * 9000, json.dumps([[[1, 1, 1]]] * (strokes.STROKES + 1)), json.dumps([[[1, 1, 1]] * (strokes.POINTS + 1)])]


@pytest.mark.parametrize("text", WRONG + LONG, ids=range(len(WRONG) + len(LONG)))
def test_what_is_no_handwriting_is_refused(text):
    with pytest.raises(strokes.NoStrokes):
        strokes.read(text)


def test_strokes_are_drawn_as_lines_of_numbers_alone():
    drawn = strokes.svg(strokes.read(DRAWN))
    assert drawn.count("<polyline") == 2 and 'points="10,20 200,120"' in drawn and "style" not in drawn


@pytest.mark.django_db
def test_the_head_signs_with_a_handwritten_opinion(desk, walk, cast):
    document = walk("signing")
    head = desk("head")
    address = reverse("documents:act", args=[document.code, "sign"])
    given = {"pin": PIN, "seen": document.content_digest, "strokes": DRAWN}
    assert head.post(address, given).status_code == 302
    written = Handwriting.objects.get()
    assert (written.by, written.version, written.digest) == (cast.head, document.version, document.content_digest)
    assert written.line.stage == "sign" and Entry.objects.filter(verb="documents.handwrite").count() == 1
    drawn = reverse("documents:handwriting", args=[document.code, written.line_id])
    assert drawn in head.get(reverse("documents:page", args=[document.code])).content.decode()
    assert head.get(drawn)["Content-Type"] == "image/svg+xml" and desk("outsider").get(drawn).status_code == 404
    with pytest.raises(DatabaseError), transaction.atomic():
        Handwriting.objects.update(version=9)


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"pin": "Wrong-2026"}, {"strokes": "[[[5000,1,1]]]"}, {"seen": "f" * 64}])
def test_a_refused_step_keeps_no_handwriting_and_gives_it_back(desk, walk, cast, wrong):
    document = walk("signing")
    given = {"pin": PIN, "seen": document.content_digest, "strokes": DRAWN, **wrong}
    answer = desk("head").post(reverse("documents:act", args=[document.code, "sign"]), given)
    assert answer.status_code == 422 and not Handwriting.objects.exists()
    document.refresh_from_db()
    assert document.state == "signing"
    assert cast.head.account.keys.get().failures == ("pin" in wrong)
    assert given["strokes"].split(",")[0][:4] in answer.content.decode()
