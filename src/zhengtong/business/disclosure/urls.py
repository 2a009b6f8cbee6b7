from django.urls import path

from .views import catalogue, letters, redactions, requests

app_name = "disclosure"
urlpatterns = [
    path("disclosure/", requests.listing, name="list"),
    path("disclosure/register/", requests.register, name="register"),
    path("disclosure/catalogue/", catalogue.listing, name="catalogue"),
    path("disclosure/catalogue/enter/", catalogue.enter, name="enter"),
    path("disclosure/catalogue/<str:number>/", catalogue.entry, name="entry"),
    path("disclosure/catalogue/<str:number>/published/", catalogue.published, name="published"),
    path("disclosure/catalogue/<str:number>/withhold/", catalogue.withhold, name="withhold"),
    path("disclosure/desk/", letters.desk, name="desk"),
    path("disclosure/desk/seal/", letters.seal, name="seal"),
    path("disclosure/letters/<int:pk>/letter.pdf", letters.pdf, name="letter"),
    path("disclosure/letters/<int:pk>/page.png", letters.picture, name="picture"),
    path("disclosure/letters/<int:pk>/discard/", letters.discard, name="discard"),
    path("disclosure/letters/<int:pk>/send-up/", letters.send_up, name="send_up"),
    path("disclosure/letters/<int:pk>/send-back/", letters.send_back, name="send_back"),
    path("disclosure/letters/<int:pk>/issue/", letters.issue, name="issue"),
    path("disclosure/letters/<int:pk>/deliver/", letters.deliver, name="deliver"),
    path("disclosure/opinions/<str:number>/", letters.opinion, name="opinion"),
    path("disclosure/redactions/<int:pk>/", redactions.redaction, name="redaction"),
    path("disclosure/redactions/<int:pk>/pages/<int:number>.png", redactions.picture, name="redaction_page"),
    path("disclosure/redactions/<int:pk>/passage/", redactions.passage, name="passage"),
    path("disclosure/redactions/<int:pk>/corner/<int:number>/", redactions.corner, name="corner"),
    path("disclosure/redactions/<int:pk>/unmark/<int:place>/", redactions.unmark, name="unmark"),
    path("disclosure/redactions/<int:pk>/finish/", redactions.finish, name="finish_redaction"),
    path("disclosure/<str:number>/redact/", redactions.begin, name="redact"),
    path("disclosure/contests/<str:number>/reply/", letters.reply, name="reply"),
    path("disclosure/contests/<str:number>/conclude/", letters.conclude, name="conclude"),
    path("disclosure/<str:number>/", requests.folder, name="request"),
    path("disclosure/<str:number>/contest/", letters.contest, name="contest"),
    path("disclosure/<str:number>/papers/", requests.give, name="give"),
    path("disclosure/<str:number>/papers/<int:pk>/", requests.paper, name="paper"),
    path("disclosure/<str:number>/papers/<int:pk>/away/", requests.take_away, name="take_away"),
    path("disclosure/<str:number>/<str:verb>/", requests.step, name="step"),
]
