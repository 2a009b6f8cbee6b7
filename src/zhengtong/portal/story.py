"""The portal's steps of both stories."""

from zhengtong.portal.counter.story import STEPS as COUNTER
from zhengtong.portal.pages.story import STEPS as PAGES

STEPS = {**PAGES, **COUNTER}
