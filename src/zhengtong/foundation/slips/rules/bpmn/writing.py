"""From rows to BPMN: nodes, lanes and flows first, then where each is drawn."""

from dataclasses import dataclass, field

from lxml import etree

from zhengtong.foundation.slips.rules.patterns import entry_places

from .words import BPMN, DC, DI, DRAWING, OURS, Sheet, bpmn, ours

SIZES = {"startEvent": (36, 36), "endEvent": (36, 36), "parallelGateway": (50, 50), "userTask": (120, 80)}
COLUMN, ROW, HEAD, MARGIN = 170, 100, 30, 40


@dataclass(slots=True)
class Node:
    """One node of the process: its element, its lane, its column and its line within the lane."""

    id: str
    tag: str
    name: str
    lane: int
    column: int
    entry: int = -1
    line: int = 0
    into: list[str] = field(default_factory=list)
    out: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Flow:
    id: str
    source: Node
    target: Node


def write(sheet: Sheet) -> bytes:
    """The file, the same for the same rows to the last byte."""
    lanes = list(dict.fromkeys(sheet.lanes)) or [sheet.organ_name]
    nodes, flows = _process(sheet, lanes)
    root = etree.Element(
        bpmn("definitions"), nsmap={None: BPMN, "bpmndi": DRAWING, "dc": DC, "di": DI, "zt": OURS},
        id=f"slip-{sheet.kind}", name=sheet.name, targetNamespace=OURS, exporter="Zhengtong", exporterVersion="1",
    )  # fmt: skip
    whole = etree.SubElement(root, bpmn("collaboration"), id="Collaboration")
    etree.SubElement(whole, bpmn("participant"), id="Participant", name=sheet.organ_name, processRef="Process")
    process = etree.SubElement(root, bpmn("process"), id="Process", name=sheet.name, isExecutable="true")
    if sheet.note:
        etree.SubElement(process, bpmn("documentation")).text = sheet.note
    own = etree.SubElement(process, bpmn("extensionElements"))
    etree.SubElement(own, ours("slip"), kind=sheet.kind, organ=sheet.organ, version=str(sheet.version))
    among = etree.SubElement(process, bpmn("laneSet"), id="Lanes")
    for number, name in enumerate(lanes):
        lane = etree.SubElement(among, bpmn("lane"), id=f"Lane_{number + 1}", name=name)
        for node in nodes:
            if node.lane == number:
                etree.SubElement(lane, bpmn("flowNodeRef")).text = node.id
    for node in nodes:
        _node(process, node, sheet)
    for flow in flows:
        etree.SubElement(process, bpmn("sequenceFlow"), id=flow.id, sourceRef=flow.source.id, targetRef=flow.target.id)
    _drawn(root, nodes, flows, lanes)
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def _process(sheet: Sheet, lanes: list[str]) -> tuple[list[Node], list[Flow]]:
    of = [lanes.index(name) for name in sheet.lanes] if sheet.lanes else [0] * len(sheet.entries)
    places: dict[int, list[int]] = {}
    for number, place in enumerate(entry_places(sheet.entries)):
        places.setdefault(place, []).append(number)
    start = Node("StartEvent_1", "startEvent", "", of[0] if of else 0, 0)
    nodes, flows, last, column = [start], [], start, 1

    def join(source: Node, target: Node) -> None:
        flow = Flow(f"Flow_{len(flows) + 1}", source, target)
        flows.append(flow)
        source.out.append(flow.id)
        target.into.append(flow.id)

    for place, members in places.items():
        tasks = [Node(f"Line_{n + 1}", "userTask", sheet.entries[n].label, of[n], column, n) for n in members]
        if len(tasks) == 1:
            nodes += tasks
            join(last, tasks[0])
            last, column = tasks[0], column + 1
            continue
        fork = Node(f"Fork_{place}", "parallelGateway", "", tasks[0].lane, column)
        meet = Node(f"Join_{place}", "parallelGateway", "", tasks[0].lane, column + 2)
        for task in tasks:
            task.column = column + 1
        nodes += [fork, *tasks, meet]
        join(last, fork)
        for task in tasks:
            join(fork, task)
        for task in tasks:
            join(task, meet)
        last, column = meet, column + 3
    end = Node("EndEvent_1", "endEvent", "", last.lane, column)
    nodes.append(end)
    join(last, end)
    taken: dict[tuple[int, int], int] = {}
    for node in nodes:
        node.line = taken.get((node.lane, node.column), 0)
        taken[node.lane, node.column] = node.line + 1
    return nodes, flows


