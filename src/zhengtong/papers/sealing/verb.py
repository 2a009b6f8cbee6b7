"""`zhengtong doc verify FILE [--trust CERTIFICATE] [--json]`."""

import argparse
import sys
from datetime import datetime
from pathlib import Path

from zhengtong.foundation import clock
from zhengtong.papers import tool
from zhengtong.papers.ofd.package import Unreadable

from . import pdf
from .steps import Report
from .verify import verify

SIGNS = {True: "✓", False: "✗", None: "—"}
FAILED = 1


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="ofd, pdf")
    parser.add_argument(
        "--trust",
        action="append",
        default=[],
        metavar="CERTIFICATE",
        help="信任的机构证书，可多次 / a trusted authority's certificate, DER or PEM",
    )
    parser.add_argument("--at", type=datetime.fromisoformat, help="按此时刻验证 / verify as of this moment, e.g. 2026-10-10T09:00:00+08:00")
    parser.add_argument("--json", action="store_true", help="供程序读取 / for programs")  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Prints every step; 0 when none failed, 1 when one did, 2 when the file can't be read."""
    now = arguments.at or clock.real_now()
    now = now if now.tzinfo else now.replace(tzinfo=clock.ZONE)
    try:
        data, trusted = Path(arguments.file).read_bytes(), [Path(one).read_bytes() for one in arguments.trust]
        report = (pdf.verify if data.startswith(b"%PDF") else verify)(data, now, trusted)
    except Unreadable as why:
        return refuse(why.zh, why.en, arguments.json)
    except OSError as error:
        return refuse(f"读不了文件：{error.filename}", f"can't read {error.filename}", arguments.json)
    except ValueError as error:
        return refuse(f"信任的证书不是 SM2 证书：{error}", f"no SM2 certificate to trust: {error}", arguments.json)
    if arguments.json:
        tool.say(as_json(report))
    else:
        show(report)
    return 0 if report.good else FAILED


def as_json(report: Report) -> dict[str, object]:
    steps = [{"step": f.step, "good": f.good, "seal": f.of, "detail": f.detail, "zh": f.zh, "en": f.en} for f in report.findings]
    return {"good": report.good, "failed": sorted({f.step for f in report.failed}), "steps": steps}


def show(report: Report) -> None:
    shown = None
    for finding in report.findings:
        if finding.of and finding.of != shown:
            shown = finding.of
            print(f"印章 / seal：{shown}")
        detail = f"（{finding.detail}）" if finding.detail else ""
        print(f"  {SIGNS[finding.good]} {finding.zh} / {finding.en}{detail}")
    if report.good:
        trusted = all(finding.good for finding in report.findings)
        print("验证通过 / verified" if trusted else "签章未被改动；签发机构未核对 / unaltered; the issuer was not checked")
    else:
        print(f"验证未通过，{len(report.failed)}步不符 / not verified: {len(report.failed)} steps failed")


def refuse(zh: str, en: str, as_json: bool) -> int:
    if as_json:
        tool.say({"unreadable": {"zh": zh, "en": en}})
    print(f"{zh} / {en}", file=sys.stderr)
    return tool.UNREADABLE
