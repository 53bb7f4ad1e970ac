"""What I agreed to, in one click; and what somebody else said, written down for them."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from fans.people.audit.models import AccessLog
from fans.people.consent.models import Consent
from fans.people.consent.services import agree, current_wording, holds
from fans.people.consent.subjects import may_record_for
from tests import factories
from tests.factories import NORWICH, box

MINE = "/account/consents/"
AGREE = "/account/consents/photo/agree/"
TAKE_BACK = "/account/consents/photo/take-back/"


@pytest.fixture
def signed_in(client, volunteer):
    """Vi is signed in."""
    client.force_login(volunteer)
    return client


def _text(response) -> str:
    return response.content.decode()


def _said(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def test_the_page_shows_the_very_words_the_day_and_the_way(signed_in, volunteer):
    given = dt.datetime(2026, 11, 5, 12, tzinfo=dt.UTC)
    with time_machine.travel(given):
        agree(person=volunteer, purpose="photo", how="web")

    page = _text(signed_in.get(MINE))

    assert current_wording("photo").text in page
    assert "5 November 2026, on this site" in page
    assert "News by e-mail" in page  # asked of anybody, not agreed to


def test_only_what_concerns_them_is_asked(signed_in, client, stranger):
    asked = _text(signed_in.get(MINE))
    assert "Telling homes your name" in asked
    assert "as the welcome contact of a home" not in asked
    assert "A young person may volunteer" not in asked

    client.force_login(stranger)
    assert "Telling homes your name" not in _text(client.get(MINE))


def test_one_click_takes_it_back_and_another_undoes_it(signed_in, volunteer):
    row = agree(person=volunteer, purpose="photo", how="web")

    response = signed_in.post(TAKE_BACK, follow=True)
    assert not holds(volunteer, "photo")
    undo = reverse("consent:restore", args=[row.pk])
    assert undo in _text(response)

    signed_in.post(undo)
    assert holds(volunteer, "photo")


def test_no_reason_is_asked(signed_in, volunteer):
    agree(person=volunteer, purpose="photo", how="web")

    page = _text(signed_in.get(MINE))

    assert "Nobody asks why" in page
    assert "<textarea" not in page


def test_agreeing_again_is_possible_and_history_stays_in_sight(signed_in, volunteer):
    agree(person=volunteer, purpose="photo", how="paper")
    signed_in.post(TAKE_BACK)
    signed_in.post(AGREE, {"version": 1})

    page = _text(signed_in.get(MINE))
    assert holds(volunteer, "photo")
    assert "What was before (1)" in page
    assert "taken back on" in page


def test_words_that_were_not_shown_are_not_agreed_to(signed_in, volunteer, new_wording):
    new_wording("photo", stands=False)

    for version in ({}, {"version": "1"}, {"version": "x"}, {"version": "²"}):
        response = signed_in.post(AGREE, version, follow=True)
        assert "read it once more" in _said(response)
    assert not holds(volunteer, "photo")

    signed_in.post(AGREE, {"version": "2"})
    assert holds(volunteer, "photo")


@pytest.mark.parametrize("page", ["/account/", "/today/", MINE])
def test_new_words_ask_again_where_somebody_looks(signed_in, volunteer, new_wording, page):
    agree(person=volunteer, purpose="photo", how="web")
    assert "changed" not in _text(signed_in.get(page)).lower()

    new_wording("photo", stands=False)

    assert "changed" in _text(signed_in.get(page)).lower()


def test_the_new_words_stand_below_the_old_ones(signed_in, volunteer, new_wording):
    agree(person=volunteer, purpose="photo", how="web")
    old = current_wording("photo").text
    new_wording("photo", stands=False, text="You may also print them.")

    page = _text(signed_in.get(MINE))

    assert page.index(old) < page.index("You may also print them.")
    assert "no longer covers it" in page


def test_too_late_to_undo_is_said_and_changes_nothing(signed_in, volunteer):
    row = agree(person=volunteer, purpose="photo", how="web")
    signed_in.post(TAKE_BACK)

    later = timezone.now() + dt.timedelta(minutes=11)
    with time_machine.travel(later):
        response = signed_in.post(reverse("consent:restore", args=[row.pk]), follow=True)

    assert "undone for ten minutes" in _said(response)
    assert not holds(volunteer, "photo")


def test_another_persons_entry_answers_as_if_it_did_not_exist(signed_in, stranger):
    row = agree(person=stranger, purpose="mail_news", how="web")

    restored = signed_in.post(reverse("consent:restore", args=[row.pk]))
    none = signed_in.post(reverse("consent:restore", args=[10**18]))
    huge = signed_in.post(reverse("consent:restore", args=[10**25]))

    assert restored.status_code == none.status_code == huge.status_code == 404


def test_a_purpose_that_is_none_answers_404(signed_in):
    assert signed_in.post("/account/consents/fingerprints/agree/").status_code == 404
    assert signed_in.post("/account/consents/fingerprints/take-back/").status_code == 404


def test_following_a_link_changes_nothing(signed_in, volunteer):
    row = agree(person=volunteer, purpose="photo", how="web")

    for address in (AGREE, TAKE_BACK, reverse("consent:restore", args=[row.pk])):
        assert signed_in.get(address).status_code == 405
    assert holds(volunteer, "photo")


def test_the_young_cannot_say_what_an_adult_says_for_them(signed_in, volunteer):
    agree(person=volunteer, purpose="young_volunteer", how="web", scope="guardian")

    signed_in.post("/account/consents/young_volunteer/take-back/")
    assert not holds(volunteer, "young_volunteer")
    response = signed_in.post(
        "/account/consents/young_volunteer/agree/", {"version": 1}, follow=True
    )

    assert "parent, carer or leader" in _said(response)
    assert not holds(volunteer, "young_volunteer")


def test_the_account_leads_there(signed_in):
    assert MINE in _text(signed_in.get("/account/"))


# --- written down for somebody else --------------------------------------------------------


@pytest.fixture
def in_sale(db):
    """Vera offers time in Sale, where Lee looks after volunteers."""
    return factories.VolunteerFactory().person


def _of(person) -> str:
    return reverse("consent:of_person", args=[person.pk])


def _form(**more):
    day = timezone.localdate() - dt.timedelta(days=2)
    form = {"purpose": "photo", "how": "paper", "scope": "self", "given_on": day.isoformat()}
    return {**form, **more}


def test_a_lead_writes_down_what_came_on_paper(client, lead, in_sale):
    client.force_login(lead)

    response = client.post(_of(in_sale), _form())

    row = Consent.objects.get()
    assert response.status_code == 302
    assert (row.person, row.recorded_by, row.how) == (in_sale, lead, "paper")
    assert timezone.localdate(row.given_at) == timezone.localdate() - dt.timedelta(days=2)
    assert current_wording("photo").text in _text(client.get(_of(in_sale)))


def test_a_lead_takes_it_back_by_phone(client, lead, in_sale):
    agree(person=in_sale, purpose="photo", how="paper", by=lead)
    client.force_login(lead)

    client.post(_of(in_sale), {"take_back": "photo", "how": "phone"})

    row = Consent.objects.get()
    assert (row.withdrawn_by, row.withdrawn_how) == (lead, "phone")


def test_volunteers_elsewhere_do_not_exist_for_a_lead(client, lead, in_sale):
    there = factories.VolunteerFactory(location=NORWICH, cell="NR1 3").person
    factories.AreaFactory(name="Norwich", boundary=box(NORWICH))
    client.force_login(lead)

    assert client.get(_of(in_sale)).status_code == 200
    for person in (there, factories.PersonFactory(name="Nobody")):
        assert client.get(_of(person)).status_code == 404
        assert client.post(_of(person), _form()).status_code == 404
    assert client.get(f"/people/{10**25}/consents/").status_code == 404
    assert not Consent.objects.exists()


def test_others_may_not_write_down_anything(client, manager, in_sale):
    client.force_login(manager)

    assert client.get(_of(in_sale)).status_code == 403


def test_an_administrator_reaches_anybody_and_the_look_is_logged(
    client, administrator, stranger
):
    client.force_login(administrator)

    assert client.get(_of(stranger)).status_code == 200

    look = AccessLog.objects.get()
    assert (look.action, look.people_ids) == ("consent.record", [stranger.pk])


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"purpose": "fingerprints"}, "What they agreed to"),
        ({"how": "web"}, "How"),
        ({"scope": "guardian"}, "for the person to say"),
        ({"purpose": "young_volunteer"}, "parent, carer or leader"),
        ({"given_on": "2999-01-01"}, "still to come"),
        ({"given_on": "2020-01-01"}, "more than a year ago"),
        ({"given_on": "soon"}, "On which day"),
    ],
    ids=["no purpose", "no way", "no scope", "an adult's", "to come", "long ago", "no day"],
)
def test_refuses_what_cannot_be_with_a_sentence(client, lead, in_sale, wrong, words):
    client.force_login(lead)

    response = client.post(_of(in_sale), _form(**wrong))

    assert response.status_code in (200, 400)
    assert words in _text(response)
    assert not Consent.objects.exists()


def test_whoever_has_no_such_role_any_more_reaches_nobody(lead, in_sale):
    assert may_record_for(lead, in_sale)

    lead.memberships.update(ended_at=timezone.now())
    ended = type(lead).objects.get(pk=lead.pk)

    assert not may_record_for(ended, in_sale)
    assert not may_record_for(in_sale, in_sale)
