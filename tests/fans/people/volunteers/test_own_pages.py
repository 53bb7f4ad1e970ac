"""A volunteer's own pages: the way, changes, resting, coming back, leaving."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from fans.people.consent import services as consents
from fans.people.models import Person
from fans.people.volunteers.errors import ConsentMissingError, NotYetError
from fans.people.volunteers.models import Stage, StageEvent, Volunteer
from fans.people.volunteers.own_way import way_of
from fans.people.volunteers.reports import homes_near
from fans.people.volunteers.services import own, signing_up
from fans.people.volunteers.services.pathway import move
from tests import factories
from tests.factories import NORWICH, SALE, metres_east
from tests.fans.people.volunteers.offers import answers, text

ME = "/volunteer/me/"


@pytest.fixture
def vera(client, cells, db) -> Volunteer:
    """Vera has offered, agreed to being kept, and is signed in."""
    person = factories.PersonFactory(name="Vera Vole")
    volunteer = signing_up.offer_from_account(person=person, answers=answers(name="Vera"))
    client.force_login(person)
    return volunteer


@pytest.fixture
def lead(db) -> Person:
    """Lea looks after volunteers around Sale."""
    return factories.member("volunteer_lead", area=factories.AreaFactory(), name="Lea Marsh")


def _press(client, name: str) -> str:
    return text(client.post(reverse(f"volunteers:{name}"), follow=True))


def _stage(volunteer: Volunteer) -> str:
    return Volunteer.objects.get(pk=volunteer.pk).stage


def test_whoever_is_no_volunteer_is_invited_to_become_one(client, stranger):
    client.force_login(stranger)

    assert "Become a volunteer" in text(client.get(ME))
    for name in ("hours", "change", "leave", "ask_adult"):
        assert client.get(reverse(f"volunteers:{name}"))["Location"] == ME
    assert client.post(reverse("volunteers:rest"))["Location"] == ME


def test_the_way_says_what_is_behind_what_comes_now_and_whom_to_ask(client, vera, lead):
    before = text(client.get(ME))
    move(volunteer=vera, to=Stage.MET, by=lead)
    after = text(client.get(ME))

    assert "The volunteer lead of your area gets in touch" in before
    assert "Lea Marsh" in before
    assert lead.email not in before
    assert "Met Lea" in after
    assert lead.email in after


def test_the_way_counts_references_and_leaves_out_what_the_role_does_not_ask(vera, lead):
    met = move(volunteer=vera, to=Stage.MET, by=lead)
    met.role_slug = "visitor"
    with_references = {stop.label: stop.words for stop in way_of(met).stops}
    met.role_slug = "letters" if not factories.ROLES["letters"].references else "group-visit"
    without = [stop.label for stop in way_of(met).stops]

    assert with_references["References"] == f"0 of {factories.ROLES['visitor'].references} back"
    assert "References" not in without


def test_at_rest_the_way_stands_as_it_did(vera, lead):
    met = move(volunteer=vera, to=Stage.MET, by=lead)
    before = [(stop.label, stop.state) for stop in way_of(met).stops]
    resting = own.rest(volunteer=met, by=vera.person)

    assert [(stop.label, stop.state) for stop in way_of(resting).stops] == before


def test_one_press_rests_and_one_comes_back_and_no_reason_is_kept(client, vera, lead):
    move(volunteer=vera, to=Stage.MET, by=lead)

    resting = _press(client, "rest")
    back = _press(client, "come_back")

    assert "you are resting" in resting
    assert "Welcome back!" in back
    assert _stage(vera) == Stage.MET
    assert StageEvent.objects.get(stage=Stage.RESTING).note == ""


def test_a_pause_by_a_lead_is_not_theirs_to_end_and_no_reason_is_shown(client, vera, lead):
    move(volunteer=vera, to=Stage.RESTING, by=lead)

    page = text(client.get(ME))
    tried = _press(client, "come_back")

    assert "I am back" not in page
    assert "Please talk to your volunteer lead: Lea Marsh." in page
    assert "Please talk to your volunteer lead" in tried
    assert _stage(vera) == Stage.RESTING


def test_a_consent_taken_back_rests_at_once_and_coming_back_asks_for_it_again(client, vera):
    consents.withdraw(person=vera.person, purpose="volunteer_profile", by=vera.person)
    rested = _stage(vera)
    with pytest.raises(ConsentMissingError):
        own.come_back(volunteer=vera, by=vera.person)

    consents.agree(person=vera.person, purpose="volunteer_profile", how="web")
    own.come_back(volunteer=vera, by=vera.person)

    assert (rested, _stage(vera)) == (Stage.RESTING, Stage.APPLIED)


def test_another_consent_taken_back_changes_nothing_on_the_way(vera):
    consents.agree(person=vera.person, purpose="name_to_homes", how="web")
    consents.withdraw(person=vera.person, purpose="name_to_homes", by=vera.person)

    assert _stage(vera) == Stage.APPLIED


def test_a_withdrawal_that_a_lead_wrote_down_is_no_pause_by_the_lead(vera, lead):
    consents.withdraw(person=vera.person, purpose="volunteer_profile", by=lead, how="phone")

    vera.refresh_from_db()
    assert (vera.stage, vera.paused_by_lead) == (Stage.RESTING, False)


def test_i_am_still_here_is_noted_today(client, vera):
    Volunteer.objects.update(last_heard_on=dt.date(2026, 1, 1))

    _press(client, "still_here")

    vera.refresh_from_db()
    assert vera.last_heard_on == timezone.localdate()


def test_leaving_ends_the_role_and_lets_them_offer_again(client, cells):
    volunteer = factories.active_volunteer()
    client.force_login(volunteer.person)

    asked = text(client.get(reverse("volunteers:leave")))
    page = _press(client, "leave")

    assert "Nobody asks why." in asked
    assert "You have left" in page
    assert "Offer again" in page
    assert _stage(volunteer) == Stage.LEFT
    assert not volunteer.person.memberships.on(timezone.localdate()).exists()
    with pytest.raises(NotYetError):
        own.rest(volunteer=volunteer, by=volunteer.person)


def test_changing_what_one_likes_moves_nobody(client, vera):
    point, said = (
        vera.location.tuple,
        {"interests": ["music"], "travel_m": "0", "offer": "Songs"},
    )

    client.post(reverse("volunteers:change"), said)

    vera.refresh_from_db()
    assert (vera.interests, vera.travel_m, vera.offer) == (["music"], 0, "Songs")
    assert (vera.cell, vera.location.tuple) == ("M33 2", point)


def test_a_postcode_in_the_same_cell_moves_nobody_whatever_the_gazetteer_says_now(client, vera):
    from geo.models import PostcodeCell  # noqa: PLC0415 (only this test moves a cell)

    point = vera.location.tuple
    PostcodeCell.objects.update(location=NORWICH)
    said = {"interests": ["music"], "travel_m": "0", "postcode": "M33 2AA"}

    client.post(reverse("volunteers:change"), said)

    vera.refresh_from_db()
    assert vera.location.tuple == point


def test_a_postcode_elsewhere_moves_them_and_is_not_kept(client, vera):
    from geo.models import PostcodeCell  # noqa: PLC0415

    PostcodeCell.objects.create(
        code="NR2 1", kind="sector", location=NORWICH, postcodes_count=100
    )
    said = {"interests": ["music"], "travel_m": "0", "postcode": "NR2 1AB"}

    client.post(reverse("volunteers:change"), said)

    vera.refresh_from_db()
    assert (vera.cell, vera.location.tuple) == ("NR2 1", pytest.approx(NORWICH.tuple))
    assert "1AB" not in text(client.get(ME))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"interests": []}, "Pick at least one."),
        ({"postcode": "nowhere"}, "Put a postcode"),
        ({"phone": "ring"}, "Put a telephone number"),
        ({"offer": "Mr Hill likes me"}, "Keep it as it is"),
    ],
)
def test_a_change_that_does_not_hold_is_named(client, vera, said, words):
    usual = {"interests": ["music"], "travel_m": "0"}
    response = client.post(reverse("volunteers:change"), {**usual, **said})

    vera.refresh_from_db()
    assert response.status_code == 422
    assert words in text(response)
    assert vera.interests == ["chat"]


def test_homes_near_are_told_in_miles_and_small_ones_and_far_ones_are_not(db):
    near = factories.HomeFactory(name="Near House", location=metres_east(SALE, 900))
    factories.HomeFactory(name="Further", location=metres_east(SALE, 3_200))
    factories.HomeFactory(name="Too far", location=metres_east(SALE, 3_300))
    factories.HomeFactory(name="Somebody's own", beds=3)

    found = homes_near(SALE, 3_219)

    assert [(one.home.name, one.distance) for one in found] == [
        (near.name, "A short walk"),
        ("Further", "About 2 miles"),
    ]
    assert homes_near(None, 3_219) == homes_near(SALE, 0) == []


def test_the_page_of_the_day_tells_the_next_step(client, vera):
    page = text(client.get(reverse("frontend:today")))

    assert "My way as a volunteer" in page
    assert "gets in touch, and you meet" in page
    assert "You have no part in a home" not in page


def test_the_way_is_in_the_header_of_volunteers_and_not_of_managers(client, vera, manager):
    hers = text(client.get(ME))
    client.force_login(manager)
    theirs = text(client.get(reverse("frontend:today")))

    assert "My way</a>" in hers
    assert "My way" not in theirs


def test_after_a_year_of_rest_nobody_was_written_to(client, vera):
    _press(client, "rest")
    sent = len(mail.outbox)

    with time_machine.travel(timezone.now() + dt.timedelta(days=365)):
        client.force_login(vera.person)
        assert "you are resting" in text(client.get(ME))
    assert len(mail.outbox) == sent
