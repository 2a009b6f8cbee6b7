"""What anybody on the internet sees: the files of the release."""

from urllib.parse import unquote

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import require_safe

from . import folders, queries, rules


@require_safe
def page(request: HttpRequest, path: str = "") -> HttpResponse:
    """A file of the release at its public path; nothing that the signed manifest does not name is ever read."""
    if not folders.root():
        answer = render(request, "pages/prepared.html", status=503 if path else 200)
        answer["Cache-Control"] = "no-store"
        return answer
    wanted = rules.file_for(path)
    digest = queries.digest(wanted)
    if not digest:
        if not path.endswith("/") and queries.digest(f"{path}/{rules.INDEX}"):
            return HttpResponseRedirect(f"/{path}/")
        if there := queries.moved(unquote(request.get_full_path())):
            return HttpResponsePermanentRedirect(there)
        return missing(request)
    return _file(request, wanted, digest)


def _file(request: HttpRequest, path: str, digest: str, status: int = 200) -> HttpResponse:
    etag = quote_etag(digest)
    fresh = status == 200 and etag in parse_etags(request.headers.get("If-None-Match", ""))
    answer = HttpResponseNotModified() if fresh else FileResponse(queries.place(path).open("rb"), content_type=rules.content_type(path))
    answer.status_code = 304 if fresh else status
    answer["ETag"] = etag
    if path.startswith(rules.OPEN):
        answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = rules.cache_rule(path) if status == 200 else "no-store"
    return answer


def missing(request: HttpRequest) -> HttpResponse:
    """The site's own page for what is not there."""
    digest = queries.digest("404.html")
    return _file(request, "404.html", digest, status=404) if digest else HttpResponse(status=404)


page.door = "public"  # type: ignore[attr-defined]
