"""A portal that serves one guide, opposite a business network that exists only as keys."""

import json
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.test import Client

from zhengtong.foundation import seals
from zhengtong.foundation.files import tree
from zhengtong.foundation.seals.keys import Peer, trust
from zhengtong.portal.counter import forms
from zhengtong.portal.pages import folders

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
NAME, IDENTITY = "龘靐齉爩", "530899196801155237"
ITEM = {
    "code": "YL-1",
    "name": "小餐饮经营许可",
    "summary": "开饭馆先办",
    "organ": "县行政审批局",
    "promised_days": 5,
    "fields": [
        {"key": "name", "label": "姓名", "kind": "name"},
        {"key": "identity", "label": "身份证号", "kind": "identity"},
        {"key": "phone", "label": "电话", "kind": "phone"},
        {"key": "business", "label": "经营品种", "kind": "choice", "choices": ["热食", "饮品"]},
        {"key": "note", "label": "说明", "kind": "long", "required": False, "limit": 20},
    ],
    "materials": [
        {"key": "plan", "label": "平面图", "limit_mb": 25},
        {"key": "health", "label": "健康证明", "required": False, "limit_mb": 1, "kinds": ["pdf", "docx"]},
    ],
}


@pytest.fixture
def business(db, network_keys):
    """The business network's private keys, which the portal never sees."""
    keys = SimpleNamespace(signing=seals.generate(), decryption=seals.generate())
    trust(Peer("business", seals.public_of(keys.signing), seals.public_of(keys.decryption)))
    site = {"name": "云岭县", "navigation": [{"kind": "services", "href": "/services/"}]}
    files = {
        "index.html": b"",
        "data/items.json": json.dumps([ITEM], ensure_ascii=False).encode(),
        "data/site.json": json.dumps(site).encode(),
    }
    root, listings = tree.fold({path: seals.sm3(content) for path, content in files.items()})
    sent = listings | {seals.sm3(content): content for content in files.values()}
    folders.take([(sm3, len(content)) for sm3, content in sent.items()], BytesIO(b"".join(sent.values())))
    folders.lay(root)
    folders.switch(root)
    return keys


@pytest.fixture
def filled():
    """What a resident writes; a fresh form each time."""

    def data(**changed):
        answers = {"a_name": NAME, "a_identity": IDENTITY, "a_phone": "13800000001", "a_business": "热食", "consent": "on"}
        return {**answers, "once": forms.fresh(), **changed}

    return data


@pytest.fixture
def resident():
    return Client()


@pytest.fixture
def handed_in(business, filled, resident):
    """An application on its way: the receipt number and the code."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = resident.post("/counter/apply/YL-1/", filled(m_plan=SimpleUploadedFile("图.pdf", PDF + b"x" * 100)), follow=True)
    assert answer.status_code == 200, answer.content.decode()
    return SimpleNamespace(number=answer.context["found"].number, code=answer.context["code"], page=answer)
