from django.urls import path
from django.views.i18n import set_language

from .views import health

set_language.door = "public"  # type: ignore[attr-defined]

urlpatterns = [path("health", health, name="health"), path("language/", set_language, name="set_language")]
