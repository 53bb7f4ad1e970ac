import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from fans.people.audit.models import AccessLog
from fans.people.volunteers.models import Guardian, Vetting
from tests.factories import (
    NORWICH,
    AreaFactory,
    HomeFactory,
    VettingFactory,
    VolunteerFactory,
    active_volunteer,
    box,
    fulfil,
    member,
    young_volunteer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_step(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def lead(client):
    """The lead of Sale, signed in."""
    lead = member("volunteer_lead", name="Lea", area=AreaFactory(name="Sale"))
    client.force_login(lead)
    return lead


def page_of(client, volunteer, status=200):
    response = client.get(reverse("volunteers:volunteer", args=[volunteer.pk]))
    assert response.status_code == status
    return response.content.decode()


def listing(client, **asked):
    response = client.get(reverse("volunteers:list"), asked)
    assert response.status_code == 200
    return response


def names(response):
    return [row.person.name for row in response.context["page"]]


def post(client, route, volunteer, *args, **data):
    return client.post(
        reverse(f"volunteers:{route}", args=[volunteer.pk, *args]), data, follow=True
    )


def test_lists_the_volunteers_of_ones_own_areas_alone(client, lead):
    VolunteerFactory(person__name="Vera")
    VolunteerFactory(person__name="Norman", location=NORWICH)
    VolunteerFactory(
        person__name="Nowhere",
        location=None,
        location_precision="",
        location_source="",
        cell="",
    )

    assert names(listing(client)) == ["Vera"]


def test_an_administrator_sees_all_those_without_a_place_too(client):
    client.force_login(member("administrator"))
    VolunteerFactory(person__name="Norman", location=NORWICH)
    VolunteerFactory(
        person__name="Nowhere",
        location=None,
        location_precision="",
        location_source="",
        cell="",
    )

    assert sorted(names(listing(client))) == ["Norman", "Nowhere"]


def test_those_of_whom_least_was_heard_come_first(client, lead):
    today = timezone.localdate()
    VolunteerFactory(person__name="Lately", last_heard_on=today)
    VolunteerFactory(person__name="Long ago", last_heard_on=today - dt.timedelta(days=60))

    assert names(listing(client)) == ["Long ago", "Lately"]


def test_those_who_left_are_shown_when_asked_for(client, lead):
    VolunteerFactory(person__name="Gone", stage="left")
    VolunteerFactory(person__name="Here")

    assert names(listing(client)) == ["Here"]
    assert names(listing(client, stage="left")) == ["Gone"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "amr"}, ["Amrit"]),
        ({"interest": "music"}, ["Amrit"]),
        ({"stage": "active"}, ["Bea"]),
        ({"waits": "quiet"}, ["Bea"]),
        ({"waits": "recheck"}, ["Bea"]),
        ({"interest": "music", "stage": "active"}, []),
    ],
)
def test_narrows_by_name_interest_stage_and_what_waits(client, lead, asked, found):
    today = timezone.localdate()
    VolunteerFactory(person__name="Amrit", interests=["music"])
    quiet = active_volunteer(
        person__name="Bea", last_heard_on=today - dt.timedelta(days=29), interests=["chat"]
    )
    quiet.vettings.update(recheck_on=today + dt.timedelta(days=30))
    late = active_volunteer(
        person__name="Cal", last_heard_on=today - dt.timedelta(days=28), stage="resting"
    )
    late.vettings.update(recheck_on=today + dt.timedelta(days=31))

    response = client.post(reverse("volunteers:list"), asked, follow=True)
    assert names(response) == found


def test_narrows_by_one_of_several_areas(client):
    here, there = AreaFactory(name="Sale"), AreaFactory(name="Norwich", boundary=box(NORWICH))
    lead = member("volunteer_lead", area=here)
    lead.memberships.create(role="volunteer_lead", area=there, from_on=dt.date(2026, 1, 1))
    client.force_login(lead)
    VolunteerFactory(person__name="Vera")
    VolunteerFactory(person__name="Norman", location=NORWICH)

    assert names(listing(client, area=there.pk)) == ["Norman"]
    assert "Norwich" in listing(client).content.decode()


