"""The API's list of volunteers: who finds whom, and how little is told."""

import pytest
from django.urls import reverse
from django.utils import timezone

from fans.people.audit.models import AccessLog
from fans.people.consent import services as consent
from fans.people.table import ACTIONS, PERSON_LEVEL
from fans.people.volunteers.models import AgeBand, Stage, Travel
from tests import factories
from tests.factories import NORWICH, SALE, metres_east

pytestmark = pytest.mark.django_db

ONE_MILE_M = 1_609


@pytest.fixture
def amrit(db):
    """Amrit is active, lives a mile from the home, and would walk two."""
    person = factories.PersonFactory(name="Amrit Singh")
    consent.agree(person=person, purpose="name_to_homes", how="web")
    return factories.VolunteerFactory(
        person=person,
        stage=Stage.ACTIVE,
        location=metres_east(SALE, ONE_MILE_M),
        travel_m=Travel.TWO_MILES,
        interests=["gardening"],
        languages=["en", "pa"],
        times=["tue-am"],
    )


def listed(client, person, **params):
    client.force_login(person)
    response = client.get(reverse("api:volunteers-list"), params)
    assert response.status_code == 200, response.content
    return response.json()["results"]


def test_a_home_finds_a_volunteer_who_would_come_so_far(client, amrit, manager):
    (row,) = listed(client, manager)

    assert row["id"] == amrit.pk
    assert row["interests"] == ["gardening"]


def test_a_home_does_not_find_one_who_would_not_come_so_far(client, amrit, manager):
    amrit.travel_m = Travel.WALK
    amrit.save()

    assert listed(client, manager) == []


def test_a_home_does_not_find_one_who_only_writes(client, amrit, manager):
    amrit.travel_m = Travel.NOWHERE
    amrit.save()

    assert listed(client, manager) == []


def test_a_champion_finds_those_of_the_own_area_alone(client, amrit, champion):
    elsewhere = factories.PersonFactory(name="Nel", email="nel@example.org")
    factories.VolunteerFactory(person=elsewhere, stage=Stage.ACTIVE, location=NORWICH)

    assert [row["id"] for row in listed(client, champion)] == [amrit.pk]


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.ACTIVE])
def test_nobody_is_found_before_or_after_being_active(client, amrit, champion, stage):
    amrit.stage = stage
    amrit.save()

    assert listed(client, champion) == []


def test_the_young_are_not_found(client, amrit, champion):
    amrit.age_band = AgeBand.YOUNG
    amrit.location_precision = "outcode"
    amrit.adult_confirmed_at = timezone.now()
    amrit.save()

    assert listed(client, champion) == []


def test_a_manager_sees_the_first_name_of_who_agreed(client, amrit, manager):
    (row,) = listed(client, manager)

    assert row["name"] == "Amrit"


def test_a_coordinator_has_no_second_step_and_sees_no_name(client, amrit, coordinator):
    (row,) = listed(client, coordinator)

    assert row["name"] == ""


def test_nobody_sees_the_name_of_who_took_it_back(client, amrit, manager):
    consent.withdraw(person=amrit.person, purpose="name_to_homes")

    (row,) = listed(client, manager)

    assert row["name"] == ""


def test_names_are_for_roles_with_a_second_step_alone():
    assert ACTIONS["volunteers.name"].roles <= PERSON_LEVEL


def test_a_row_holds_no_address_no_surname_and_no_check_but_yes_or_no(client, amrit, manager):
    client.force_login(manager)
    body = client.get(reverse("api:volunteers-detail", args=[amrit.pk])).content.decode()

    assert amrit.person.email not in body
    assert "Singh" not in body
    assert '"cleared":false' in body


def test_one_of_elsewhere_is_not_there(client, amrit, manager):
    elsewhere = factories.PersonFactory(name="Nel", email="nel@example.org")
    far = factories.VolunteerFactory(person=elsewhere, stage=Stage.ACTIVE, location=NORWICH)
    client.force_login(manager)

    response = client.get(reverse("api:volunteers-detail", args=[far.pk]))
    missing = client.get(reverse("api:volunteers-detail", args=[far.pk + 1_000]))

    assert response.status_code == missing.status_code == 404
    assert response.content == missing.content


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"interest": "gardening"}, 1),
        ({"interest": "music"}, 0),
        ({"language": "pa"}, 1),
        ({"language": "cy"}, 0),
        ({"time": "tue-am"}, 1),
        ({"time": ["mon-am", "tue-am"]}, 1),
        ({"time": "mon-am"}, 0),
        ({"in_bbox": "-2.4,53.3,-2.2,53.5"}, 1),
        ({"in_bbox": "-2.4,53.3,-2.31,53.5"}, 0),
    ],
)
def test_is_narrowed_by_what_is_asked(client, amrit, champion, params, found):
    assert len(listed(client, champion, **params)) == found


def test_distances_are_those_of_the_rough_place_to_a_hundred_metres(client, amrit, champion):
    near = f"{SALE.x},{SALE.y}"

    (row,) = listed(client, champion, near=near)

    assert row["distance_m"] == 1_600
    assert listed(client, champion, near=near, within_m=ONE_MILE_M - 1) == []


@pytest.mark.parametrize(
    "params",
    [
        {"ordering": "person__email"},
        {"fields": "person"},
        {"q": "Amrit"},
        {"person": "1"},
        {"within_m": "100"},
        {"interest": "none-such"},
    ],
)
def test_refuses_what_it_does_not_know_by_name(client, amrit, champion, params):
    client.force_login(champion)

    response = client.get(reverse("api:volunteers-list"), params)

    assert response.status_code == 400
    assert next(iter(params)) in response.content.decode()


def test_answers_geojson_of_rough_places(client, amrit, champion):
    client.force_login(champion)

    answer = client.get(reverse("api:volunteers-list"), {"format": "geojson"}).json()

    (feature,) = answer["features"]
    assert feature["geometry"]["coordinates"] == pytest.approx(amrit.location.tuple, abs=1e-6)
    assert feature["properties"]["location_precision"] == "sector"


def test_the_list_costs_a_fixed_number_of_queries(
    client, amrit, champion, django_assert_max_num_queries
):
    for number in range(5):
        person = factories.PersonFactory(name="Bo", email=f"bo{number}@example.org")
        factories.VolunteerFactory(person=person, stage=Stage.ACTIVE, location=SALE)
    client.force_login(champion)

    with django_assert_max_num_queries(14):
        assert client.get(reverse("api:volunteers-list")).json()["count"] == 6


def test_every_look_is_logged_with_whom_it_was_at(client, amrit, manager):
    listed(client, manager)
    client.get(reverse("api:volunteers-detail", args=[amrit.pk]))

    looks = AccessLog.objects.order_by("pk")
    assert [look.route for look in looks] == ["api:volunteers-list", "api:volunteers-detail"]
    for look in looks:
        assert (look.person_id, look.people_ids) == (manager.pk, [amrit.person_id])
