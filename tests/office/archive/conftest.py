"""A document as it is handed to the archive."""

import json
import shutil
from datetime import date

import pytest
from django.conf import settings
from django.db import connection

from zhengtong.foundation import clock, seals
from zhengtong.foundation.files.models import File
from zhengtong.foundation.numbers.models import Series
from zhengtong.office.archive import actions
from zhengtong.office.archive.models import Class, Fonds, Item, Member, Part, Plan
from zhengtong.office.archive.rules import RECEIVED_SERIES, Kept, Role, Way, checks, describing
from zhengtong.papers.archive import Agent, Event, leaf, signatures

KEY = seals.generate()
AT = "2026-03-01T09:00:00+08:00"


GUARDED = ("archive_finding", "archive_checked", "archive_run")


def empty():
    """A system that has never filed anything: no item, no fonds, no number, no stored file. The guards of what is only added to
    stand aside for it, here alone."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if sqlite:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (%s, %s, %s)", GUARDED)
            triggers = cursor.fetchall()
            before, after = [f"DROP TRIGGER {name}" for name, _sql in triggers], [sql for _name, sql in triggers]
        else:  # what the transaction has still to prove stands in the way of ALTER
            before = ["SET CONSTRAINTS ALL IMMEDIATE", *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in GUARDED)]
            after = [*(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in GUARDED), "SET CONSTRAINTS ALL DEFERRED"]
        for statement in (*before, *(f"DELETE FROM {table}" for table in GUARDED), *after):
            cursor.execute(statement)
    for model in (Part, Item, Plan, Class, Member, Fonds, Series, File):
        model.objects.all().delete()
    shutil.rmtree(settings.MEDIA_ROOT)
    settings.MEDIA_ROOT.mkdir()


def confirm(choices, by):
    """File with every question of the checks answered by yes."""
    return actions.confirm(choices, by, checks.affirmed(checks.Stage.FILING))


@pytest.fixture
def fonds(county):
    """The government and its office share one fonds with two classes; the party committee has another without."""
    one = actions.open_fonds("Z003", "云岭县人民政府", ["YL003", "YL130"], None)
    actions.add_class("Z003", "BGS", "办公室", None)
    actions.add_class("Z003", "YWL", "业务类", None)
    actions.open_fonds("Z001", "中共云岭县委", ["YL001", "YL102"], None)
    return one


def signed(text):
    """Exactly what was signed, and the signature over its digest."""
    exact = json.dumps({"body": text}, ensure_ascii=False).encode()
    digest = seals.sm3(exact)
    signature = seals.sign(KEY, bytes.fromhex(digest))
    own = signatures.Signed("签发", "签发内容.json", digest, "孟若山", AT, signatures.OVER_DIGEST, signature, seals.public_of(KEY))
    return exact, signatures.write([own])


def sheet(name, text):
    return leaf.pdf(leaf.Leaf(name, text, (("标题", text),)), clock.now())


@pytest.fixture(scope="session")
def sheets():
    """Sheets are alike in every test; set once."""
    return {name: sheet(name, "关于防火的通知") for name in ("发文处理单", "收文处理单", "定稿", "花脸稿")}


@pytest.fixture
def prefile(county, pdf, sheets):
    def give(serial=1, **change):
        by, document = change.pop("by", county.dispatcher), change.pop("document", f"D2026-{serial:06d}")
        exact, block = signed(f"第{serial}件")
        kept = change.pop("kept", None) or [
            Kept(Role.FINAL, "正本.pdf", sm3=change.pop("pdf", pdf)),
            *(Kept(Role.ATTACHMENT, name, sm3=sm3) for name, sm3 in change.pop("attachments", ())),
            Kept(Role.SHEET, "发文处理单.pdf", sheets["发文处理单"]),
            Kept(Role.DRAFT, "定稿.pdf", sheets["定稿"]),
            Kept(Role.SIGNED, "签发内容.json", exact),
            Kept(Role.TRACES, "花脸稿.pdf", sheets["花脸稿"]),
            Kept(Role.SIGNATURES, "电子签名.xml", block),
        ]
        values = {
            "way": Way.ISSUED,
            "organ": "YL003",
            "maker": "云岭县人民政府",
            "number": f"云政发〔2026〕{serial}号",
            "series": "云政发",
            "year": 2026,
            "serial": serial,
            "title": f"云岭县人民政府关于第{serial}件事的通知",
            "kind": "notice",
            "kind_name": "通知",
            "written_on": date(2026, 3, (serial - 1) % 28 + 1),
            "mains": "各乡镇人民政府",
        }
        events = (Event("YLP00001", "起草", AT, "第十九条"), Event("YLP00002", "签发", AT, "第二十二条", "同意"))
        agents = (
            Agent("YL003", "单位", "云岭县人民政府"),
            Agent("YLP00001", "个人", "林文", "YL130", "科员"),
            Agent("YLP00002", "个人", "孟若山", "YL003", "县长"),
        )
        return actions.prefile(document, describing.Facts(**{**values, **change}), kept, events, agents, by)

    return give


@pytest.fixture
def receive(county, pdf, sheets):
    """A closed incoming paper as it is handed to the archive."""

    def give(serial=1, **change):
        values = {
            "way": Way.RECEIVED,
            "organ": "YL003",
            "maker": "云州市人民政府",
            "number": f"云政收〔2026〕{serial}号",
            "original": f"云州政发〔2026〕{serial}号",
            "series": RECEIVED_SERIES,
            "year": 2026,
            "serial": serial,
            "title": f"云州市人民政府关于第{serial}件事的通知",
            "kind": "notice",
            "kind_name": "通知",
            "written_on": date(2026, 2, (serial - 1) % 28 + 1),
            "important": True,
            "mains": "云岭县人民政府",
        }
        kept = [Kept(Role.FINAL, "来文扫描件.pdf", sm3=pdf), Kept(Role.SHEET, "收文处理单.pdf", sheets["收文处理单"])]
        events = (Event("YLP00003", "签收登记", AT, "第二十四条（一）（二）"), Event("YLP00003", "办结", AT, "第二十四条（七）", "已办"))
        agents = (Agent("YLP00003", "个人", "收文员", "YL130", ""),)
        document = change.pop("document", f"S2026-{serial:06d}")
        return actions.prefile(document, describing.Facts(**{**values, **change}), kept, events, agents, county.dispatcher)

    return give