@pytest.mark.parametrize("asked", [{"stage": "king"}, {"interest": "x"}, {"waits": "x"}])
def test_refuses_what_is_on_no_list_in_words(client, lead, asked):
    response = client.get(reverse("volunteers:list"), asked)

    assert response.status_code == 400
    assert "Select a valid choice" in response.content.decode()
    assert names(response) == []


def test_says_the_rough_area_in_words(client, lead):
    VolunteerFactory()

    text = listing(client).content.decode()

    assert "M33 2, Sale" in text
    assert str(-2.3220) not in text


def test_nobody_yet_shows_the_way_to_the_page_they_offer_on(client, lead):
    text = listing(client).content.decode()

    assert "Nobody has offered in your area yet" in text
    assert reverse("volunteers:sign_up") in text


def test_a_list_of_many_takes_as_few_questions_as_one_of_a_few(
    client, lead, django_assert_max_num_queries
):
    for _ in range(12):
        VolunteerFactory()
    listing(client)

    with django_assert_max_num_queries(22):
        listing(client)


def test_every_look_at_a_volunteer_is_noted(client, lead):
    volunteer = VolunteerFactory()

    listing(client)
    page_of(client, volunteer)

    noted = AccessLog.objects.filter(person=lead, people_ids__contains=[volunteer.person_id])
    assert noted.count() == 2


def test_a_volunteer_of_others_is_not_there(client, lead):
    stranger = fulfil(VolunteerFactory(location=NORWICH, stage="references"))

    page_of(client, stranger, 404)
    for route in (
        *("move", "heard", "choose_role", "ask_reference", "tick", "alone", "check"),
    ):
        assert post(client, route, stranger, to="left").status_code == 404
    stranger.refresh_from_db()
    assert stranger.stage == "references"


@pytest.mark.parametrize("pk", [10**18, 10**30])
def test_a_number_beyond_any_is_not_there(client, lead, pk):
    assert client.get(f"/volunteers/{pk}/").status_code == 404


def test_others_reference_or_check_is_not_reached_through_ones_own(client, lead):
    mine, other = VolunteerFactory(role_slug="visitor"), VolunteerFactory(location=NORWICH)
    reference = other.references.create(referee="X", asked_on=timezone.localdate())
    vetting = VettingFactory(volunteer=other, outcome="waiting", decided_on=None)

    assert post(client, "take_reference", mine, reference.pk, answer="good").status_code == 404
    assert post(client, "decide", mine, vetting.pk, outcome="ok").status_code == 404


def test_shows_address_telephone_way_and_history_to_the_lead(client, lead):
    volunteer = active_volunteer(phone="0161 496 0000")

    text = page_of(client, volunteer)

    assert volunteer.person.email in text
    assert "0161 496 0000" in text
    assert text.count('<li class="done">') == 6
    assert "by themselves" in text


def test_shows_the_adult_of_the_young(client, lead):
    volunteer = young_volunteer()
    now = timezone.now()
    Guardian.objects.create(
        volunteer=volunteer,
        name="Pat Vole",
        email="pat@example.org",
        relation="parent",
        asked_at=now,
        expires_at=now + dt.timedelta(days=1),
    )

    assert "Pat Vole" in page_of(client, volunteer)


def test_moves_on_with_one_click_and_says_what_is_missing(client, lead):
    volunteer = VolunteerFactory()

    text = post(client, "move", volunteer, to="met", seen="applied").content.decode()

    assert "Vera Vole: met." in text
    assert "Choose first what they would do." in text
    assert "On to “References”" not in text


def test_a_page_of_yesterday_moves_nobody(client, lead):
    volunteer = VolunteerFactory()
    post(client, "move", volunteer, to="met", seen="applied")

    text = post(client, "move", volunteer, to="left", seen="applied").content.decode()

    assert "Meanwhile somebody moved them" in text
    volunteer.refresh_from_db()
    assert volunteer.stage == "met"


@pytest.mark.parametrize("to", ["", "king", "active"])
def test_refuses_a_step_that_is_none(client, lead, to):
    volunteer = VolunteerFactory()

    response = post(client, "move", volunteer, to=to, seen="applied")

    assert "does not follow" in response.content.decode()


