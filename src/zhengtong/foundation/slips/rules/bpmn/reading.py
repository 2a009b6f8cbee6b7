"""From BPMN to rows. The file is a stranger's: no document type, no entities, no network, no more than a slip can hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from zhengtong.foundation.accounts.rules import ROLES
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips.rules.patterns import KINDS, LONGEST, MOST_DAYS, MOST_ROWS, Entry, Kind, plain

from .words import BPMN, MOST_BYTES, MOST_NODES, OURS, Sheet, bpmn, ours

TASKS = frozenset({"userTask", "manualTask", "task"})
NODES = TASKS | {"startEvent", "endEvent", "parallelGateway"}
CODE = re.compile(r"[\w.-]{0,30}")
# What a node may hold: how it hangs together, and what other tools note for themselves.
WITHIN = frozenset({"incoming", "outgoing", "extensionElements"})


@dataclass(frozen=True, slots=True)
class Node:
    element: etree._Element
    tag: str
    name: str
    into: tuple[str, ...]
    out: tuple[str, ...]


def read(data: bytes, kind: Kind) -> Sheet:
    """The rows of a file for this kind of paper; what a slip can't say is refused with the element named."""
    root = _parsed(data)
    (process, participant) = _only_process(root)
    own = process.find(f"{bpmn('extensionElements')}/{ours('slip')}")
    said = own.attrib if own is not None else {}
    if said.get("kind", kind.code) != kind.code:
        named = KINDS.get(str(said["kind"]))
        raise Refused(
            _("这是“%(kind)s”的模板，不能用于“%(wanted)s”"), kind=named.label if named else str(said["kind"])[:24], wanted=kind.label
        )
    nodes, lanes = _nodes(process), _lanes(process)
    entries: list[Entry] = []
    named: list[str] = []
    for place in _places(nodes):
        for number, key in enumerate(place):
            entries.append(_entry(nodes[key], kind, lanes.get(key, ""), beside=number > 0))
            named.append(lanes.get(key, ""))
    if len(entries) > MOST_ROWS:
        raise Refused(_("一张办理单最多%(most)d行"), most=MOST_ROWS)
    note = plain(process.findtext(bpmn("documentation"), ""))[:200]
    version = str(said.get("version", ""))
    return Sheet(
        kind.code, process.get("name", "")[:80], str(said.get("organ", ""))[:20], participant, int(version) if re.fullmatch("[0-9]{1,4}", version) else 0,
        note, tuple(entries), tuple(named),
    )  # fmt: skip


def _parsed(data: bytes) -> etree._Element:
    if len(data) > MOST_BYTES:
        raise Refused(_("文件太大，不像是办理单"))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(_("不是合格的XML文件")) from error
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise Refused(_("文件不得含文档类型或实体声明"))
    if root.tag != bpmn("definitions"):
        raise Refused(_("不是BPMN 2.0文件"))
    return root


def _no(element: etree._Element) -> Refused:
    """The element that a slip has no words for."""
    tag = etree.QName(element).localname if isinstance(element.tag, str) else "?"
    name = element.get("name") or element.get("id") or ""
    return Refused(_("办理单不能表示第%(line)d行的%(tag)s“%(name)s”"), line=element.sourceline or 0, tag=tag[:40], name=name[:40])


def _only_process(root: etree._Element) -> tuple[etree._Element, str]:
    processes, participants = root.findall(bpmn("process")), root.findall(f"{bpmn('collaboration')}/{bpmn('participant')}")
    for element in root:
        if etree.QName(element).namespace == BPMN and element.tag not in (
            bpmn("process"),
            bpmn("collaboration"),
            bpmn("extensionElements"),
        ):
            raise _no(element)
    for element in root.iterfind(f"{bpmn('collaboration')}/*"):
        if element.tag not in (bpmn("participant"), bpmn("extensionElements")):
            raise _no(element)
    if len(processes) != 1:
        raise _no(processes[1]) if processes else Refused(_("文件里没有流程"))
    if len(participants) > 1:
        raise _no(participants[1])
    return processes[0], participants[0].get("name", "")[:120] if participants else ""


def _nodes(process: etree._Element) -> dict[str, Node]:
    """The nodes by their ids, with the flows between them; anything else is refused."""
    elements: dict[str, etree._Element] = {}
    flows: list[tuple[str, str]] = []
    for element in process:
        tag = etree.QName(element)
        if tag.namespace != BPMN:
            raise _no(element)
        if tag.localname in NODES:
            if any(child.tag not in {bpmn(name) for name in WITHIN} for child in element) or element.get("id", "") in elements:
                raise _no(next((c for c in element if c.tag not in {bpmn(name) for name in WITHIN}), element))
            if element.get("isForCompensation") == "true":
                raise _no(element)
            elements[element.get("id", "")] = element
        elif tag.localname == "sequenceFlow":
            if any(child.tag != bpmn("extensionElements") for child in element):
                raise _no(element)
            flows.append((element.get("sourceRef", ""), element.get("targetRef", "")))
        elif tag.localname not in ("laneSet", "extensionElements", "documentation"):
            raise _no(element)
    if len(elements) > MOST_NODES or len(flows) > 2 * MOST_NODES:
        raise Refused(_("文件太大，不像是办理单"))
    for ends in flows:
        if missing := [end for end in ends if end not in elements]:
            raise Refused(_("连线指向不存在的环节：%(id)s"), id=missing[0][:40])
    return {
        key: Node(
            element, etree.QName(element).localname, plain(element.get("name", ""))[: 4 * LONGEST],
            tuple(s for s, t in flows if t == key), tuple(t for s, t in flows if s == key),
        )
        for key, element in elements.items()
    }  # fmt: skip


