"""Plants the fonds of the demo county: one for each leading organ with its office, one for every other organ."""

from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.rules import Kind
from zhengtong.office.documents import queries as documents

from . import actions
from .models import Fonds

CLASSES = (("BGS", "办公室"), ("YWL", "业务类"))  # of the fonds of the sample accounts
# class, by what, value, source: the plan by which a class is proposed
PLAN = (
    ("BGS", "kind", "纪要", "示范：县政府归档文件分类方案第三条"),
    ("BGS", "word", "值班", "示范：县政府归档文件分类方案第三条"),
    ("YWL", "way", "收文", "示范：县政府归档文件分类方案第四条"),
)


def plant() -> str:
    """Plant the fonds once; a second run does nothing."""
    if Fonds.objects.exists():
        return "fonds are there"
    done: set[str] = set()
    count = 0
    for organ in [*orgs.leading(), *orgs.departments(), *orgs.townships()]:
        if organ.code in done:
            continue
        office = documents.office_of(organ) if organ.kind != Kind.DEPARTMENT else organ
        members = list(dict.fromkeys([organ.code, office.code]))
        count += 1
        fonds = actions.open_fonds(f"Z{count:03d}", organ.name, [code for code in members if code not in done], None)
        done.update(members)
        if organ.kind == Kind.GOVERNMENT:
            for code, name in CLASSES:
                actions.add_class(fonds.code, code, name, None)
            for row in PLAN:
                actions.add_plan(fonds.code, *row, None)
    return f"{count} fonds"
