"""What was published, told as differences: any history ends in the same state, and what does not fit changes nothing."""

import random
from datetime import timedelta

import pytest

from zhengtong.foundation import clock
from zhengtong.foundation.refusal import Refused
from zhengtong.oversight.inspection import actions
from zhengtong.oversight.inspection.actions.published import served
from zhengtong.oversight.inspection.models import Published, PublishedFile, Site

pytestmark = pytest.mark.django_db


def told(number, files, **more):
    return {
        "site": "yunling", "name": "云岭县人民政府", "domain": "www.yunling.gov.cn", "organ": "YL115", "release": f"yunling-{number:06}",
        "at": clock.now().isoformat(), "files": files, **more,
    }  # fmt: skip


def known():
    return dict(PublishedFile.objects.filter(last__isnull=True).values_list("path", "sm3"))


def changed(die, files):
    """Another state of a site, as the die falls."""
    after = {path: sm3 for path, sm3 in files.items() if die.random() > 0.1}
    return after | {f"p{die.randrange(30)}/index.html": f"{die.randrange(5)}" * 64 for _n in range(die.randint(0, 6))}


@pytest.mark.parametrize("seed", range(6))
def test_any_history_of_differences_ends_in_the_state_of_the_last_release(seed):
    die, files = random.Random(seed), {"index.html": "a" * 64}
    actions.take_published(told(1, files, columns=[], total=1))
    states = [files]
    for number in range(2, 20):
        before, files = files, changed(die, files)
        if die.random() < 0.15:
            actions.take_published(told(number, files, total=len(files)))
        else:
            fresh = {path: sm3 for path, sm3 in files.items() if before.get(path) != sm3}
            gone = sorted(before.keys() - files.keys())
            actions.take_published(told(number, fresh, before=f"yunling-{number - 1:06}", gone=gone, total=len(files)))
        states.append(files)
        assert known() == files
    layers = served(Site.objects.get(), clock.now() - timedelta(minutes=5), clock.now())
    assert layers[0].items() >= files.items()
    for path in {path for state in states for path in state}:
        digests = {layer[path] for layer in layers if path in layer}
        assert digests == {state[path] for state in states if path in state}


@pytest.mark.parametrize(
    "more",
    [
        {"before": "yunling-000007"},  # a gap
        {"before": "yunling-000001", "total": 9},  # something was lost
        {"before": "yunling-000001", "gone": ["never/there.html"], "total": 1},
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(more):
    actions.take_published(told(1, {"index.html": "a" * 64}, columns=[], total=1))
    with pytest.raises(Refused):
        actions.take_published(told(2, {"b/index.html": "b" * 64}, **more))
    assert known() == {"index.html": "a" * 64} and Published.objects.count() == 1


def test_the_major_version_before_told_everything_and_is_still_taken():
    old = told(1, {"index.html": "a" * 64}, columns=[{"path": "news", "name": "要闻", "organ": "YL132", "days": 7}], dynamic=["/search/"])
    actions.take_published(old)
    actions.take_published(told(2, {"index.html": "b" * 64}, columns=[]))
    assert known() == {"index.html": "b" * 64}
    actions.take_published(told(3, {}, before="yunling-000002", gone=[], total=1))
    site = Site.objects.get()
    assert site.periods == {} and site.dynamic == [] and known() == {"index.html": "b" * 64}
