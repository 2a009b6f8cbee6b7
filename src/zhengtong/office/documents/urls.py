"""Addresses of the home, the register and each document. Permanent codes, never keys."""

from django.urls import path

from . import views
from .views import clearances, groups, outputs, scans, way

app_name = "documents"
urlpatterns = [
    path("", views.home, name="home"),
    path("documents/", views.register, name="register"),
    path("documents/new/", views.draft, name="draft"),
    path("documents/preview/", views.preview, name="preview"),
    path("documents/findings/", views.findings, name="findings"),
    path("documents/similar/", views.similar, name="similar"),
    path("documents/cited/", views.cited, name="cited"),
    path("documents/groups/", groups.page, name="groups"),
    path("documents/groups/<int:key>/drop/", groups.drop, name="drop_group"),
    path("documents/phrases/", views.phrases, name="phrases"),
    path("documents/phrases/<int:key>/drop/", views.drop_phrase, name="drop_phrase"),
    path("documents/new/upload/", views.upload, name="upload"),
    path("documents/new/scans/<int:pk>/", scans.scan, name="scan"),
    path("documents/new/scans/<int:pk>/use/", scans.use, name="use_scan"),
    path("documents/new/scans/<int:pk>/drop/", scans.drop, name="drop_scan"),
    path("documents/new/keep/", views.keep, name="keep_new"),
    path("documents/new/throw-away/", views.throw_away, name="throw_away_new"),
    path("work/<slug:name>/", way.work, name="work"),
    path("absences/", way.absences, name="absences"),
    path("absences/<int:pk>/end/", way.end_absence, name="end_absence"),
    path("hand-over/", way.hand_over, name="hand_over"),
    path("clearances/", clearances.table, name="clearances"),
    path("clearances/<int:pk>/end/", clearances.end, name="end_clearance"),
    path("documents/<str:code>/way/", way.flow, name="flow"),
    path("documents/<str:code>/way/<slug:verb>/", way.do, name="way"),
    path("documents/<str:code>/", views.page, name="page"),
    path("documents/<str:code>/edit/", views.edit, name="edit"),
    path("documents/<str:code>/edit/keep/", views.keep, name="keep"),
    path("documents/<str:code>/edit/throw-away/", views.throw_away, name="throw_away"),
    path("documents/<str:code>/traces/", views.traces, name="traces"),
    path("documents/<str:code>/traces.docx", views.tracked, name="tracked"),
    path("documents/<str:code>/opinions/<int:line>.svg", views.handwriting, name="handwriting"),
    path("documents/<str:code>/originals/<int:number>/", views.original, name="original"),
    path("documents/<str:code>/traces/beside/", views.beside, name="beside"),
    path("documents/<str:code>/traces/timeline/", views.timeline, name="timeline"),
    path("documents/<str:code>/pdf/", views.pdf, name="pdf"),
    path("documents/<str:code>/ofd/", views.ofd, name="ofd"),
    path("documents/<str:code>/document.docx", outputs.word, name="word"),
    path("documents/<str:code>/sheet/", outputs.sheet, name="sheet"),
    path("documents/<str:code>/sheet.pdf", outputs.sheet_pdf, name="sheet_pdf"),
    path("documents/<str:code>/sheet/<int:number>.png", outputs.sheet_page, name="sheet_page"),
    path("documents/<str:code>/pages/<int:number>.png", views.picture, name="picture"),
    path("documents/<str:code>/do/<slug:verb>/", views.act, name="act"),
]
