"""`zhengtong story`: both stories from first word to last, each network in processes of its own.

The driver is what a person with three screens would be: it remembers a number and a query code, nothing
else. Whatever else one network learns of another crosses as a sealed package.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from . import demo

# fmt: off
STORY = (
    # network       step                    what happens
    ("office",     "draft",                "县政府办拟稿人起草通知，主送各乡镇，主动公开，送审"),
    ("office",     "review_unit",          "科室负责人改一段，通过"),
    ("office",     "consult",              "并行征求教育局、财政局意见"),
    ("office",     "answer_consultation",  "教育局、财政局同意"),
    ("office",     "return_once",          "办公室核稿退回一次，说明理由"),
    ("office",     "resubmit",             "拟稿人补充后重新送审"),
    ("office",     "review_office",        "办公室核稿通过"),
    ("office",     "approve_deputy",       "分管副县长同意"),
    ("office",     "sign",                 "县长签发，签的是这一稿的摘要"),
    ("office",     "edit_after_signing",   "签发后改动，签发即告失效，文件回到签发人"),
    ("office",     "sign_again",           "县长对改后的文稿重新签发"),
    ("office",     "recheck",              "复核"),
    ("office",     "number",               "登记编号"),
    ("office",     "typeset",              "按GB/T 9704排版用印"),
    ("office",     "dispatch",             "分发各乡镇"),
    ("office",     "sign_for",             "两个乡镇签收"),
    ("office",     "urge",                 "催办一个未签收的乡镇"),
    ("office",     "archive",              "档案员确认归档，编档号"),
    ("office",     "review_release",       "提请公开，保密审查"),
    ("office",     "release",              "批准公开，封装待摆渡"),
    ("classified", "draft_classified",     "涉密内网起草机密★5年文件"),
    ("classified", "review_unit_classified",         "科室审核"),
    ("classified", "consult_classified",             "征求意见"),
    ("classified", "answer_consultation_classified", "答复意见"),
    ("classified", "review_office_classified",       "办公室核稿"),
    ("classified", "approve_deputy_classified",      "分管领导同意"),
    ("classified", "sign_classified",                "县长签发"),
    ("classified", "recheck_classified",             "复核"),
    ("classified", "number_classified",              "登记编号"),
    ("classified", "typeset_classified",             "排版"),
    ("classified", "dispatch_classified",            "分发知悉范围内的乡镇"),
    ("classified", "release_classified",             "提请公开，被拒绝并留痕"),
    ("ferry",      "office>business",      "摆渡：政务内网→政务外网"),
    ("business",   "find_article",         "编辑在政策文件栏目找到草稿"),
    ("business",   "publish_article",      "发布"),
    ("ferry",      "business>portal",      "摆渡：政务外网→门户网站"),
    ("portal",     "read_article",         "任何人都能在县政府网站读到并下载PDF"),
    ("portal",     "apply",                "居民找到事项、读指南、提交申请（两个20兆附件）"),
    ("ferry",      "portal>business",      "摆渡：门户网站→政务外网"),
    ("business",   "ask_completion",       "窗口一次性告知补正"),
    ("ferry",      "business>portal",      "摆渡：补正告知到门户"),
    ("portal",     "complete",             "居民凭编号与查询码补正"),
    ("ferry",      "portal>business",      "摆渡：补正材料到外网"),
    ("business",   "accept",               "窗口受理"),
    ("business",   "examine_first",        "第一个部门办理（与另一部门同时）"),
    ("business",   "examine_second",       "第二个部门办理"),
    ("business",   "decide",               "审批决定"),
    ("ferry",      "business>portal",      "摆渡：办理结果到门户"),
    ("portal",     "see_result",           "居民凭编号与查询码看到结果"),
    ("portal",     "rate",                 "居民评价"),
    ("ferry",      "portal>business",      "摆渡：评价到外网"),
    ("business",   "see_rating",           "部门看到评价"),
    ("portal",     "apply_second",         "第二个申请"),
    ("ferry",      "portal>business",      "摆渡：第二个申请到外网"),
    ("business",   "accept_second",        "受理后无人办理"),
    ("time",       "warning",              "时间推进：预警"),
    ("time",       "yellow",               "时间推进：黄牌"),
    ("time",       "red",                  "时间推进：红牌"),
    ("business",   "supervise",            "电子政务办的监督页上看到红牌"),
)
# fmt: on
SAME = {"sign_again": "sign"}  # told twice, the same step
BREAKS = {"wrong-signer": "sign", "altered-package": "office>business", "edited-after-signing": "number"}
WRONG = {"sign": "wrong_signer"}
# What a person carries from one screen to another; any other value stays in its network.
CARRIED = ("document_number", "title", "receipt", "code", "case_number", "resident_name", "resident_id", "marker", "item")


class Failed(Exception):
    """A step did not go as it must."""


@dataclass
class Network:
    """One child process that plays this network's steps, and the values that stay in it."""

    name: str
    home: Path
    values: dict[str, object] = field(default_factory=dict)
    process: "subprocess.Popen[str] | None" = None

    def ask(self, step: str, carried: dict[str, object]) -> dict[str, object]:
        if self.process is None:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "zhengtong.cli", self.name, "story"],
                env=demo.environment(self.home, self.name),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps({"step": step, "values": {**self.values, **carried}}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise Failed(f"{self.name}: 进程中断")
        answer = json.loads(line)
        if not answer["ok"]:
            raise Failed(str(answer["error"]))
        self.values |= answer["values"]
        return dict(answer)

    def end(self) -> None:
        if self.process and self.process.stdin:
            self.process.stdin.close()
            self.process.wait(timeout=30)


class Story:
    """One run over a data folder."""

    def __init__(self, home: Path, out: IO[str], carried: dict[str, object], broken: str) -> None:
        self.home, self.out, self.carried, self.broken = home, out, carried, broken
        self.networks = {n: Network(n, home) for n in demo.NETWORKS}
        self.steps: list[dict[str, object]] = []

    def say(self, text: str) -> None:
        print(text, file=self.out, flush=True)

    def play(self) -> None:
        for number, (network, step, text) in enumerate(STORY, 1):
            if self.broken == "number" and step in ("edit_after_signing", "sign_again", "number"):
                if step != "number":
                    continue
                self.networks[network].ask("edit_after_signing", self.carried)  # just before the number, unseen by anyone
            began = time.monotonic()
            try:
                self.one(network, step)
            except Failed as no:
                self.say(f"✗ {number:02d} {network:<10} {step}: {no}")
                raise
            self.say(f"✓ {number:02d} {network:<10} {text}（{time.monotonic() - began:.2f} s）")

    def one(self, network: str, step: str) -> None:
        if network == "ferry":
            self.cross(*step.split(">"), altered=self.broken == step)
        elif network == "time":
            self.pass_time(step)
        else:
            self.tell(network, step)

    def tell(self, network: str, step: str) -> None:
        extra = {"break": WRONG.get(step, step)} if self.broken == step else {}
        began = time.monotonic()
        answer = self.networks[network].ask(SAME.get(step, step), {**self.carried, **extra})
        values = answer["values"]
        assert isinstance(values, dict)
        self.carried |= {k: v for k, v in values.items() if k in CARRIED}
        self.steps.append(
            {
                "name": step,
                "network": network,
                "verb": answer["verb"],
                "actor": answer["actor"],
                "paper": answer["paper"],
                "entry": answer["entry"],
                "seconds": round(time.monotonic() - began, 3),
            }
        )

    def cross(self, sender: str, receiver: str, altered: bool = False) -> None:
        """Pack, carry, accept; then the receipt on its way back."""
        self.networks[sender].ask("turn", {})
        if altered:
            package = max((self.home / sender / "trays" / "out" / receiver).glob("*.ztp"), key=lambda p: p.stat().st_size)
            data = bytearray(package.read_bytes())
            data[len(data) // 2] ^= 1
            package.write_bytes(data)
        demo.run(self.home, "carry", "--once", "--home", str(self.home))
        self.networks[receiver].ask("turn", {})
        refused = list((self.home / receiver / "trays" / "refused").glob("*.ztp"))
        demo.run(self.home, "carry", "--once", "--home", str(self.home))
        self.networks[sender].ask("turn", {})
        if refused:
            raise Failed(f"{receiver}拒收{len(refused)}个包：{refused[0].name}")

    def pass_time(self, state: str) -> None:
        """Let working days pass until the business network's own clock shows this state."""
        for _ in range(60):
            demo.advance(self.home, "1d", quiet=True)
            answer = self.networks["business"].ask("read_clock", self.carried)
            values = answer["values"]
            assert isinstance(values, dict)
            if values["clock_state"] == state:
                return
        raise Failed(f"60天内没有变为{state}")

    def end(self) -> None:
        for network in self.networks.values():
            network.end()


def rare_name(seed: int) -> str:
    """Four rare characters, so that even a two-character index entry of it would be found."""
    return "".join(chr(random.Random(seed + n).randrange(0x4E00 + 0x3000, 0x9F00)) for n in range(4))


def identity_number(seed: int) -> str:
    """A well-formed identity number with its check digit (GB 11643-1999)."""
    draw = random.Random(seed)
    body = f"53089919{draw.randrange(60, 99)}0{draw.randrange(1, 10)}15{draw.randrange(100, 1000)}"
    weights = [2 ** (17 - n) % 11 for n in range(17)]
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def summary(story: Story, home: Path) -> dict[str, object]:
    shown = {"pdf": story.networks["office"].values.get("pdf"), "public_page": story.networks["portal"].values.get("public_page")}
    return {
        "steps": story.steps,
        "document_number": story.carried.get("document_number", ""),
        "classified_marker": story.carried["marker"],
        "resident_name": story.carried["resident_name"],
        "resident_id": story.carried["resident_id"],
        "case_number": story.carried.get("case_number", ""),
        **{name: str((home / str(path)).relative_to(home)) for name, path in shown.items() if path},
    }


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="zhengtong story", description="演示一件公文与一件申请的全过程")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="保留数据；空文件夹，或者准备好、还没有用过的县")
    parser.add_argument("--json", action="store_true", help="输出一个JSON对象")
    parser.add_argument("--marker", help="涉密文件中的标记")
    parser.add_argument("--resident", help="居民姓名")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 30))
    parser.add_argument("--break", dest="broken", default="", choices=[*BREAKS, *(s for _, s, _ in STORY)], metavar="STEP")
    chosen = parser.parse_args(words)
    out = sys.stderr if chosen.json else sys.stdout
    carried = {
        "marker": chosen.marker or f"密标{chosen.seed:08x}",
        "resident_name": chosen.resident or rare_name(chosen.seed),
        "resident_id": identity_number(chosen.seed),
    }
    with tempfile.TemporaryDirectory(prefix="zt-story-") as scratch:
        home = (chosen.keep or Path(scratch)).resolve()
        if home.exists() and any(home.iterdir()) and not demo.prepared(home):
            parser.error(f"{home} 不是空文件夹，也不是准备好的县")
        demo.prepare(home, out)
        story = Story(home, out, carried, BREAKS.get(chosen.broken, chosen.broken))
        try:
            story.play()
            for network in demo.NETWORKS:
                demo.run(home, network, "audit", "verify")
            story.say("✓ 四份审计链全部校验通过")
        except Failed:
            return 1
        finally:
            story.end()
        if chosen.json:
            print(json.dumps(summary(story, home), ensure_ascii=False, indent=2))
    return 0
