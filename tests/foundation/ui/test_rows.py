"""The rows that the rooms wrote, against the addresses that this network serves."""

import pytest
from django.urls import NoReverseMatch, reverse

from zhengtong.foundation.ui.navigation import entries


@pytest.mark.off("portal")  # nobody signs in there, so it shows no navigation
def test_every_row_that_a_room_wrote_leads_somewhere():
    entries.cache_clear()
    lost = []
    for entry in entries():
        try:
            reverse(entry.url)
        except NoReverseMatch:
            lost.append(entry.url)
    assert lost == []
