import pytest
from django.http import HttpResponse
from django.urls import get_resolver, path, reverse

from zhengtong.foundation.accounts import doors, rules
from zhengtong.foundation.accounts.doors import door

from .cast import account, enter, person

pytestmark = pytest.mark.django_db
OFFICE_ROLES = sorted(code for code, role in rules.ROLES.items() if "office" in role.networks)


def room(role):
    @door(role)
    def view(request):
        return HttpResponse(f"{request.person.name} {sorted(request.roles)}")

    return view


def nobodys(request):
    return HttpResponse("in")


@door()
def anybody(request):
    return HttpResponse("in")


@doors.public
def open_to_all(request):
    return HttpResponse("in")


urlpatterns = [
    *get_resolver("zhengtong.office.urls").url_patterns,
    *(path(f"room/{role}/", room(role)) for role in OFFICE_ROLES),
    path("room/nobodys/", nobodys),
    path("room/anybody/", anybody),
    path("room/open/", open_to_all),
]


@pytest.fixture(autouse=True)
def rooms(settings):
    settings.ROOT_URLCONF = __name__


@pytest.mark.parametrize("role", OFFICE_ROLES)
def test_a_door_opens_to_its_role_and_to_no_other(client, role):
    enter(client, account(person("P1", role)))
    opened = [other for other in OFFICE_ROLES if client.get(f"/room/{other}/").status_code == 200]
    assert opened == [role]
    refused = client.get(f"/room/{next(other for other in OFFICE_ROLES if other != role)}/")
    assert refused.status_code == 403


def test_the_403_page_names_who_does_it(client):
    enter(client, account(person("P1", "drafter")))
    answer = client.get("/room/registrar/")
    assert answer.status_code == 403 and "登记与印制员" in answer.content.decode()


@pytest.mark.parametrize("address", ["/room/drafter/", "/room/anybody/", "/room/nobodys/"])
def test_strangers_are_led_to_the_sign_in_page_and_back(client, address):
    answer = client.get(address, {"tab": "1"})
    assert answer.status_code == 302 and answer.url == f"{reverse('accounts:sign_in')}?next={address.replace('/', '%2F')}%3Ftab%3D1"


def test_a_part_of_a_page_leads_the_whole_page_to_sign_in(client):
    answer = client.get("/room/anybody/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith(reverse("accounts:sign_in"))


def test_a_view_without_a_door_is_closed_to_strangers(client):
    assert client.get("/room/nobodys/").status_code == 302
    enter(client, account(person("P1")))
    assert client.get("/room/nobodys/").content == b"in"


def test_a_public_view_is_open(client):
    assert client.get("/room/open/").content == b"in"


def test_a_leader_without_his_second_factor_passes_no_door(client):
    client.force_login(account(person("P1", "principal_head")))
    for address in ("/room/principal_head/", "/room/anybody/", "/room/nobodys/"):
        assert client.get(address).url.startswith(reverse("accounts:second_factor"))
    assert client.get("/room/open/").status_code == 200


def test_a_door_for_an_unknown_role_is_refused_when_it_is_hung():
    with pytest.raises(ValueError, match="nonsense"):
        door("nonsense")


def test_every_door_can_be_read_from_its_view():
    assert room("drafter").door == ("drafter",) and anybody.door == () and open_to_all.door == doors.PUBLIC


def test_every_address_of_this_room_has_a_door():
    from zhengtong.foundation.accounts import urls

    assert all(hasattr(row.callback, "door") for row in urls.urlpatterns)
