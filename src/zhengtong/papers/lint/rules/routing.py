"""行文规则 (条例第十三条至第十七条): who may write what to whom. The directory decides; else only what names make certain."""

import re
from collections.abc import Iterator

from zhengtong.papers.reading.elements import Role

from . import relations
from .rule import ERROR, WARNING, Hit, Rule, first, need, text
from .sheet import Sheet

DIRECTIVE = frozenset({"decision", "notice", "circular", "opinion", "order"})
CONSENT = re.compile(
    r"(?:经|报请?|受)[^。；\n]{0,30}(?:政府|国务院|[省市县区州]委|党委|常委会|党组)[^。；\n]{0,12}(?:同意|批准|授权|审定|委托)|政府(?:领导)?同意"
)
DUAL = re.compile(r"公安局|审计局|纪律检查|纪委|监察委|监委")
DONE = frozenset({"signed", "rechecked", "registered", "printed", "sealed", "issued"})
PASSED_ON = re.compile(r"(?:现将|兹将|现)[^。\n]{0,40}请示[^。\n]{0,20}(?:转报|转呈|呈报|上报|报送|呈上|转请)")
OWN_VIEW = re.compile(
    r"(?:我[省市县区州局厅委办]|本[局县市级]|我们)(?:的?意见|认为|同意|拟同意|建议|研究)|经研究|经审核|经审查|倾向性?意见|初步意见"
)
WRONG_WAY = {"report": ("down", "peer"), "request": ("down", "peer"), "reply": ("up", "peer")}


def _at(sheet: Sheet) -> Hit:
    return Hit(first(sheet, Role.RECIPIENTS, Role.TITLE))


def _copied_down(sheet: Sheet) -> Iterator[Hit]:
    if sheet.upward:
        for name in sheet.cc:
            if sheet.relation(name) == "down":
                yield Hit(first(sheet, Role.CC), facts={"name": name})


def _skips(sheet: Sheet) -> Iterator[Hit]:
    """越级: the organ passed over gets a copy at least (第十四条)."""
    for name in sheet.recipients:
        passed = (sheet.context.skipped or {}).get(name)
        if passed is not None:
            if missing := [one for one in passed if one not in sheet.cc]:
                yield Hit(first(sheet, Role.RECIPIENTS), facts={"name": missing[0]})
        elif sheet.upward and sheet.context.skipped is None and relations.gap(sheet.issuer, name) > 1:
            own, other = relations.organ(sheet.issuer).rank, relations.organ(name).rank
            if not any(own < relations.organ(copy).rank < other for copy in sheet.cc):
                yield Hit(first(sheet, Role.RECIPIENTS), facts={"name": "被越过的机关"})


def _wrong_way(sheet: Sheet) -> Iterator[Hit]:
    for name in sheet.recipients:
        if sheet.relation(name) in WRONG_WAY.get(sheet.kind, ()):
            yield Hit(first(sheet, Role.RECIPIENTS), facts={"name": name, "kind": sheet.type.name if sheet.type else ""})


def _many_matters(sheet: Sheet) -> Iterator[Hit]:
    if sheet.kind != "request":
        return
    asked = [p for p in sheet.elements.of(Role.HEADING) if p.level == 1 and re.match(r"[^、]{1,4}、\s*(?:申请|请求|恳请|请示)", p.text)]
    if len(asked) > 1:
        yield Hit(asked[1])
    for piece in sheet.elements.of(Role.PARA, Role.HEADING):
        found = re.search(
            r"申请.*[二两]、申请|(?:一并)?请示(?:以下|如下)?(?:两|二|三|四|几|多)(?:个|项)(?:事项|问题)|一并请示以下", piece.text
        )
        if found:
            yield Hit(piece, found.start(), found.end())


def _internal(sheet: Sheet) -> Iterator[Hit]:
    if sheet.recipients and (sheet.context.issuer_kind == "unit" or any(relations.is_internal(name) for name in sheet.issuers)):
        yield Hit(first(sheet, Role.MARK, Role.SIGNATURE, Role.TITLE))


def _commands(sheet: Sheet) -> Iterator[Hit]:
    """A department does not command a lower party committee or government unless its own government agreed (第十六条（二）)."""
    kind = sheet.context.issuer_kind
    department = kind == "department" if kind else relations.is_department(sheet.issuer)
    if not department or sheet.kind not in DIRECTIVE or sheet.context.consent or CONSENT.search(sheet.own.text):
        return
    own = relations.organ(sheet.issuer).rank
    for name in sheet.recipients:
        other = relations.organ(name)
        if other.leads and 0 < other.rank < own:
            yield Hit(first(sheet, Role.RECIPIENTS), facts={"name": name})
            return


def _disagreed(sheet: Sheet) -> Iterator[Hit]:
    state = sheet.context.state
    if state is None or state in DONE:
        for name, answer in (sheet.context.consulted or {}).items():
            if answer == "disagree" and not sheet.upward:
                yield Hit(first(sheet, Role.TITLE), facts={"name": name})


def _unequal(sheet: Sheet) -> Iterator[Hit]:
    ranks = {rank for name in sheet.issuers if (rank := relations.organ(name).rank)}
    if len(ranks) > 1:
        yield Hit(first(sheet, Role.MARK, Role.SIGNATURE, Role.TITLE))


def _forwarded(sheet: Sheet) -> Iterator[Hit]:
    if sheet.kind != "request":
        return
    own = sheet.own.text
    given = sheet.context.forwards
    if given and len(given) > 50 and given.strip() in own:
        yield _at(sheet)
    elif (given or PASSED_ON.search(own)) and not OWN_VIEW.search(own):
        piece = next((p for p in sheet.own.pieces if PASSED_ON.search(p.text)), None)
        yield Hit(piece) if piece else _at(sheet)


