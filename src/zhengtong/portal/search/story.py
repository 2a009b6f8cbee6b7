"""Story 1 on the portal: anybody finds the document on the county's site, reads it and downloads the PDF."""

import re
from collections.abc import Callable

from zhengtong.foundation.refusal import Refused
from zhengtong.portal.pages import queries as pages
from zhengtong.portal.pages import rules as serving

from . import index, queries, rules

Values = dict[str, object]


def read_article(values: Values) -> Values:
    """Search for the number, open the page, open the PDF that it links. Reading leaves no entry: it names the release read."""
    number = str(values["document_number"])
    index.catch_up()  # as the worker does
    hit = next((hit for hit in queries.search(rules.asked({"q": number})).hits if hit.number == number), None)
    if hit is None:
        raise Refused("门户上搜不到这份文件")
    page = serving.file_for(hit.url)
    text = pages.place(page).read_text(encoding="utf-8")
    link = re.search(r'href="([^"]+\.pdf)"', text)
    pdf = serving.file_for(link[1]) if link else ""
    if number not in text or not pages.digest(pdf) or not pages.place(pdf).read_bytes().startswith(b"%PDF-"):
        raise Refused("门户上的页面没有文号，或没有可下载的PDF")
    return {"reads": "pages.serve", "paper": number, "public_page": str(pages.place(page)), "pdf": str(pages.place(pdf))}


STEPS: dict[str, Callable[[Values], Values]] = {"read_article": read_article}
