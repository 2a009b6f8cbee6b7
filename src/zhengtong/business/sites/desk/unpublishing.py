"""撤下 is an official act with a reason: the desk's button leads to its confirmation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views import View


class ToWithdrawal(View):
    """Stands where Wagtail's own page for unpublishing would."""

    template_name = ""  # the viewset looks for it

    def dispatch(self, request: HttpRequest, pk: str) -> HttpResponse:
        return redirect(reverse("sites:article", args=[pk]) + "#withdraw")
