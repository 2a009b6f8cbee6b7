"""The ways from a notice to its pages. Every round sets other words, so that nothing is only looked up again."""

import html
import json
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from zhengtong.papers.ofd import make
from zhengtong.papers.typeset import press
from zhengtong.papers.typeset.paper import Heading, Paper, Para, Seal, blocks

AT = datetime(2026, 10, 10, 1, 0, tzinfo=UTC)
TEXT = """为切实做好秋冬季森林防火工作，保障人民群众生命财产安全，经县人民政府同意，现就有关事项通知如下。
一、提高政治站位
（一）加强组织领导。各乡镇人民政府要落实行政首长负责制，做到守土有责、守土负责、守土尽责，把防火责任落实到山头地块。
1.明确责任。各乡镇要逐级签订责任书，建立网格化管理台账，每个网格确定一名责任人和一名巡护员，名单报县林业局备案。
（1）网格到人。每个山头、地块落实巡护人员，巡护记录一日一报，节假日和高火险天气加密巡护频次。
二、严格火源管理
（二）强化野外用火审批。林区及林缘一百米范围内的农事用火须经批准，并落实人员、器械和隔离带。
"""


def notice(round_: int) -> Paper:
    """A notice of four pages; the round's number stands in every paragraph."""
    mark = f"（第{round_}次）"
    body = tuple(
        Heading(one.level, one.text, one.after and one.after + mark) if isinstance(one, Heading) else Para(one.text + mark)
        for _copy in range(4)
        for one in blocks(TEXT)
    )
    return Paper(
        issuer_mark="云岭县人民政府办公室文件",
        title=f"云岭县人民政府办公室关于做好第{round_}轮秋冬季森林防火工作的通知",
        body=body,
        number=f"云政办发〔2026〕{round_}号",
        recipients=("各乡镇人民政府", "县政府各部门"),
        signature="云岭县人民政府办公室",
        date=date(2026, 10, 9),
        seal=Seal("云岭县人民政府办公室", "测试"),
        note="此件公开发布",
        cc=("县委各部门", "县人大常委会办公室"),
        printed_by="云岭县人民政府办公室",
        printed_on=date(2026, 10, 10),
    )


@dataclass(frozen=True, slots=True)
class Typst:
    """Typst alone: the same template and values, one run, nothing checked, nothing kept."""

    name = "Typst alone"

    def pages(self, paper: Paper) -> int:
        return press.pages(self.set(self.ready(paper)))

    def ready(self, paper: Paper) -> dict[str, object]:
        return {**press._Texts().document(paper), "lines": 22, "moved": False}

    def set(self, data: dict[str, object]) -> bytes:
        return press._compilers.get().compile(
            sys_inputs={"data": json.dumps(data)}, pdf_standards=press.STANDARDS, timestamp=int(AT.timestamp())
        )


@dataclass(frozen=True, slots=True)
class Pdf:
    """Our PDF: texts made safe, missing characters told, the rules of GB/T 9704 asked of the pages."""

    name = "our PDF"

    def pages(self, paper: Paper) -> int:
        return press.notice(paper, AT).pages

    def ready(self, paper: Paper) -> Paper:
        return paper

    def set(self, paper: Paper) -> bytes:
        return press.notice(paper, AT).pdf


@dataclass(frozen=True, slots=True)
class Ofd(Pdf):
    """Our OFD from the same paper, the setting of its PDF included."""

    name = "our OFD"

    def set(self, paper: Paper) -> bytes:
        return make.document(paper, AT)


def page_of_html(paper: Paper) -> str:
    """The same words as HTML with the page's measures in CSS."""
    faces = "'FandolFang R','Noto Serif SC',serif"
    css = f"""@page{{size:A4;margin:37mm 26mm 35mm 28mm;@bottom-center{{content:counter(page)}}}}
    body{{font:16pt/29pt {faces};margin:0;text-align:justify}} p{{margin:0;text-indent:2em}} .c{{text-align:center;text-indent:0}}
    .mark{{font-size:36pt;line-height:60pt;color:#e60012;margin-top:35mm}} .line{{border-top:2pt solid #e60012;margin:4mm 0 58pt}}
    h1{{font:bold 22pt/32pt {faces};margin:0 0 29pt}} .r{{text-align:right;padding-right:4em}}"""
    rows = [f"<p class='c mark'>{html.escape(paper.issuer_mark)}</p><p class='c'>{html.escape(paper.number)}</p><div class='line'></div>"]
    rows += [f"<h1 class='c'>{html.escape(paper.title)}</h1><p style='text-indent:0'>{html.escape('，'.join(paper.recipients))}：</p>"]
    rows += [f"<p>{html.escape(b.text + getattr(b, 'after', ''))}</p>" for b in paper.body]
    rows += [f"<p class='r'>{html.escape(paper.signature)}</p><p class='r'>2026年10月9日</p>"]
    return f"<!doctype html><html lang='zh'><head><meta charset='utf-8'><style>{css}</style></head><body>{''.join(rows)}</body></html>"


@dataclass(frozen=True, slots=True)
class WeasyPrint(Pdf):
    """WeasyPrint on the same words as HTML; no seal, no imprint, no rule asked."""

    name = "WeasyPrint"

    def ready(self, paper: Paper) -> str:
        return page_of_html(paper)

    def pages(self, paper: Paper) -> int:
        return press.pages(self.set(self.ready(paper)))

    def set(self, page: str) -> bytes:
        from weasyprint import HTML  # not a requirement of ours: measured where somebody installed it

        return HTML(string=page).write_pdf()


@dataclass(frozen=True, slots=True)
class LibreOffice(WeasyPrint):
    """LibreOffice's command on the same words, one start for each document."""

    name = "LibreOffice command"

    def set(self, page: str) -> bytes:
        with tempfile.TemporaryDirectory(prefix="zt-bench-") as folder:
            source = Path(folder, "notice.html")
            source.write_text(page)
            profile = f"-env:UserInstallation=file://{folder}/profile"
            command = [office() or "", profile, "--headless", "--convert-to", "pdf:writer_web_pdf_Export", "--outdir", folder, str(source)]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            return Path(folder, "notice.pdf").read_bytes()


def office() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")
