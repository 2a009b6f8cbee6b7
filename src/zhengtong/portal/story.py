"""The portal's steps of both stories."""

from zhengtong.portal.counter.story import STEPS as COUNTER
from zhengtong.portal.finding.story import STEPS as PAGES

STEPS = {**PAGES, **COUNTER}
