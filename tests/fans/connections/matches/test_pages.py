"""Pages of matches: what each side sees of the other, and what it can do."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fans.connections.matches import services
from fans.connections.matches.models import Match
from fans.connections.wishes.models import Wish
from fans.people.audit.models import AccessLog
from tests import factories
from tests.factories import metres_east
from tests.fans.connections.matches.conftest import clear, name_freely

pytestmark = pytest.mark.django_db
SECRET = "Only mornings suit us"


def page(client, person, route, *args):
    client.force_login(person)
    return client.get(reverse(route, args=args))


def post(client, person, route, *args, **data):
    client.force_login(person)
    return client.post(reverse(route, args=args), data)


def text(response):
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(plain.split())


def proposed(two):
    return services.propose(home=two.home, volunteer=two.volunteer, by=two.champion)


def agreed(two):
    match = proposed(two)
    services.say_yes(match=match, side="home", by=two.coordinator)
    return services.say_yes(match=match, side="volunteer", by=two.person)


def test_a_home_is_shown_who_would_fit_by_distance_and_reasons_and_asks(client, two):
    shown = page(client, two.coordinator, "matches:home", two.home.pk)

    assert "A volunteer, less than 1 km away" in text(shown)
    assert "no volunteer comes here yet" in text(shown)
    assert "Vera" not in text(shown)
    assert two.volunteer.cell not in text(shown)
    done = post(client, two.coordinator, "matches:ask", two.home.pk, volunteer=two.volunteer.pk)
    assert done.url == reverse("matches:home", args=[two.home.pk])
    assert Match.objects.get().status == "asked"


def test_a_manager_is_told_the_first_name_of_who_agreed_and_never_the_whole(client, two):
    name_freely(two.volunteer)
    proposed(two)

    shown = text(page(client, two.manager, "matches:home", two.home.pk))
    assert "Vera" in shown
    assert "Vole" not in shown
    assert "Vera" not in text(page(client, two.champion, "matches:home", two.home.pk))


def test_no_volunteer_is_named_in_the_title_of_a_page(client, two):
    name_freely(two.volunteer)
    match = proposed(two)

    shown = page(client, two.manager, "matches:match", match.pk).content.decode()

    title = re.search(r"<title>(.*?)</title>", shown, re.DOTALL)[1]
    assert "Vera" not in title
    assert "Vera" in shown.replace(title, "")


@pytest.mark.parametrize("who", ["coordinator", "champion", "lead"])
def test_every_look_at_volunteers_is_noted_for_whom_it_is_about(client, two, who):
    match = proposed(two)
    factories.active_volunteer(interests=["music"], travel_m=3219)
    page(client, getattr(two, who), "matches:home", two.home.pk)
    page(client, getattr(two, who), "matches:match", match.pk)

    looks = AccessLog.objects.filter(person=getattr(two, who))
    assert sorted(looks.values_list("action", "kind", "rows_count")) == [
        ("matches.view", "matches.Match", 1),
        ("matches.view", "matches.Match", 1),
        ("volunteers.find", "volunteers.Volunteer", 1),
    ]
    assert two.person.pk in looks.filter(kind="matches.Match").first().people_ids


def test_a_champion_asks_both_sides(client, two):
    post(client, two.champion, "matches:propose", two.home.pk, volunteer=two.volunteer.pk)
    match = Match.objects.get()
    assert match.status == "suggested"

    post(client, two.coordinator, "matches:answer", match.pk, do="yes")
    post(client, two.person, "matches:mine_do", match=match.pk, do="yes")

    match.refresh_from_db()
    assert match.status == "agreed"


def test_a_volunteer_is_shown_nothing_of_what_a_single_home_wishes_for(client, two):
    Wish.objects.create(
        home=two.home, text="To hear an accordion", tags=["music"], taken_on=two.today
    )
    shown = text(page(client, two.person, "matches:mine"))

    assert "Larkfield A short walk. No volunteer comes here yet." in shown
    assert "accordion" not in shown
    assert "wish for" not in shown


def test_a_volunteer_is_told_themes_of_three_homes_that_they_enjoy(client, two):
    homes = [two.home, *(
        factories.HomeFactory(location=metres_east(two.home.location, 100 * n)) for n in (1, 2)
    )]  # fmt: skip
    for home in homes:
        type(home).objects.filter(pk=home.pk).update(local_authority="Trafford")
        for tag in ("music", "sport"):
            Wish.objects.create(home=home, text="x", tags=[tag], taken_on=two.today)

    shown = text(page(client, two.person, "matches:mine"))

    assert "People in homes around you wish for what you enjoy: music and singing ." in shown


def test_a_no_is_asked_for_a_reason_and_kept_from_the_other_side(client, two):
    match = proposed(two)
    asked = post(client, two.coordinator, "matches:answer", match.pk, do="no", words=SECRET)
    assert asked.status_code == 422
    assert Match.objects.get().status == "suggested"
    post(
        client, two.coordinator, "matches:answer", match.pk,
        do="no", reason="times", words=SECRET,
    )  # fmt: skip

    match.refresh_from_db()
    assert (match.status, match.reason, match.words) == ("declined", "times", SECRET)
    for who in ("coordinator", "champion"):
        assert SECRET in text(page(client, getattr(two, who), "matches:match", match.pk)), who
    assert SECRET in text(page(client, two.lead, "matches:lead", match.pk))
    mine = text(page(client, two.person, "matches:mine"))
    assert SECRET not in mine
    assert "The times do not fit" not in mine


def test_what_a_volunteer_said_about_a_home_is_kept_from_it(client, two):
    match = proposed(two)
    post(
        client, two.person, "matches:mine_do",
        match=match.pk, do="no", reason="not_now", words=SECRET,
    )  # fmt: skip

    shown = text(page(client, two.coordinator, "matches:match", match.pk))
    assert SECRET not in shown
    assert "Not now" not in shown
    assert SECRET in text(page(client, two.lead, "matches:lead", match.pk))


def test_a_number_in_the_words_of_a_no_is_asked_about(client, two):
    match = proposed(two)
    asked = post(
        client, two.coordinator, "matches:answer", match.pk,
        do="no", reason="other", words="Ring 07700 900461",
    )  # fmt: skip

    assert asked.status_code == 422
    assert Match.objects.get().status == "suggested"


def test_the_lead_is_shown_what_is_blocked_and_what_is_due(client, two):
    match = agreed(two)
    post(client, two.lead, "matches:lead_do", match.pk, do="alone")
    shown = text(page(client, two.lead, "matches:list"))
    assert "Blocked: not cleared 1" in shown
    refused = post(client, two.manager, "matches:go", match.pk, do="start")
    assert refused.status_code == 302
    assert Match.objects.get().status == "agreed"

    clear(two.volunteer, two.lead)
    post(client, two.manager, "matches:go", match.pk, do="start")
    two.volunteer.vettings.update(
        asked_on="2024-01-01", decided_on="2024-01-01", recheck_on="2025-01-01"
    )

    client.force_login(two.lead)
    due = text(client.get(reverse("matches:list"), {"show": "due"}))
    assert "Accompanied only until looked at again" in due
    assert "Accompanied only until looked at again" in text(
        page(client, two.manager, "matches:match", match.pk)
    )


def test_another_areas_lead_is_shown_nothing(client, two):
    match = proposed(two)
    elsewhere = factories.AreaFactory(boundary=factories.box(factories.NORWICH))
    other = factories.member("volunteer_lead", area=elsewhere)

    assert page(client, other, "matches:lead", match.pk).status_code == 404
    assert "None of these" in text(page(client, other, "matches:list"))


def test_a_lead_says_what_the_adult_of_a_child_said(client, two):
    child = factories.VolunteerFactory(
        stage="active", age_band="under-16", role_slug="young", cell="M33",
        location_precision="outcode", adult_confirmed_at=two.volunteer.stage_since,
        person=factories.PersonFactory(email=None, password=None, name="Kit"),
    )  # fmt: skip
    match = services.propose(home=two.home, volunteer=child, by=two.lead)
    assert "A young volunteer, with the adult who answers for them" in text(
        page(client, two.coordinator, "matches:home", two.home.pk)
    )

    post(client, two.lead, "matches:lead_do", match.pk, do="yes")

    match.refresh_from_db()
    assert (match.status, match.steps.first().side) == ("asked", "volunteer")


def test_the_toast_takes_a_slip_back_and_nobody_elses(client, two):
    match = proposed(two)
    post(client, two.coordinator, "matches:answer", match.pk, do="yes")
    step = match.steps.first()

    post(client, two.manager, "matches:undo", step.pk)
    match.refresh_from_db()
    assert match.status == "asked"
    back = post(client, two.coordinator, "matches:undo", step.pk)
    match.refresh_from_db()
    assert (match.status, back.url) == ("suggested", reverse("matches:match", args=[match.pk]))


@pytest.mark.parametrize("sent", [{}, {"do": "fly"}, {"do": "alone"}])
def test_a_button_that_is_none_of_theirs_does_nothing(client, two, sent):
    match = agreed(two)
    for route, who in (("matches:go", two.manager), ("matches:answer", two.coordinator)):
        assert post(client, who, route, match.pk, **sent).status_code == 302
    assert (
        post(client, two.person, "matches:mine_do", match=match.pk, **sent).status_code == 302
    )
    match.refresh_from_db()
    assert (match.status, match.manner, match.steps.count()) == ("agreed", "accompanied", 3)


def test_the_pages_cost_the_same_whatever_their_number(client, two):
    def costs():
        found = []
        for who, route, args in (
            (two.manager, "matches:home", [two.home.pk]),
            (two.lead, "matches:list", []),
            (two.person, "matches:mine", []),
        ):
            client.force_login(who)
            with CaptureQueriesContext(connection) as context:
                assert client.get(reverse(route, args=args)).status_code == 200
            found.append(len(context))
        return found

    def more():
        for status in ("live", "asked"):
            match = factories.MatchFactory(home=two.home, status=status)
            own = factories.MatchFactory(volunteer=two.volunteer, status=status)
            for each in (match, own):
                each.steps.create(
                    what="proposed", side="broker", at=timezone.now(), after="suggested"
                )
        factories.active_volunteer(travel_m=3219)

    more()
    few = costs()
    more()
    more()

    assert costs() == few
    assert max(few) <= 25
