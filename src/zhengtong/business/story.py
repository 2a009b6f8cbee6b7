"""The business network's steps of both stories."""

from zhengtong.business.sites.story import STEPS as SITES

STEPS = {**SITES}
