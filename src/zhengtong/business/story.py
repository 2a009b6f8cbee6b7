"""The business network's steps of both stories."""

from zhengtong.business.cases.story import STEPS as CASES
from zhengtong.business.sites.story import STEPS as SITES

STEPS = {**SITES, **CASES}