def test_chooses_a_role_that_fits_and_refuses_one_that_does_not(client, lead):
    volunteer = VolunteerFactory()

    post(client, "choose_role", volunteer, role="visitor", seen="")
    text = post(client, "choose_role", volunteer, role="young", seen="visitor").content.decode()

    assert "This role is for others" in text
    volunteer.refresh_from_db()
    assert volunteer.role_slug == "visitor"


def test_a_role_chosen_meanwhile_stays(client, lead):
    volunteer = VolunteerFactory(role_slug="helper")

    text = post(client, "choose_role", volunteer, role="visitor", seen="").content.decode()

    assert "Meanwhile somebody chose another role" in text


def test_a_referees_name_goes_with_the_answer(client, lead):
    volunteer = VolunteerFactory(role_slug="visitor", stage="met")
    asked = post(client, "ask_reference", volunteer, referee="Mrs Bell").content.decode()
    assert "Mrs Bell" in asked
    reference = volunteer.references.get()

    text = post(
        client, "take_reference", volunteer, reference.pk, answer="good"
    ).content.decode()

    assert "Mrs Bell" not in text
    assert "1 of 2 speak for them" in text
    again = post(client, "take_reference", volunteer, reference.pk, answer="doubts")
    assert "Meanwhile somebody noted the answer" in again.content.decode()


def test_takes_an_unanswered_reference_off_the_list(client, lead):
    volunteer = VolunteerFactory(role_slug="visitor", stage="met")
    post(client, "ask_reference", volunteer, referee="Mrs Bell")

    post(client, "take_reference", volunteer, volunteer.references.get().pk, answer="drop")

    assert not volunteer.references.exists()


@pytest.mark.parametrize("referee", ["", "   ", "x" * 81])
def test_refuses_a_referee_without_a_name_or_with_too_long_a_one(client, lead, referee):
    volunteer = VolunteerFactory(role_slug="visitor", stage="met")

    post(client, "ask_reference", volunteer, referee=referee)

    assert not volunteer.references.exists()


def test_two_leads_tick_the_list_at_once_and_lose_nothing(client, lead):
    volunteer = VolunteerFactory(role_slug="visitor")

    post(client, "tick", volunteer, done=["role-read"])
    post(client, "tick", volunteer, done=["worried"])

    assert set(volunteer.inductions.values_list("item", flat=True)) == {"role-read", "worried"}


def test_unticks_what_the_page_showed_ticked_and_passes_over_strangers(client, lead):
    volunteer = VolunteerFactory(role_slug="visitor")
    post(client, "tick", volunteer, done=["role-read", "no-such"])

    post(client, "tick", volunteer, shown=["role-read"], done=["worried"])

    assert list(volunteer.inductions.values_list("item", flat=True)) == ["worried"]


def test_unticking_a_needed_item_takes_an_active_one_back(client, lead):
    volunteer = active_volunteer()

    post(client, "tick", volunteer, shown=["worried", "role-read"], done=["role-read"])

    volunteer.refresh_from_db()
    assert volunteer.stage == "checked"


def test_heard_from_today_takes_them_off_the_silent(client, lead):
    volunteer = active_volunteer(last_heard_on=timezone.localdate() - dt.timedelta(days=40))
    assert "Nothing was heard of them" in page_of(client, volunteer)

    text = post(client, "heard", volunteer).content.decode()

    assert "Nothing was heard of them" not in text


def test_suggests_a_level_and_takes_down_what_the_lead_decides(client, lead):
    volunteer = VolunteerFactory(role_slug="visitor", stage="met")
    url = reverse("volunteers:check", args=[volunteer.pk])
    said = {"where": "care_home", "how_often": "weekly", "alone": "yes", "authority": "dbs"}

    suggested = client.get(url, said).content.decode()
    assert "Suggestion: enhanced check" in suggested
    assert "https://www.gov.uk/find-out-dbs-check" in suggested
    client.post(url, {"authority": "dbs", "level": "basic", "reason": "Seldom alone."})

    vetting = volunteer.vettings.get()
    assert (vetting.level, vetting.outcome, vetting.role_slug) == (
        "basic",
        "waiting",
        "visitor",
    )


