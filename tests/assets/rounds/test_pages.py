"""The pages of rounds: planned, walked, handed on, shared out; without JavaScript."""

import pytest
from django.urls import reverse

from assets.rounds import services
from assets.rounds.models import Round, Stop
from geo.models import Postcode
from tests import factories
from tests.assets.rounds.conftest import EVERYWHERE
from tests.factories import SALE


@pytest.fixture
def site(client, champion):
    client.force_login(champion)
    return client


@pytest.fixture
def planned(street, champion) -> Round:
    return services.plan_round(by=champion, near=SALE, reach=EVERYWHERE, size=3)


def page(client, name: str, *args) -> str:
    response = client.get(reverse(f"rounds:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


def found(client, stop: Stop, **data):
    return client.post(reverse("rounds:stop", args=[stop.round_id, stop.pk]), data)


def test_a_round_is_planned_from_a_postcode(site, street):
    Postcode.objects.create(code="M332DH", location=SALE)

    response = site.post(reverse("rounds:plan"), {"postcode": "m33 2dh"})

    planned = Round.objects.get()
    assert response["Location"] == reverse("rounds:round", args=[planned.pk])
    assert planned.stops.count() == 8


def test_a_round_is_planned_from_where_somebody_is_and_from_an_area(site, street, champion):
    site.post(reverse("rounds:plan"), {"lon": "-2.322", "lat": "53.424"})
    site.post(reverse("rounds:plan"), {"area": champion.memberships.get().area_id})

    assert [each.stops.count() for each in Round.objects.order_by("pk")] == [8, 2]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Put a postcode, use where you are"),
        ({"postcode": "nowhere"}, "We do not know this postcode"),
        ({"lon": "x", "lat": "53"}, "Enter a number"),
        ({"lon": "400", "lat": "53"}, "could not be read"),
        ({"area": "999999"}, "Select a valid choice"),
        ({"lon": "1.293", "lat": "52.629"}, "No place there waits to be checked"),
    ],
)
def test_what_no_round_can_be_planned_from_is_a_sentence(site, street, data, words):
    response = site.post(reverse("rounds:plan"), data)

    assert response.status_code == 400
    assert words in response.content.decode()
    assert not Round.objects.exists()


def test_the_walking_list_says_what_is_next_and_how_far(site, planned):
    html = page(site, "round", planned.pk)

    assert "0 of 3 seen" in html
    assert "an estimate" in html
    assert html.index('<h2 id="next">Shop 1</h2>') < html.index("2. Shop 2")


def test_what_is_ticked_is_checked_and_the_next_place_comes(site, planned):
    stop = planned.stops.first()
    html = page(site, "stop", planned.pk, stop.pk)
    assert 'value="place"' in html
    assert 'value="place" checked' not in html  # nothing is confirmed unseen

    found(site, stop, found="right", facts=["place"])

    html = page(site, "round", planned.pk)
    assert "1 of 3 seen" in html
    assert '<h2 id="next">Shop 2</h2>' in html
    assert stop.asset.fact_checks.count() == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"found": "right"}, "Tick at least one thing"),
        ({"found": "right", "facts": ["soul"]}, "Select a valid choice"),
        ({"found": "skip", "reason": " "}, "Say in a few words why"),
        ({"found": "lost"}, "Say what you found"),
        ({}, "Say what you found"),
    ],
)
def test_what_says_nothing_is_a_sentence_and_the_place_waits(site, planned, data, words):
    stop = planned.stops.first()

    response = found(site, stop, **data)

    assert response.status_code == 400
    assert words in response.content.decode()
    stop.refresh_from_db()
    assert stop.waits


def test_who_changes_a_place_comes_back_to_it_and_is_asked_what_is_right(site, planned):
    stop = planned.stops.first()
    back = reverse("rounds:stop", args=[planned.pk, stop.pk])
    edit = f"{reverse('assets:edit', args=[stop.asset_id])}?back={back}"
    form = site.get(edit).context["form"]
    data = {name: value for name, value in form.initial.items() if value is not None}

    response = site.post(edit, {**data, "name": "Shop One"})

    assert response["Location"] == f"{back}?changed=1"
    html = site.get(response["Location"]).content.decode()
    assert "Saving is not checking" in html
    assert stop.asset.fact_checks.count() == 0
    found(site, stop, found="changed", facts=["place"])
    stop.refresh_from_db()
    assert stop.found == "changed"


def test_no_address_of_elsewhere_is_a_way_back(site, street):
    edit = reverse("assets:edit", args=[street[0].pk])
    form = site.get(edit).context["form"]
    data = {name: value for name, value in form.initial.items() if value is not None}

    response = site.post(f"{edit}?back=//evil.example/rounds/1/stops/1/", data)

    assert response["Location"] == street[0].get_absolute_url()


def test_the_list_shows_mine_what_nobody_has_and_lets_me_take_it(site, planned):
    assert "0 of 3 seen" in page(site, "list")
    hand = reverse("rounds:hand", args=[planned.pk])

    site.post(hand, {"give_back": "1"})
    assert "Nobody has these yet" in page(site, "list")
    site.post(hand, {"take": "1"})
    assert "You have no round" not in page(site, "list")


def test_a_round_goes_to_somebody_and_to_nobody_else(site, planned, champion):
    other = factories.member("champion", area=champion.memberships.get().area, name="Bea")
    hand = reverse("rounds:hand", args=[planned.pk])

    site.post(hand, {"to": str(other.pk)})
    planned.refresh_from_db()
    assert planned.assigned_to == other
    response = site.post(hand, {"to": "x"}, follow=True)
    assert "Choose somebody who may check places there" in response.content.decode()


def test_who_finishes_early_finds_it_among_the_last_ones(site, planned):
    site.post(reverse("rounds:finish", args=[planned.pk]))

    assert "finished early" in page(site, "list")
    assert "This round is over" in page(site, "round", planned.pk)


def test_an_area_is_shared_out_among_those_chosen(site, street, champion):
    area = champion.memberships.get().area
    other = factories.member("champion", area=area, name="Bea")
    html = page(site, "share")
    assert "10 places wait: 2 rounds" in html
    assert "Bea" in html

    site.post(reverse("rounds:share"), {"area": area.pk, "who": [other.pk]})

    assert {each.assigned_to for each in Round.objects.all()} == {other}


def test_nobody_chosen_is_a_sentence(site, street, champion):
    area = champion.memberships.get().area

    response = site.post(reverse("rounds:share"), {"area": area.pk})

    assert response.status_code == 400
    assert "Choose at least one person" in response.content.decode()


def test_the_area_of_others_is_not_shared_out(site, street):
    far = factories.AreaFactory(boundary=factories.box(factories.NORWICH))

    assert site.get(reverse("rounds:share"), {"area": far.pk}).status_code == 403


def test_a_walking_list_costs_few_queries_however_long(
    site, planned, street, django_assert_max_num_queries
):
    page(site, "round", planned.pk)

    with django_assert_max_num_queries(18):
        page(site, "round", planned.pk)
