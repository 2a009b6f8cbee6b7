"""Forms as data: what a resident is asked, and the same checks wherever he answers.

A form is a list of fields and a list of materials, plain JSON that travels with the release to the portal;
the portal checks before it seals, the business network checks again after it opens.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _


class Kind(StrEnum):
    TEXT = "text"
    LONG = "long"
    NAME = "name"
    IDENTITY = "identity"
    PHONE = "phone"
    DATE = "date"
    CHOICE = "choice"
    CREDIT_CODE = "credit_code"


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `limit` is the longest answer in characters."""

    key: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = True
    help: str = ""
    choices: tuple[str, ...] = ()
    limit: int = 200


@dataclass(frozen=True, slots=True)
class Material:
    """One paper to hand in. `kinds` as in `files.rules.KINDS`; `limit_mb` in binary megabytes."""

    key: str
    label: str
    required: bool = True
    help: str = ""
    kinds: tuple[str, ...] = ("pdf", "jpg", "png")
    limit_mb: int = 25


def fields_of(rows: Sequence[Mapping[str, object]]) -> tuple[Field, ...]:
    """Fields from their JSON rows; raises ValueError when a row is not a field."""
    try:
        return tuple(
            Field(**{**row, "kind": Kind(str(row.get("kind", "text"))), "choices": tuple(row.get("choices", ()))})  # type: ignore[arg-type]
            for row in rows
        )
    except TypeError as error:
        raise ValueError(str(error)) from error


def materials_of(rows: Sequence[Mapping[str, object]]) -> tuple[Material, ...]:
    """Materials from their JSON rows; raises ValueError when a row is not a material."""
    try:
        return tuple(Material(**{**row, "kinds": tuple(row.get("kinds", ("pdf", "jpg", "png")))}) for row in rows)  # type: ignore[arg-type]
    except TypeError as error:
        raise ValueError(str(error)) from error


def identity_objection(number: str, today: date | None = None) -> str | None:
    """What is wrong with an 18-character identity number, or None (GB 11643-1999: date and check character)."""
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", number):
        return _("身份证号应为18位，前17位是数字，末位是数字或X")
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return _("身份证号第7至14位不是有效日期")
    if born.year < 1900 or (today is not None and born > today):
        return _("身份证号第7至14位不是有效日期")
    weights = [2 ** (17 - n) % 11 for n in range(17)]
    expected = "10X98765432"[sum(int(d) * w for d, w in zip(number, weights, strict=False)) % 11]
    return None if number[17] == expected else _("身份证号末位校验不符，请核对是否输错")


def credit_code_objection(code: str) -> str | None:
    """What is wrong with an 18-character unified social credit code, or None (GB 32100-2015)."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    if len(code) != 18 or any(c not in alphabet for c in code):
        return _("统一社会信用代码应为18位数字或大写字母（不含I、O、S、V、Z）")
    total = sum(alphabet.index(c) * (3**n % 31) for n, c in enumerate(code[:17]))
    return None if alphabet[(31 - total % 31) % 31] == code[17] else _("统一社会信用代码末位校验不符，请核对是否输错")


def phone_objection(number: str) -> str | None:
    """What is wrong with a phone number, or None: a mobile, or a landline with its area code."""
    good = re.fullmatch(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}", number)
    return None if good else _("请填写11位手机号，或带区号的固定电话")


def name_objection(name: str) -> str | None:
    """What is wrong with a personal name, or None. Rare characters and the middle dot are welcome."""
    return None if re.fullmatch(r"[^\W\d_]{2,30}(?:·[^\W\d_]{1,30})*", name) else _("请填写证件上的姓名，不含数字和符号")


def normal(kind: Kind, answer: str) -> str:
    """The answer as it is kept: trimmed, half-width where a number is meant."""
    answer = answer.strip()
    if kind in (Kind.IDENTITY, Kind.PHONE, Kind.CREDIT_CODE):
        answer = answer.translate({0xFF01 + n: 0x21 + n for n in range(94)}).replace(" ", "").upper()
    return answer


def answer_objection(field: Field, answer: str, today: date | None = None) -> Objection | None:
    """What is wrong with one answer (already `normal`), or None."""
    if not answer:
        return Objection(_("请填写“%(label)s”"), {"label": field.label}, field.key) if field.required else None
    if len(answer) > field.limit:
        return Objection(
            _("“%(label)s”最多%(limit)d个字，现有%(count)d个"),
            {"label": field.label, "limit": field.limit, "count": len(answer)},
            field.key,
        )
    if any(ord(c) < 32 and c not in "\r\n\t" for c in answer):
        return Objection(_("“%(label)s”含有不可见的控制字符"), {"label": field.label}, field.key)
    text: str | None = None
    match field.kind:
        case Kind.IDENTITY:
            text = identity_objection(answer, today)
        case Kind.PHONE:
            text = phone_objection(answer)
        case Kind.CREDIT_CODE:
            text = credit_code_objection(answer)
        case Kind.NAME:
            text = name_objection(answer)
        case Kind.CHOICE:
            text = None if answer in field.choices else _("请从列出的选项中选择")
        case Kind.DATE:
            text = _date_objection(answer)
    return Objection(text, {}, field.key) if text else None


def _date_objection(answer: str) -> str | None:
    try:
        date.fromisoformat(answer)
    except ValueError:
        return _("请填写有效日期，例如2026-03-02")
    return None


def check(fields: Sequence[Field], answers: Mapping[str, str], today: date | None = None) -> tuple[dict[str, str], list[Objection]]:
    """The normalised answers to exactly these fields, and all objections, in the form's order."""
    kept = {field.key: normal(field.kind, str(answers.get(field.key, ""))) for field in fields}
    found = [answer_objection(field, kept[field.key], today) for field in fields]
    return kept, [no for no in found if no]


def missing_materials(materials: Sequence[Material], handed_in: Sequence[str]) -> list[Objection]:
    """An objection for each required material that was not handed in."""
    return [Objection(_("请上传“%(label)s”"), {"label": m.label}, m.key) for m in materials if m.required and m.key not in handed_in]


def masked(kind: Kind, answer: str) -> str:
    """The answer as it may be shown where the whole is not needed (个人信息保护法第六条)."""
    if kind is Kind.IDENTITY and len(answer) == 18:
        return answer[:6] + "*" * 8 + answer[14:]
    if kind is Kind.PHONE and len(answer) > 7:
        return answer[:3] + "*" * (len(answer) - 7) + answer[-4:]
    if kind is Kind.NAME and answer:
        return answer[0] + "*" * (len(answer) - 1)
    return answer