def test_no_check_needed_is_decided_at_once(client, lead):
    volunteer = VolunteerFactory(role_slug="letters", stage="met")
    url = reverse("volunteers:check", args=[volunteer.pk])

    text = client.post(
        url, {"authority": "dbs", "level": "none", "reason": "By letter."}, follow=True
    ).content.decode()

    assert "no check is needed for this role" in text
    assert volunteer.vettings.get().outcome == "not_needed"


def test_regulated_tasks_offer_no_check_at_all(client, lead):
    volunteer = VolunteerFactory(role_slug="visitor", stage="met")
    said = {
        "where": "care_home",
        "how_often": "weekly",
        "alone": "yes",
        "authority": "dbs",
        "tasks": ["personal_care"],
    }

    text = client.get(reverse("volunteers:check", args=[volunteer.pk]), said).content.decode()

    assert "volunteers do not do this here" in text
    assert "Save which check" not in text


@pytest.mark.parametrize(
    ("authority", "link"),
    [
        ("disclosure_scotland", "https://www.mygov.scot/pvg-scheme"),
        ("accessni", "https://www.nidirect.gov.uk/campaigns/accessni-criminal-record-checks"),
    ],
)
def test_outside_england_and_wales_the_page_suggests_nothing_but_links(
    client, lead, authority, link
):
    volunteer = VolunteerFactory(role_slug="visitor", stage="met")
    said = {"where": "care_home", "how_often": "weekly", "alone": "yes", "authority": authority}

    text = client.get(reverse("volunteers:check", args=[volunteer.pk]), said).content.decode()

    assert "Suggestion" not in text
    assert link in text


def test_questions_read_long_ago_carry_a_warning(client, lead, monkeypatch):
    volunteer = VolunteerFactory(role_slug="visitor", stage="met")
    monkeypatch.setattr("fans.people.volunteers.views.checks.is_out_of_date", lambda on: True)

    text = client.get(reverse("volunteers:check", args=[volunteer.pk])).content.decode()

    assert "Do not rely on them" in text


@pytest.mark.parametrize(
    "reason", ["Certificate 001234567890.", "No 0012-3456-7890", "Seen 0012 345 678 90"]
)
def test_refuses_a_reason_with_the_number_of_a_certificate(client, lead, reason):
    volunteer = VolunteerFactory(role_slug="visitor", stage="met")
    url = reverse("volunteers:check", args=[volunteer.pk])

    response = client.post(url, {"authority": "dbs", "level": "basic", "reason": reason})

    assert response.status_code == 400
    assert "No certificate number is kept here" in response.content.decode()
    assert not Vetting.objects.exists()


def test_asks_again_about_a_reason_that_names_somebody(client, lead):
    volunteer = VolunteerFactory(role_slug="visitor", stage="met")
    url = reverse("volunteers:check", args=[volunteer.pk])

    response = client.post(
        url, {"authority": "dbs", "level": "basic", "reason": "Visits Mrs Bell weekly."}
    )

    assert "Keep it as it is" in response.content.decode()
    assert not Vetting.objects.exists()


def test_decides_about_a_check_and_shows_only_the_decision(client, lead):
    volunteer = VolunteerFactory(role_slug="visitor", stage="references")
    vetting = VettingFactory(volunteer=volunteer, outcome="waiting", decided_on=None)
    day = timezone.localdate() + dt.timedelta(days=900)

    text = post(
        client, "decide", volunteer, vetting.pk, outcome="ok", recheck_on=day.isoformat()
    ).content.decode()

    vetting.refresh_from_db()
    assert (vetting.outcome, vetting.decided_by, vetting.recheck_on) == ("ok", lead, day)
    assert "Homes see only that" in text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "This field is required"),
        ({"outcome": "not_needed"}, "Select a valid choice"),
        ({"outcome": "ok", "recheck_on": "2020-01-01"}, "Put a day that is to come"),
        ({"outcome": "ok", "recheck_on": "2199-01-01"}, "Five years at most"),
        ({"outcome": "ok", "recheck_on": "soon"}, "Enter a valid date"),
    ],
)
def test_refuses_a_decision_that_says_nothing(client, lead, data, words):
    volunteer = VolunteerFactory(role_slug="visitor", stage="references")
    vetting = VettingFactory(volunteer=volunteer, outcome="waiting", decided_on=None)

    response = post(client, "decide", volunteer, vetting.pk, **data)

    assert response.status_code == 400
    assert words in response.content.decode()
    vetting.refresh_from_db()
    assert vetting.outcome == "waiting"


