"""Three ways to do the same step: the deputy head approves, the paper goes on to the county head.

Written by all three: the line done and the next one open (or the engine's state), the slip, the document's
state, one audit entry at the end of its chain. All in one transaction.
"""

import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise

from django.db import connection
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.audit import rules as audit
from zhengtong.foundation.orgs.models import Person
from zhengtong.office.documents import actions
from zhengtong.office.documents.rules import steps

STAGE, NEXT, STATE = "deputy", "sign", "signing"
CHAIN = "YL003"


class Ours:
    """The action that the screens call: whose turn it is, what the rules allow, the change, the record."""

    name = "our action"

    def __init__(self) -> None:
        self.person = Person.objects.get(name="deputy")

    def step(self, code: str) -> None:
        actions.approve_deputy(code, self.person, "同意")


class Raw:
    """The driver itself, without Django's layers: `run(sql, values)`."""

    def __init__(self) -> None:
        connection.ensure_connection()
        self.sqlite = connection.vendor == "sqlite"
        self.lock = "" if self.sqlite else " FOR UPDATE"
        self.driver = connection.connection

    def run(self, sql: str, values: Sequence[object] = ()):
        return self.driver.execute(sql.replace("%s", "?") if self.sqlite else sql, values)

    def at(self, moment: datetime) -> object:
        """A moment as this database keeps it."""
        moment = moment.astimezone(UTC)
        return moment.replace(tzinfo=None).isoformat(" ", "microseconds") if self.sqlite else moment

    def begin(self) -> None:
        self.run("BEGIN IMMEDIATE" if self.sqlite else "BEGIN")

    def end(self) -> None:
        self.run("COMMIT")


class Bare(Raw):
    """The same rows and nothing else: no question of whose turn it is or what the rules allow."""

    name = "bare SQL, same rows"

    def __init__(self) -> None:
        super().__init__()
        self.person = Person.objects.get(name="deputy")

    def step(self, code: str) -> None:
        self.begin()
        document, slip, digest = self.document(code)
        self.hand_on(slip)
        self.finish(code, document, digest)

    def hand_on(self, slip: int) -> None:
        """The rows that to-do lists are asked of: the line done, the next one open."""
        moment = self.at(clock.now())
        self.run(
            "UPDATE slips_line SET state = 'done', seen_at = %s, done_at = %s, done_by_id = %s, decision = 'agree', opinion = '同意', "
            "key = key + 1 WHERE slip_id = %s AND stage = %s AND state = 'open'",
            (moment, moment, self.person.pk, slip, STAGE),
        )
        self.run(
            "UPDATE slips_line SET state = 'open', opened_at = %s, seen_at = NULL, key = key + 1 WHERE slip_id = %s AND stage = %s",
            (moment, slip, NEXT),
        )

    def document(self, code: str) -> tuple[int, int, str]:
        found = self.run(f"SELECT id, slip_id, content_digest FROM documents_document WHERE code = %s{self.lock}", (code,))
        return found.fetchone()

    def finish(self, code: str, document: int, digest: str) -> None:
        """The document's state and the audit entry, then the end of the transaction."""
        now = clock.now()
        self.run("UPDATE documents_document SET state = %s, changed_at = %s WHERE id = %s", (STATE, self.at(now), document))
        seq, previous = self.run(f"SELECT seq, hash FROM audit_head WHERE chain = %s{self.lock}", (CHAIN,)).fetchone()
        detail = {"stage": STAGE, "decision": "agree", "opinion": "同意", "digest": digest}
        fields = {
            "chain": CHAIN,
            "seq": seq + 1,
            "at": now.astimezone(UTC).isoformat(timespec="microseconds"),
            "network": "office",
            "actor": ["person", self.person.code, self.person.name],
            "verb": "documents.approve_deputy",
            "target": f"documents.document:{code}",
            "detail": detail,
        }
        entry = audit.digest(previous, fields)
        self.run(
            "INSERT INTO audit_entry (chain, seq, at, network, actor_kind, actor_code, actor_name, verb, target, detail, previous, hash) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (
                CHAIN,
                seq + 1,
                self.at(now),
                "office",
                *fields["actor"],
                fields["verb"],
                fields["target"],
                json.dumps(detail),
                previous,
                entry,
            ),
        )
        self.run("UPDATE audit_head SET seq = %s, hash = %s WHERE chain = %s", (seq + 1, entry, CHAIN))
        self.end()


def bpmn() -> bytes:
    """Our slip of an outgoing document as BPMN 2.0: the same stages in the same order."""
    stages = ["begin", *(row.stage for row in steps.template("", "", "", "", "").rows), "end"]
    flows = [f'<sequenceFlow id="flow{n}" sourceRef="{a}" targetRef="{b}"/>' for n, (a, b) in enumerate(pairwise(stages))]
    tasks = [f'<manualTask id="{stage}" name="{stage}"/>' for stage in stages[1:-1]]
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:bench">'
        '<process id="outgoing" isExecutable="true"><startEvent id="begin"/>'
        f"{''.join(tasks)}<endEvent id='end'/>{''.join(flows)}</process></definitions>"
    ).encode()


class Spiff(Bare):
    """SpiffWorkflow decides what follows; its state is one row. It does not know who may act: that is asked once of our
    accounts. The rows of the to-do list, document and audit are written by bare SQL as above."""

    name = "SpiffWorkflow"

    def __init__(self) -> None:
        super().__init__()
        self.serializer = BpmnWorkflowSerializer()

    @staticmethod
    def prepare(codes: Sequence[str]) -> int:
        """A table of instances, each run up to the deputy head; the size of one state in characters."""
        parser = BpmnParser()
        parser.add_bpmn_io(io.BytesIO(bpmn()))
        workflow = BpmnWorkflow(parser.get_spec("outgoing"))
        workflow.do_engine_steps()
        while (task := workflow.get_next_task(state=TaskState.READY, manual=True)).task_spec.name != STAGE:
            task.run()
            workflow.do_engine_steps()
        state = BpmnWorkflowSerializer().serialize_json(workflow)
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bench_instance (code varchar(20) PRIMARY KEY, state text NOT NULL)")
            cursor.executemany("INSERT INTO bench_instance VALUES (%s, %s)", [(code, state) for code in codes])
        return len(state)

    def step(self, code: str) -> None:
        self.begin()
        assert accounts.holds(self.person, "deputy_head", CHAIN)
        document, slip, digest = self.document(code)
        (state,) = self.run(f"SELECT state FROM bench_instance WHERE code = %s{self.lock}", (code,)).fetchone()
        workflow = self.serializer.deserialize_json(state)
        task = workflow.get_next_task(state=TaskState.READY, manual=True)
        assert task.task_spec.name == STAGE
        task.data["deputy"] = {"decision": "agree", "opinion": "同意", "by": self.person.code, "at": clock.now().isoformat()}
        task.run()
        workflow.do_engine_steps()
        assert workflow.get_next_task(state=TaskState.READY, manual=True).task_spec.name == NEXT
        self.hand_on(slip)
        self.run("UPDATE bench_instance SET state = %s WHERE code = %s", (self.serializer.serialize_json(workflow), code))
        self.finish(code, document, digest)


WAYS = (Ours, Bare, Spiff)