def _node(process: etree._Element, node: Node, sheet: Sheet) -> None:
    element = etree.SubElement(process, bpmn(node.tag), id=node.id)
    if node.name:
        element.set("name", node.name)
    if node.tag == "parallelGateway":
        element.set("gatewayDirection", "Diverging" if len(node.out) > 1 else "Converging")
    if node.entry >= 0:
        entry = sheet.entries[node.entry]
        own = etree.SubElement(etree.SubElement(element, bpmn("extensionElements")), ours("line"), stage=entry.stage)
        for name in ("role", "unit", "post"):
            if value := getattr(entry, name):
                own.set(name, value)
        if entry.days:
            own.set("days", str(entry.days))
    for tag, ids in (("incoming", node.into), ("outgoing", node.out)):
        for each in ids:
            etree.SubElement(element, bpmn(tag)).text = each


def _drawn(root: etree._Element, nodes: list[Node], flows: list[Flow], lanes: list[str]) -> None:
    """Diagram interchange: the pool, its lanes one below the other, the nodes in columns, the flows with their corners."""
    plane = etree.SubElement(
        etree.SubElement(root, f"{{{DRAWING}}}BPMNDiagram", id="Diagram"),
        f"{{{DRAWING}}}BPMNPlane",
        id="Plane",
        bpmnElement="Collaboration",
    )
    lines = [max((node.line + 1 for node in nodes if node.lane == n), default=1) for n in range(len(lanes))]
    tops = [MARGIN + ROW * sum(lines[:n]) for n in range(len(lanes))]
    width = 2 * HEAD + COLUMN * (max(node.column for node in nodes) + 1)
    _shape(plane, "Participant", MARGIN, MARGIN, width, ROW * sum(lines), horizontal=True)
    for n in range(len(lanes)):
        _shape(plane, f"Lane_{n + 1}", MARGIN + HEAD, tops[n], width - HEAD, ROW * lines[n], horizontal=True)
    middle: dict[str, tuple[int, int]] = {}
    for node in nodes:
        w, h = SIZES[node.tag]
        x, y = MARGIN + 2 * HEAD + COLUMN * node.column + COLUMN // 2, tops[node.lane] + ROW * node.line + ROW // 2
        middle[node.id] = (x, y)
        _shape(plane, node.id, x - w // 2, y - h // 2, w, h)
    for flow in flows:
        edge = etree.SubElement(plane, f"{{{DRAWING}}}BPMNEdge", id=f"{flow.id}_drawn", bpmnElement=flow.id)
        (x1, y1), (x2, y2) = middle[flow.source.id], middle[flow.target.id]
        left, right = x1 + SIZES[flow.source.tag][0] // 2, x2 - SIZES[flow.target.tag][0] // 2
        half = (left + right) // 2
        corners = [(left, y1), (right, y2)] if y1 == y2 else [(left, y1), (half, y1), (half, y2), (right, y2)]
        for x, y in corners:
            etree.SubElement(edge, f"{{{DI}}}waypoint", x=str(x), y=str(y))


def _shape(plane: etree._Element, of: str, x: int, y: int, width: int, height: int, *, horizontal: bool = False) -> None:
    shape = etree.SubElement(plane, f"{{{DRAWING}}}BPMNShape", id=f"{of}_drawn", bpmnElement=of)
    if horizontal:
        shape.set("isHorizontal", "true")
    etree.SubElement(shape, f"{{{DC}}}Bounds", x=str(x), y=str(y), width=str(width), height=str(height))