def test_takes_a_check_back_that_waits(client, lead):
    volunteer = VolunteerFactory(role_slug="visitor", stage="references")
    vetting = VettingFactory(volunteer=volunteer, outcome="waiting", decided_on=None)

    post(client, "decide", volunteer, vetting.pk, act="take_back")

    assert not volunteer.vettings.exists()


def test_not_suitable_takes_an_active_one_back_and_from_being_alone(client, lead):
    volunteer = active_volunteer(may_be_alone=True)
    vetting = VettingFactory(volunteer=volunteer, outcome="waiting", decided_on=None)

    post(client, "decide", volunteer, vetting.pk, outcome="not_ok")

    volunteer.refresh_from_db()
    assert (volunteer.stage, volunteer.may_be_alone) == ("references", False)


def test_lets_somebody_be_alone_only_with_a_good_decision(client, lead):
    cleared, unneeded = active_volunteer(), active_volunteer()
    unneeded.vettings.update(level="none", outcome="not_needed")

    post(client, "alone", cleared, may="yes")
    text = post(client, "alone", unneeded, may="yes").content.decode()

    cleared.refresh_from_db()
    assert cleared.may_be_alone
    assert "Only somebody whose check was decided as suitable" in text


def test_the_young_are_never_alone(client, lead):
    volunteer = fulfil(young_volunteer(role_slug="young", stage="active"))

    text = post(client, "alone", volunteer, may="yes").content.decode()

    assert "Under 18 nobody is alone" in text


def test_nobody_under_16_is_checked(client, lead):
    volunteer = young_volunteer(
        role_slug="young",
        stage="met",
        age_band="under-16",
        person__email=None,
        person__password=None,
    )
    url = reverse("volunteers:check", args=[volunteer.pk])

    response = client.post(
        url, {"authority": "dbs", "level": "basic", "reason": "Comes often."}
    )

    assert "Nobody under 16 is checked" in response.content.decode()


def test_pauses_at_once_without_a_word_about_why(client, lead):
    volunteer = active_volunteer()

    text = post(client, "move", volunteer, to="resting", seen="active").content.decode()

    assert "only a lead ends it" in text
    assert "reason" not in [field.name for field in volunteer._meta.fields]
    assert set(volunteer.events.values_list("note", flat=True)) == {""}


def test_a_lead_who_volunteers_sees_themselves_without_buttons(client, lead):
    volunteer = fulfil(VolunteerFactory(person=lead, role_slug="visitor"))

    text = page_of(client, volunteer)

    assert "Nobody clears themselves" in text
    assert reverse("volunteers:move", args=[volunteer.pk]) not in text


@pytest.mark.parametrize("role", ["champion", "coordinator", "volunteer", "commissioner"])
def test_other_roles_open_no_page_of_leads(client, role):
    scopes = {"coordinator": {"home": HomeFactory()}, "volunteer": {}}
    client.force_login(member(role, **scopes.get(role, {"area": AreaFactory()})))
    volunteer = VolunteerFactory()

    assert client.get(reverse("volunteers:list")).status_code == 403
    page_of(client, volunteer, 403)


def test_the_roles_are_for_everybody_to_read(client):
    overview = client.get(reverse("volunteers:roles")).content.decode()
    role = client.get(reverse("volunteers:role", args=["visitor"])).content.decode()

    assert "Young volunteer" in overview
    assert "Medicines" in role
    assert "999" in role
    assert client.get(reverse("volunteers:role", args=["king"])).status_code == 404


def test_the_page_about_a_check_notes_the_look(client, lead):
    amrit = active_volunteer()

    client.get(reverse("volunteers:check", args=[amrit.pk]))

    look = AccessLog.objects.get(person=lead)
    assert (look.route, look.people_ids) == ("volunteers:check", [amrit.person_id])
