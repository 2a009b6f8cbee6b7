"""The county's office that follows up, and two departments that do."""

from datetime import timedelta

import pytest
from tests.office.incoming.conftest import office, paper  # noqa: F401  the same people

from zhengtong.foundation import clock
from zhengtong.office.supervision import actions


@pytest.fixture
def item(office):  # noqa: F811
    """A matter that the county head gave to the education bureau, opened by his secretary."""

    def give(**change):
        values = {
            "task": "完成校园安全检查",
            "owner": "YL132",
            "due": clock.today() + timedelta(days=10),
            "giver": office.head.code,
            **change,
        }
        by, organ = values.pop("by", office.secretary), values.pop("organ", office.government)
        return actions.open_item(by, values.pop("task"), values.pop("owner"), values.pop("due"), organ=organ, **values)

    return give
