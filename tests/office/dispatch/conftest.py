"""A notice as it is given out."""

import pytest

from zhengtong.office.dispatch import actions


@pytest.fixture
def sent(county, pdf):
    """Give a notice out to the two townships and, for information, to the party committee's office."""

    def give(document="D2026-000001", **change):
        values = {
            "number": f"云政发〔2026〕{int(document[-6:])}号",
            "title": "云岭县人民政府关于做好防火工作的通知",
            "sender": "YL003",
            "pdf": pdf,
            "recipients": ["YL205", "YL206"],
            "cc": ["YL102"],
            "by": county.dispatcher,
        }
        return actions.dispatch(document, **{**values, **change})

    return give