def _lanes(process: etree._Element) -> dict[str, str]:
    """Which lane each node lies in, by the lane's name; lanes within lanes have no place on a slip."""
    found: dict[str, str] = {}
    for lane in process.iterfind(f"{bpmn('laneSet')}/{bpmn('lane')}"):
        for element in lane:
            if element.tag not in (bpmn("flowNodeRef"), bpmn("extensionElements")):
                raise _no(element)
        for ref in lane.findall(bpmn("flowNodeRef")):
            found[(ref.text or "").strip()] = lane.get("name", "")[:80]
    return found


def _places(nodes: Mapping[str, Node]) -> list[list[str]]:
    """From start to end: a task alone, or all tasks between two gateways."""
    starts = [key for key, node in nodes.items() if node.tag == "startEvent"]
    ends = [key for key, node in nodes.items() if node.tag == "endEvent"]
    if len(starts) != 1 or len(ends) != 1:
        raise Refused(_("流程须有一个开始和一个结束"))
    found: list[list[str]] = []
    passed, here = set(starts), starts[0]
    while here != ends[0]:
        here = _single(nodes, here)
        node = nodes[here]
        if here in passed or (len(node.into) != 1):
            raise _no(node.element)
        passed.add(here)
        if node.tag in TASKS:
            found.append([here])
        elif node.tag == "parallelGateway":
            branches, here = _branches(nodes, here)
            if passed & {*branches, here}:
                raise _no(nodes[here].element)
            passed |= {*branches, here}
            found.append(branches)
    if nodes[here].out:
        raise _no(nodes[here].element)
    if left := [node for key, node in nodes.items() if key not in passed]:
        raise _no(left[0].element)
    return found


def _single(nodes: Mapping[str, Node], key: str) -> str:
    node = nodes[key]
    if len(node.out) != 1:
        raise _no(node.element)
    return node.out[0]


def _branches(nodes: Mapping[str, Node], fork: str) -> tuple[list[str], str]:
    """The tasks between a diverging gateway and the converging one behind it."""
    branches = list(nodes[fork].out)
    if len(branches) < 2:
        raise _no(nodes[fork].element)
    meets: list[str] = []
    for key in branches:
        task = nodes[key]
        if task.tag not in TASKS or len(task.into) != 1 or branches.count(key) > 1:
            raise _no(task.element)
        meets.append(_single(nodes, key))
    meet = nodes[meets[0]]
    if len(set(meets)) > 1 or meet.tag != "parallelGateway" or sorted(meet.into) != sorted(branches):
        raise _no(meet.element)
    return branches, meets[0]


def _entry(node: Node, kind: Kind, lane: str, *, beside: bool) -> Entry:
    """One row: as its own mark says, or, in a foreign file, by its name and lane."""
    marks = [e for e in node.element.iterfind(f"{bpmn('extensionElements')}/*") if etree.QName(e).namespace == OURS]
    lines = [mark for mark in marks if mark.tag == ours("line")]
    if len(marks) > 1 or len(lines) != len(marks):
        raise _no(node.element)
    if not lines:
        return _foreign(node, kind, lane, beside=beside)
    own = lines[0]
    stage, role, unit, post, days = (str(own.get(name, "")) for name in ("stage", "role", "unit", "post", "days"))
    codes = (stage, role, unit, post)
    if set(own.attrib) - {"stage", "role", "unit", "post", "days"} or len(own) or not all(CODE.fullmatch(code) for code in codes):
        raise _no(node.element)
    if not re.fullmatch("[0-9]{0,2}", days) or int(days or 0) > MOST_DAYS or kind.stage(stage) is None:
        raise _no(node.element)
    return Entry(stage, node.name, role, unit, post, beside, int(days or 0))


def _foreign(node: Node, kind: Kind, lane: str, *, beside: bool) -> Entry:
    """A task of another tool: the stage of that name, else one that may be called anything; who, by the lane's name."""
    stage = next((s for s in kind.stages if s.label == node.name), None) or next((s for s in kind.stages if s.several and not s.must), None)
    if stage is None or not node.name:
        raise _no(node.element)
    roles = [role for role in stage.roles if lane == role or (role in ROLES and lane == ROLES[role].name)] if not stage.fixed else []
    named = roles[0] if roles else stage.roles[0] if stage.label == node.name else ""
    return Entry(stage.code, node.name, named, beside=beside)
