"""The process dies at any statement of any step: the document is before the step, whole, and the step can be taken again."""

import pytest
from django.apps import apps
from django.db import connection

from zhengtong.foundation.audit import checkpoints
from zhengtong.foundation.files.models import File
from zhengtong.foundation.files.queries import read
from zhengtong.foundation.seals import sm3
from zhengtong.office.archive.models import Item
from zhengtong.office.dispatch import actions as dispatches
from zhengtong.office.dispatch.models import Receipt
from zhengtong.office.documents import actions
from zhengtong.office.documents.models import Document
from zhengtong.office.stamps.models import Use

from .conftest import PIN

DEATHS = 12  # of each step at most: close together at its first statements, further apart later


class Killed(BaseException):
    """Nothing catches this, as nothing catches a lost process."""


class Death:
    """Dies before the statement number `at`; without one only counts them."""

    def __init__(self, at=None):
        self.at, self.seen = at, 0

    def __call__(self, execute, sql, params, many, context):
        self.seen += 1
        if self.seen == self.at:
            raise Killed
        return execute(sql, params, many, context)


def everything():
    """Every row of every table, and that each file that a row names is there, whole."""
    assert all(sm3(read(file.sm3)) == file.sm3 for file in File.objects.all())
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            found[model._meta.label] = sorted(map(repr, cursor.fetchall()))
    return found


def survives(step):
    """Kill `step` at one statement after another; nothing has changed each time. Then let it live."""
    before, count = everything(), 0
    for at in (1, 2, *(2**n + n for n in range(1, DEATHS - 1))):
        death = Death(at)
        try:
            with connection.execute_wrapper(death):
                step()
        except Killed:
            connection.close()
            assert everything() == before, f"between two states after statement {at - 1}"
            count += 1
        else:
            return count
    step()
    return count


def copy(organ):
    return Receipt.objects.get(organ__code=organ).pk


@pytest.mark.django_db(transaction=True)
def test_a_document_is_never_between_two_steps(cast, content, government):
    head, registrar, codes = cast.head, cast.registrar, []
    deaths = survives(lambda: codes.append(actions.draft(content, cast.drafter, organ=government).code))
    code = codes[-1]
    way = (
        lambda: actions.submit(code, cast.drafter),
        lambda: actions.withdraw(code, cast.drafter),
        lambda: actions.submit(code, cast.drafter),
        lambda: actions.return_(code, cast.unit_head, "请补上责任单位"),
        lambda: actions.submit(code, cast.drafter),
        lambda: actions.review_unit(code, cast.unit_head, "同意"),
        lambda: actions.consult(code, cast.drafter, ["YL132", "YL139"]),
        lambda: actions.answer_consultation(code, cast.education, "agree"),
        lambda: actions.answer_consultation(code, cast.finance, "agree"),
        lambda: actions.review_office(code, cast.reviewer),
        lambda: actions.approve_deputy(code, cast.deputy),
        lambda: actions.sign(code, head, PIN),
        lambda: actions.recheck(code, cast.reviewer),
        lambda: actions.number(code, registrar, PIN),
        lambda: actions.typeset(code, registrar, PIN),
        lambda: actions.dispatch(code, registrar, PIN),
        lambda: dispatches.sign_for(copy("YL205"), cast.shiqiao),
        lambda: dispatches.send_back(copy("YL206"), cast.liuhe, "不属于本镇职责"),
    )
    for step in way:
        deaths += survives(step)
    assert deaths > len(way) * 4
    assert Document.objects.get().number_serial == 1  # no number was lost to the dead
    assert Item.objects.get().document == code
    assert list(checkpoints.verify()) == []


@pytest.mark.django_db(transaction=True)
def test_a_joint_document_is_never_signed_or_sealed_by_halves(allied, joint):
    code = joint("cosign").code
    way = (
        lambda: actions.return_(code, allied.president, "请补充"),
        lambda: actions.submit(code, allied.drafter),
        lambda: actions.sign(code, allied.head, PIN),
        lambda: actions.cosign(code, allied.procurator, PIN),
        lambda: actions.cosign(code, allied.president, PIN),
        lambda: actions.recheck(code, allied.reviewer, "", "另行说明"),
        lambda: actions.number(code, allied.registrar, PIN),
        lambda: actions.typeset(code, allied.registrar, PIN),
        lambda: actions.coseal(code, allied.court_registrar, PIN),
        lambda: actions.coseal(code, allied.procuratorate_registrar, PIN),
        lambda: actions.dispatch(code, allied.registrar, PIN),
    )
    assert sum(survives(step) for step in way) > len(way) * 4
    assert Document.objects.get().issuers.filter(signature__isnull=False, sealed_at__isnull=False).count() == 2
    assert Use.objects.count() == 3 and list(checkpoints.verify()) == []
