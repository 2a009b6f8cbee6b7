"""`zhengtong archive verify PACKAGE [--key FILE] [--json]`: a package told step by step; needs no database."""

import argparse
import sys
from pathlib import Path

from zhengtong.papers import tool

from .verify import Report, verify
from .xml import Unreadable

SIGNS = {True: "✓", False: "✗", None: "—"}
FAILED = 1


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="zhengtong archive")
    own = parser.add_subparsers(dest="verb", required=True).add_parser("verify", help="逐步核验封装包或移交载体 / verify step by step")
    own.add_argument("package", type=Path, help=".eep，或移交载体的文件夹 / an .eep file or a carrier's folder")
    own.add_argument("--key", type=Path, help="移交方的公钥（keys export所得）/ the sender's exported public key")
    own.add_argument("--json", action="store_true", help="供程序读取 / for programs")
    arguments = parser.parse_args(words)
    try:
        report = verify(arguments.package, _key(arguments.key))
    except Unreadable as why:
        return _refuse(why.zh, why.en, arguments.json)
    except (OSError, ValueError) as error:
        return _refuse(f"读不了：{error}", f"can't be read: {error}", arguments.json)
    if arguments.json:
        tool.say(as_json(report))
    else:
        _show(report)
    return 0 if report.good else FAILED


def _key(path: Path | None) -> bytes | None:
    if path is None:
        return None
    from zhengtong.foundation.seals.keys import peer  # its module reads settings, which verification must not need

    return peer(path.read_text()).signing


def as_json(report: Report) -> dict[str, object]:
    steps = [{"step": f.step, "good": f.good, "detail": f.detail, "zh": f.zh, "en": f.en} for f in report.findings]
    failed = [f.step for f in report.findings if f.good is False]
    return {"good": report.good, "failed": failed, "signer": report.signer, "records": list(report.records), "steps": steps}


def _show(report: Report) -> None:
    for number in report.records:
        print(f"档号 / record：{number}")
    for finding in report.findings:
        detail = f"（{finding.detail}）" if finding.detail else ""
        print(f"  {SIGNS[finding.good]} {finding.zh} / {finding.en}{detail}")
    if not report.good:
        print("核验未通过 / not verified")
    elif all(finding.good for finding in report.findings):
        print("核验通过 / verified")
    else:
        print("包未被改动；签名人未核对，请用--key给出公钥 / unaltered; whose key it is was not checked: give it with --key")


def _refuse(zh: str, en: str, as_json: bool) -> int:
    if as_json:
        tool.say({"unreadable": {"zh": zh, "en": en}})
    print(f"{zh} / {en}", file=sys.stderr)
    return tool.UNREADABLE
