from zhengtong.business.letters import demo, queries
from zhengtong.business.letters.models import Letter
from zhengtong.foundation.accounts.models import Grant


def test_the_sample_letters_stand_at_different_places_of_their_way(cast, portal, settings):
    settings.MODE = "demo"
    Grant.objects.filter(post__holdings__person=cast.handler, role="letters_checker").delete()
    assert demo.plant() == "9" and demo.plant() == "0"
    assert set(Letter.objects.values_list("state", flat=True)) == {"received", "sorted", "dispatched", "handling", "checking", "answered"}
    assert queries.waiting(cast.keeper).get().kind == "report"
