"""One small county: a government, its office, a bureau, two townships, and five people."""

from django.test import Client

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.entry import WAY
from zhengtong.foundation.accounts.models import Account, Grant
from zhengtong.foundation.accounts.rules import Way
from zhengtong.foundation.orgs import actions, sheets
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.orgs.rules.tables import Row

# fmt: off
ORGANS = [
    dict(zip(("code", "name", "short_name", "letters", "kind", "level", "parent"), row, strict=True))
    for row in (
        ("YZ003", "云州市人民政府",         "市政府",     "云州政", "superior",   "city",     ""),
        ("YL003", "云岭县人民政府",         "县政府",     "云政",   "government", "county",   "YZ003"),
        ("YL130", "云岭县人民政府办公室",   "县政府办",   "云政办", "department", "county",   "YL003"),
        ("YL132", "云岭县教育局",           "县教育局",   "云教",   "department", "county",   "YL003"),
        ("YL205", "云岭县石桥镇人民政府",   "石桥镇政府", "石桥政", "township",   "township", "YL003"),
        ("YL201", "云岭县云城街道办事处",   "云城街道办", "云城街", "township",   "township", "YL003"),
    )
]
# fmt: on
UNITS = [{"code": "YL130-01", "organ": "YL130", "name": "文电科", "is_office": True}]
POSTS = [
    {"code": "YL003-P001", "organ": "YL003", "unit": "", "title": "县长", "rank": "principal"},
    {"code": "YL130-P001", "organ": "YL130", "unit": "", "title": "主任", "rank": "principal"},
    {"code": "YL130-P002", "organ": "YL130", "unit": "YL130-01", "title": "科员", "rank": "staff"},
    {"code": "YL132-P001", "organ": "YL132", "unit": "", "title": "局长", "rank": "principal"},
]
PEOPLE = [
    {"code": "YLP00001", "name": "孟若山", "post": "YL003-P001", "main": True, "since": "2024-03-01"},
    {"code": "YLP00002", "name": "宋砚秋", "post": "YL130-P001", "main": True, "since": "2024-03-01"},
    {"code": "YLP00003", "name": "林雯舒", "post": "YL130-P002", "main": True, "since": "2024-03-01"},
    {"code": "YLP00002", "name": "宋砚秋", "post": "YL132-P001", "main": False, "since": "2025-03-01"},
]


def tables(**instead: list[dict[str, object]]) -> dict[str, list[Row]]:
    """The county's tables as a hand-in, some of them exchanged."""
    return sheets.rows_of({"organs": ORGANS, "units": UNITS, "posts": POSTS, "people": PEOPLE, **instead})


def only(**given: list[dict[str, object]]) -> dict[str, list[Row]]:
    """A hand-in of these tables alone."""
    return sheets.rows_of(given)


def settle() -> None:
    """Plant the small county."""
    actions.take_in(tables(), by=None, source="cast")


def sign_in(client: Client, code: str, *roles: str) -> Person:
    """Sign the person in with an account of his own, his main post holding these roles."""
    person = Person.objects.get(code=code)
    for role in roles:
        Grant.objects.create(post=person.main_post, role=role, at=clock.now(), granted_by="cast")
    account = Account(username=code.lower(), person=person, is_active=True, must_change=False, secret_at=clock.real_now())
    account.created_at = account.activated_at = clock.now()
    account.created_by = account.activated_by = "cast"
    account.set_unusable_password()
    account.save(force_insert=True)
    client.force_login(account)
    session = client.session
    session[WAY] = Way.KEY.value
    session.save()
    return person
