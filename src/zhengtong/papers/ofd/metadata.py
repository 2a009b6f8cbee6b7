"""OFD.xml: what the document is, with the core metadata of GB/T 33480-2016 under their Chinese names."""

from datetime import datetime
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from zhengtong.papers.typeset.paper import Paper, day

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
ZONE = ZoneInfo("Asia/Shanghai")


def core(paper: Paper, identity: str) -> dict[str, str]:
    """The items of GB/T 33480-2016 chapter 4 that the paper holds, in their order; 文种 and 发布层次 are not on the page."""
    marks = (paper.issuer_mark, *(i.name for i in paper.joint if paper.mark_all))
    signed = (paper.signature, *(i.name for i in paper.joint), *(s.name for s in paper.stamps))
    items = {
        "公文标识": identity,
        "份号": paper.copy_no,
        "密级和保密期限": paper.secrecy,
        "紧急程度": paper.urgency,
        "发文机关标志": "；".join(marks),
        "发文字号": paper.number,
        "签发人": "；".join(paper.signers),
        "标题": paper.title.replace("\n", ""),
        "主送机关": "；".join(paper.recipients),
        "附件说明": "；".join(a.name for a in paper.attachments),
        "发文机关或签发人署名": "；".join(name for name in signed if name),
        "成文日期": day(paper.date),
        "附注": paper.note,
        "抄送机关": "；".join(paper.cc),
        "印发机关": paper.printed_by,
        "印发日期": day(paper.printed_on),
    }
    return {name: value for name, value in items.items() if value}


def entry(paper: Paper, at: datetime, identity: str) -> str:
    """The package's entry file."""
    rows = "".join(
        f"<ofd:CustomData Name={quoteattr(name)}>{_text(value)}</ofd:CustomData>" for name, value in core(paper, identity).items()
    )
    author = f"<ofd:Author>{_text(paper.signature)}</ofd:Author>" if paper.signature else ""
    return (
        f'{HEAD}<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
        f"<ofd:DocID>{identity}</ofd:DocID><ofd:Title>{_text(paper.title.replace(chr(10), ''))}</ofd:Title>{author}"
        f"<ofd:CreationDate>{at.astimezone(ZONE).date().isoformat()}</ofd:CreationDate><ofd:Creator>Zhengtong</ofd:Creator>"
        f"<ofd:CustomDatas>{rows}</ofd:CustomDatas></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )


def _text(value: str) -> str:
    """Text for XML: what may not stand there becomes 〓."""
    return escape("".join(c if c.isprintable() or c in " \u3000" else "〓" for c in value))
