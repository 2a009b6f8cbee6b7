"""Templates leave as BPMN 2.0 and come back exactly; another tool's file is read as far as a slip can say it, and no further."""

from pathlib import Path

import pytest
import SpiffWorkflow
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.util.task import TaskState

from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips.rules import patterns
from zhengtong.foundation.slips.rules.bpmn import MOST_BYTES, Sheet, read, write
from zhengtong.foundation.slips.rules.patterns import Entry

from .test_patterns import KIND

# The schema files of the standard as an independent reader brings them along.
SCHEMA = etree.XMLSchema(etree.parse(Path(SpiffWorkflow.__file__).parent / "bpmn" / "parser" / "schema" / "BPMN20.xsd"))
WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=40)
CODES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.-]{0,19}", fullmatch=True)
ENTRIES = st.builds(
    Entry, st.sampled_from([s.code for s in KIND.stages]), WORDS, st.sampled_from(["", "writer", "head"]), CODES | st.just(""),
    CODES | st.just(""), st.booleans(), st.integers(0, 60),
)  # fmt: skip


@st.composite
def sheets(draw):
    entries = draw(st.lists(ENTRIES, min_size=1, max_size=12))
    entries = patterns.arranged(entries, range(len(entries)))
    lanes = draw(st.lists(WORDS, min_size=len(entries), max_size=len(entries)))
    note = draw(WORDS | st.just(""))
    return Sheet("tested", "试件", draw(CODES), draw(WORDS), draw(st.integers(0, 99)), note, entries, tuple(lanes))


@given(sheets())
def test_what_is_written_is_read_back_exactly_and_written_again_to_the_byte(sheet):
    data = write(sheet)
    assert read(data, KIND) == sheet
    assert write(read(data, KIND)) == data


@given(sheets())
def test_what_is_written_keeps_the_schema_of_the_standard(sheet):
    SCHEMA.assertValid(etree.fromstring(write(sheet)))


@given(sheets())
def test_everything_is_drawn_inside_its_lane_and_no_node_covers_another(sheet):
    root = etree.fromstring(write(sheet))
    bounds = {s.get("bpmnElement"): tuple(int(s[0].get(n)) for n in ("x", "y", "width", "height")) for s in root.iter("{*}BPMNShape")}
    lane_of = {ref.text: lane.get("id") for lane in root.iter("{*}lane") for ref in lane}
    nodes = [
        e.get("id")
        for e in root.find("{*}process")
        if etree.QName(e).localname in ("userTask", "parallelGateway", "startEvent", "endEvent")
    ]
    for node in nodes:
        x, y, w, h = bounds[node]
        lx, ly, lw, lh = bounds[lane_of[node]]
        assert lx <= x and ly <= y and x + w <= lx + lw and y + h <= ly + lh
    boxes = [bounds[node] for node in nodes]
    assert all(
        a == b or a[0] + a[2] <= b[0] or b[0] + b[2] <= a[0] or a[1] + a[3] <= b[1] or b[1] + b[3] <= a[1] for a in boxes for b in boxes
    )
    drawn = {e.get("bpmnElement") for e in root.iter("{*}BPMNEdge")}
    assert drawn == {f.get("id") for f in root.iter("{*}sequenceFlow")}


def walked(data):
    """An independent engine reads the file and walks it: which tasks it offers at the same time, one round after another."""
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.ElementTree(etree.fromstring(data)))
    workflow = BpmnWorkflow(parser.get_spec("Process"))
    workflow.do_engine_steps()
    rounds = []
    while ready := workflow.get_tasks(state=TaskState.READY, manual=True):
        rounds.append(sorted(task.task_spec.bpmn_name for task in ready))
        for task in ready:
            task.run()
        workflow.do_engine_steps()
    assert workflow.completed
    return rounds


@given(sheets())
def test_an_independent_engine_walks_the_file_as_the_slip_goes(sheet):
    places = patterns.entry_places(sheet.entries)
    expected = [sorted(e.label for e, at in zip(sheet.entries, places, strict=True) if at == place) for place in dict.fromkeys(places)]
    assert walked(write(sheet)) == expected


FOREIGN = """<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:x="urn:x" id="d" targetNamespace="urn:x">
 <bpmn:process id="p" name="外来流程">{extra}
  <bpmn:laneSet id="l"><bpmn:lane id="l1" name="adviser"><bpmn:flowNodeRef>b</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
  <bpmn:startEvent id="s"/>
  <bpmn:task id="a" name="拟稿"><bpmn:extensionElements><x:assignee>me</x:assignee></bpmn:extensionElements></bpmn:task>
  <bpmn:parallelGateway id="g"/>
  <bpmn:userTask id="b" name="法律顾问">{inner}</bpmn:userTask><bpmn:manualTask id="c" name="审核"/>
  <bpmn:parallelGateway id="h"/><bpmn:task id="e" name="签发"/><bpmn:task id="f" name="编号"/>
  <bpmn:endEvent id="z">{end}</bpmn:endEvent>
  <bpmn:sequenceFlow id="1" sourceRef="s" targetRef="a"/><bpmn:sequenceFlow id="2" sourceRef="a" targetRef="g"/>
  <bpmn:sequenceFlow id="3" sourceRef="g" targetRef="c"/><bpmn:sequenceFlow id="4" sourceRef="g" targetRef="b"/>
  <bpmn:sequenceFlow id="5" sourceRef="b" targetRef="h"/><bpmn:sequenceFlow id="6" sourceRef="c" targetRef="{meet}"/>
  <bpmn:sequenceFlow id="7" sourceRef="h" targetRef="e">{flow}</bpmn:sequenceFlow><bpmn:sequenceFlow id="8" sourceRef="e" targetRef="f"/>
  <bpmn:sequenceFlow id="9" sourceRef="f" targetRef="{last}"/>
 </bpmn:process>{outside}
</bpmn:definitions>"""


