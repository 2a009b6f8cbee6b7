"""Attachments: a file laid ready for a draft, and a file that goes along with a document as it came."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.files import queries as files
from zhengtong.foundation.files.actions import safe_name
from zhengtong.foundation.refusal import Refused
from zhengtong.office.documents import actions
from zhengtong.office.documents.forms_attachments import Row
from zhengtong.office.documents.rules.attachments import LARGEST_MB

from .pages import document_of


@require_POST
@door()
def lay(request: HttpRequest) -> HttpResponse:
    """A chosen file goes up at once, so that no refusal of the form can lose it; the answer is its row, or why it is not taken."""
    given = request.FILES.get("file")
    try:
        # one byte past the limit is enough to refuse by
        row = Row(actions.lay(request.person, given.read(LARGEST_MB * 1024 * 1024 + 1) if given else b"", given.name if given else ""))
    except Refused as no:
        return HttpResponse(str(no), status=422, content_type="text/plain; charset=utf-8")
    return render(request, "documents/_attachment.html", {"held": row, "key": request.POST.get("key", "")[:12]})


@require_GET
@door()
def file(request: HttpRequest, code: str, key: str) -> FileResponse:
    """The attached file as it came."""
    found = get_object_or_404(document_of(request, code).attachments.select_related("file"), key=key, file__isnull=False)
    return FileResponse(files.open_stored(found.file.sm3), as_attachment=True, filename=safe_name(found.file_name))
