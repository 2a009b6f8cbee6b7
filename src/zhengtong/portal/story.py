"""The portal's steps of both stories."""

from zhengtong.portal.counter.story import STEPS as COUNTER
from zhengtong.portal.search.story import STEPS as SEARCH

STEPS = {**SEARCH, **COUNTER}