def _other_superior(sheet: Sheet) -> Iterator[Hit]:
    superiors = sheet.context.superiors
    told = [*sheet.recipients, *sheet.cc]
    if superiors is not None:
        if any(one in told for one in superiors) and (missing := [one for one in superiors if one not in told]):
            yield Hit(first(sheet, Role.CC, Role.RECIPIENTS), facts={"name": missing[0]})
    elif sheet.upward and DUAL.search(sheet.issuer) and any(DUAL.search(name) for name in sheet.recipients):
        own = relations.organ(sheet.issuer)
        if not any(relations.organ(name).leads and relations.organ(name).rank == own.rank for name in told):
            yield Hit(first(sheet, Role.CC, Role.RECIPIENTS), facts={"name": f"{own.place}政府"})


def _answers(sheet: Sheet) -> Iterator[Hit]:
    """批复 and 复函 name the paper that they answer, in their first words."""
    answering = sheet.kind == "reply" or sheet.title.endswith(("复函", "的答复"))
    if not answering or sheet.context.answers:
        return
    opening = "".join(piece.text for piece in sheet.own.pieces[:3])
    if sheet.own.pieces and not re.search(
        r"收悉|〔\d{4}〕|来函|来文|来电|请示|《[^》]*(?:函|报告|建议|提案)》|(?:建议|提案|函)[^。]{0,30}收", opening
    ):
        yield Hit(sheet.own.pieces[0])


def _no_contact(sheet: Sheet) -> Iterator[Hit]:
    if sheet.kind == "request" and not any(re.search(r"联\s*系\s*人|电话", piece.text) for piece in sheet.elements.of(Role.NOTE)):
        yield Hit(first(sheet, Role.NOTE))


# fmt: off
RULES = (
    Rule("RT-01", ERROR, "条例第十五条（一）", "上行文不得抄送下级机关（%(name)s）", "An upward document is not copied to a subordinate (%(name)s)", _copied_down, "cc", needs=("relations",)),
    Rule("RT-02", ERROR, "条例第十四条", "越级行文应当同时抄送%(name)s", "A document that skips a level is copied to the body passed over (%(name)s)", _skips, "recipients", needs=("skipped",)),
    Rule("RT-03", ERROR, "条例第八条", "%(kind)s不能主送%(name)s，应当用函等文种", "A %(kind)s can't go to %(name)s; use a 函", _wrong_way, "recipients", needs=("relations",)),
    Rule("RT-04", ERROR, "条例第十五条（四）", "报告中不得夹带请示事项", "A 报告 holds no matter for decision",
         text(r"(?<![报申提呈经商])请(?:予以?)?(?:批示|批准|审批|批复)|妥否|当否", hints="请 否", kinds=("report",), own=True)),
    Rule("RT-05", ERROR, "条例第十五条（四）", "请示应当一文一事", "One matter for each 请示", _many_matters, "heading"),
    Rule("RT-06", ERROR, "条例第十七条", "除办公厅（室）外，内设机构不得对外正式行文", "An internal unit other than the office does not write outside", _internal, "issuer_mark", needs=("issuer_kind",)),
    Rule("RT-07", ERROR, "条例第十六条（二）", "部门不得向%(name)s发布指令性公文；经政府同意的，文中应当注明", "A department gives no directive to %(name)s; if the government agreed, the text says so",
         _commands, "recipients", needs=("issuer_kind", "consent")),
    Rule("RT-08", ERROR, "条例第十六条（四）", "%(name)s未同意，不得向下行文", "No document goes down while %(name)s disagrees", need(_disagreed, "consulted"), "title", needs=("consulted", "state")),
    Rule("RT-09", ERROR, "条例第十七条", "联合行文的机关应当同级", "Joint issuers stand on the same level", _unequal, "issuer_mark"),
    Rule("RT-10", ERROR, "条例第十五条（三）", "转报下级机关的请示应当提出倾向性意见，不得原文转报", "A subordinate's 请示 is not passed on verbatim; it needs one's own opinion", _forwarded, "para", needs=("forwards",)),
    Rule("RT-11", WARNING, "条例第十五条（六）、第十六条（五）", "受双重领导的机关行文，必要时抄送另一上级机关（%(name)s）", "A body led twice copies its other superior (%(name)s)", _other_superior, "cc", needs=("superiors",)),
    Rule("RT-12", ERROR, "条例第二十四条（七）", "批复、复函应当引述来文的标题和文号", "A reply cites the document that it answers", _answers, "para", needs=("answers",)),
    Rule("RT-13", WARNING, "公文惯例", "请示的结束语用“妥否，请批示”等，不用“特此报告”", "A 请示 closes with a request, not with 特此报告",
         text(r"特此(?:请示)?报告", hints="特此", kinds=("request",), own=True)),
    Rule("RT-14", WARNING, "公文惯例", "函用平等商洽的语气，不用“你局必须”等命令语气", "A 函 uses no tone of command",
         text(r"[你贵](?:局|单位|县|市|区|委|办|厅|部|镇|乡)(?:必须|务必|应当立即)", hints="必须 务必 应当立即", kinds=("letter",), own=True)),
    Rule("RT-15", WARNING, "公文惯例", "请示应当在附注处注明联系人和电话", "A 请示 gives a contact and telephone in its note", _no_contact, "note"),
)
# fmt: on