def own(attributes):
    return f'<bpmn:extensionElements><z:line xmlns:z="urn:zhengtong:slips:1" {attributes}/></bpmn:extensionElements>'


def foreign(**parts):
    holes = dict.fromkeys(("extra", "inner", "end", "flow", "outside"), "") | {"meet": "h", "last": "z"}
    return FOREIGN.format(**(holes | parts)).encode()


def test_a_file_of_another_tool_becomes_rows_by_its_names_and_lanes():
    found = read(foreign(), KIND)
    assert found.entries == (
        Entry("write", "拟稿", "writer"),
        Entry("check", "审核", "checker"),
        Entry("advise", "法律顾问", "adviser", beside=True),
        Entry("sign", "签发", "head"),
        Entry("number", "编号", "clerk"),
    )
    assert patterns.objections(KIND, found.entries) == []
    assert (found.organ, found.version, found.name) == ("", 0, "外来流程")


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        ({"extra": '<bpmn:exclusiveGateway id="q" name="金额大吗"/>'}, "exclusiveGateway“金额大吗”"),
        ({"extra": '<bpmn:subProcess id="q" name="另一流程"/>'}, "subProcess“另一流程”"),
        ({"extra": '<bpmn:boundaryEvent id="q" attachedToRef="a"/>'}, "boundaryEvent“q”"),
        ({"extra": '<bpmn:serviceTask id="q" name="发短信"/>'}, "serviceTask“发短信”"),
        ({"extra": '<bpmn:dataObject id="q"/>'}, "dataObject“q”"),
        ({"extra": '<x:own id="q"/>'}, "own“q”"),
        ({"extra": '<bpmn:task id="q" name="孤立的"/>'}, "task“孤立的”"),
        ({"extra": '<bpmn:task id="a" name="同号"/>'}, "task“拟稿”"),
        ({"inner": "<bpmn:multiInstanceLoopCharacteristics/>"}, "multiInstanceLoopCharacteristics"),
        ({"inner": "<bpmn:documentation>看三遍</bpmn:documentation>"}, "documentation"),
        ({"inner": own('stage="nothing"')}, "法律顾问"),
        ({"inner": own('stage="sign" days="99"')}, "法律顾问"),
        ({"inner": own('stage="sign" more="1"')}, "法律顾问"),
        ({"extra": '<bpmn:task id="q" name="冲销" isForCompensation="true"/>'}, "task“冲销”"),
        ({"end": "<bpmn:terminateEventDefinition/>"}, "terminateEventDefinition"),
        ({"flow": "<bpmn:conditionExpression>1</bpmn:conditionExpression>"}, "sequenceFlow“7”"),
        ({"meet": "e"}, "parallelGateway|task"),
        ({"last": "a"}, "task“拟稿”"),
        ({"last": "nowhere"}, "nowhere"),
        ({"outside": '<bpmn:message id="m" name="通知"/>'}, "message“通知”"),
        ({"outside": '<bpmn:process id="two" name="第二个"/>'}, "process“第二个”"),
        ({"outside": '<bpmn:collaboration><bpmn:messageFlow id="m" sourceRef="a" targetRef="b"/></bpmn:collaboration>'}, "messageFlow“m”"),
    ],
)  # fmt: skip
def test_what_a_slip_cannot_say_is_refused_with_the_element_named(parts, named):
    with pytest.raises(Refused, match=named):
        read(foreign(**parts), KIND)


LAUGHS = b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"", "XML"),
        (b"\x00\x01PK", "XML"),
        (b"<a>", "XML"),
        (b"<definitions/>", "BPMN"),
        (LAUGHS + b"<d>&c;</d>", "实体"),
        (b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>', "实体"),
        (b'<!DOCTYPE d SYSTEM "http://localhost:1/x.dtd"><d/>', "实体"),
        ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [<!ENTITY x "y">]><d>&x;</d>'.encode("utf-16"), "实体"),
        (b" " * (MOST_BYTES + 1), "太大"),
        (b"<d>" * 5000 + b"</d>" * 5000, "XML"),
        (foreign(extra="".join(f'<bpmn:task id="t{n}"/>' for n in range(401))), "太大"),
    ],
)
def test_a_hostile_file_is_refused_at_once(data, match):
    with pytest.raises(Refused, match=match):
        read(data, KIND)


def test_a_file_of_another_kind_of_paper_is_refused():
    sheet = Sheet("incoming", "收文", "YL001", "某机关", 1, "", KIND.entries, ("甲",) * 4)
    with pytest.raises(Refused, match="不能用于“试件”"):
        read(write(sheet), KIND)


def test_more_rows_than_a_slip_holds_are_refused():
    rows = tuple(Entry("advise", f"意见{n}", "adviser") for n in range(30))
    with pytest.raises(Refused, match="最多24行"):
        read(write(Sheet("tested", "试件", "", "某", 0, "", rows)), KIND)


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda t: foreign(inner=t)))
def test_any_bytes_are_read_or_refused(data):
    try:
        read(data, KIND)
    except Refused as no:
        assert str(no)
