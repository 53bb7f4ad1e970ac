"""Nobody is alone with people who live there whom no check lets: by word or by database."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from fans.connections.matches import services
from fans.connections.matches.errors import NotClearedError, NotTheirsError
from fans.connections.matches.models import Match
from fans.connections.matches.nightly import look_at_all
from fans.connections.matches.shown import rows_of, told
from fans.people.consent import services as consents
from fans.people.consent.models import How
from fans.people.volunteers.models import Volunteer
from fans.people.volunteers.services import accompanying, own, pathway, vetting
from tests import factories
from tests.fans.connections.matches.conftest import clear

pytestmark = pytest.mark.django_db


def agreed_alone(two):
    match = factories.MatchFactory(
        home=two.home, volunteer=two.volunteer, status="agreed", manner="alone"
    )
    assert not match.steps.exists()
    return match


def live_alone(two):
    clear(two.volunteer, two.lead)
    return services.start(match=agreed_alone(two), by=two.manager)


def recheck(two, days):
    """Let the decision be due on a day; it was made two years ago."""
    long_ago = two.today - dt.timedelta(days=730)
    two.volunteer.vettings.update(
        asked_on=long_ago, decided_on=long_ago, recheck_on=two.today + dt.timedelta(days=days)
    )


def row(match, two):
    (found,) = rows_of(told(Match.objects.filter(pk=match.pk), two.today), two.lead, two.today)
    return found


def refuses(constraint):
    return pytest.raises(IntegrityError, match=constraint)


def test_agreed_to_be_alone_it_is_blocked_until_the_lead_says_so(two):
    match = agreed_alone(two)
    assert list(Match.objects.blocked(two.today)) == [match]
    assert row(match, two).is_blocked
    with pytest.raises(NotClearedError):
        services.start(match=match, by=two.manager)

    clear(two.volunteer, two.lead)

    assert not Match.objects.blocked(two.today).exists()
    assert services.start(match=match, by=two.manager).status == "live"


@pytest.mark.parametrize("days", [-1, -400])
def test_past_the_day_of_the_next_look_nobody_begins_to_be_alone(two, days):
    clear(two.volunteer, two.lead)
    recheck(two, days)

    with pytest.raises(NotClearedError):
        services.start(match=agreed_alone(two), by=two.manager)


def test_only_the_lead_says_how_they_come(two):
    match = factories.MatchFactory(home=two.home, volunteer=two.volunteer, status="live")
    for other in (two.manager, two.champion, two.person):
        with pytest.raises(NotTheirsError):
            services.set_manner(match=match, manner="alone", by=other)
    with pytest.raises(NotClearedError):
        services.set_manner(match=match, manner="alone", by=two.lead)

    clear(two.volunteer, two.lead)
    assert services.set_manner(match=match, manner="alone", by=two.lead).manner == "alone"


def test_under_18_nobody_is_alone_whatever_was_agreed(two):
    young = factories.young_volunteer(stage="active", role_slug="young")
    match = factories.MatchFactory(home=two.home, volunteer=young)

    with pytest.raises(NotClearedError, match="Under 18"):
        services.set_manner(match=match, manner="alone", by=two.lead)


# --- the database, whoever writes ----------------------------------------------------------


@pytest.mark.parametrize("how", ["no word of the lead", "not suitable", "due", "waiting"])
def test_the_database_lets_nobody_be_alone_whom_no_decision_lets(two, how):
    if how != "no word of the lead":
        clear(two.volunteer, two.lead)
    match = agreed_alone(two)
    if how == "due":
        recheck(two, -1)
    elif how in {"not suitable", "waiting"}:
        two.volunteer.vettings.update(
            outcome="not_ok" if how == "not suitable" else "waiting",
            decided_on=None if how == "waiting" else two.today,
        )

    with refuses("matches_match_alone_is_cleared"), transaction.atomic():
        Match.objects.filter(pk=match.pk).update(status="live", started_at=timezone.now())
    # The volunteer's own rule would hold the end of the transaction up.
    Volunteer.objects.filter(pk=two.volunteer.pk).update(may_be_alone=False)


def test_the_database_takes_a_held_match_and_one_with_somebody_at_hand(two):
    match = agreed_alone(two)
    now = timezone.now()
    Match.objects.filter(pk=match.pk).update(status="live", started_at=now, held_since=now)

    with refuses("matches_match_alone_is_cleared"), transaction.atomic():
        Match.objects.filter(pk=match.pk).update(held_since=None)
    Match.objects.filter(pk=match.pk).update(held_since=None, manner="accompanied")
    with refuses("matches_match_alone_is_cleared"), transaction.atomic():
        Match.objects.filter(pk=match.pk).update(manner="alone")


def test_the_database_lets_no_new_row_be_live_by_stealth(two):
    fields = {"home": two.home, "volunteer": two.volunteer, "status": "live"}
    with refuses("matches_match_alone_is_cleared"), transaction.atomic():
        factories.MatchFactory(**fields, manner="alone")
    Volunteer.objects.filter(pk=two.volunteer.pk).update(stage="resting")
    with refuses("matches_match_live_is_active"), transaction.atomic():
        factories.MatchFactory(**fields)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"may_be_alone": False}, "matches_match_alone_is_cleared"),
        ({"stage": "resting"}, "matches_match_live_is_active"),
    ],
)
def test_the_database_lets_no_volunteer_change_under_a_live_match(two, change, constraint):
    live_alone(two)

    with refuses(constraint), transaction.atomic():
        Volunteer.objects.filter(pk=two.volunteer.pk).update(**change)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


# --- what happens to live matches ----------------------------------------------------------


def test_due_within_thirty_days_it_warns_and_goes_on(two):
    match = live_alone(two)
    recheck(two, 30)
    assert list(Match.objects.expiring(two.today)) == [match]
    found = row(match, two)
    assert (found.is_due_soon, found.is_due, found.is_accompanied_for_now) == (
        True,
        False,
        False,
    )
    assert look_at_all().held == 0

    recheck(two, 31)
    assert not Match.objects.expiring(two.today).exists()
    assert not row(match, two).is_due_soon


def test_due_by_now_it_is_accompanied_at_once_and_held_by_the_night(two):
    match = live_alone(two)
    recheck(two, 0)
    assert not row(match, two).is_accompanied_for_now
    recheck(two, -1)

    assert row(match, two).is_accompanied_for_now
    assert look_at_all().held == 1
    match.refresh_from_db()
    assert match.held_since is not None
    assert (match.status, match.steps.first().what, match.steps.first().by) == (
        *("live", "held"),
        None,
    )
    assert look_at_all().held == 0


def test_looked_at_again_the_lead_lets_them_be_alone_once_more(two):
    match = live_alone(two)
    recheck(two, -1)
    look_at_all()
    with pytest.raises(NotClearedError):
        services.release(match=match, by=two.lead)
    asked = vetting.ask(
        volunteer=two.volunteer, level="enhanced", reason="weekly", authority="dbs", by=two.lead
    )
    two.volunteer.refresh_from_db()
    assert two.volunteer.stage == "active"  # a question sends nobody back
    vetting.decide(vetting=asked, outcome="ok", by=two.lead)

    assert services.release(match=match, by=two.lead).held_since is None
    assert not row(match, two).is_accompanied_for_now


@pytest.mark.parametrize("how", ["word", "decision", "role"])
def test_a_clearance_that_goes_holds_the_match_in_the_same_moment(two, how):
    match = live_alone(two)
    if how == "word":
        vetting.let_alone(volunteer=two.volunteer, may=False, by=two.lead)
    elif how == "decision":
        asked = vetting.ask(
            volunteer=two.volunteer, level="enhanced", reason="x", authority="dbs", by=two.lead
        )
        vetting.decide(vetting=asked, outcome="not_ok", by=two.lead)
    else:
        accompanying.choose_role(volunteer=two.volunteer, role_slug="helper", by=two.lead)
    match.refresh_from_db()

    if how == "word":
        assert (match.status, match.held_since is not None) == ("live", True)
        assert (match.steps.first().what, match.steps.first().by) == ("held", two.lead)
    else:  # they fall back on their way, so nobody comes
        assert (match.status, match.rested_side) == ("resting", "broker")


def test_a_rest_lets_matches_rest_and_only_they_start_them_again(two):
    match = live_alone(two)
    consents.agree(person=two.person, purpose="volunteer_profile", how=How.WEB)
    own.rest(volunteer=two.volunteer, by=two.person)
    match.refresh_from_db()
    assert (match.status, match.rested_side) == ("resting", "volunteer")

    two.volunteer.refresh_from_db()
    own.come_back(volunteer=two.volunteer, by=two.person)
    match.refresh_from_db()
    assert match.status == "resting"
    with pytest.raises(NotTheirsError):
        services.resume(match=match, by=two.manager)
    assert services.resume(match=match, by=two.person).status == "live"


def test_back_from_a_rest_after_the_check_was_due_they_come_with_somebody_at_hand(two):
    match = live_alone(two)
    services.let_rest(match=match, by=two.manager)
    recheck(two, -1)

    again = services.resume(match=match, by=two.manager)

    assert (again.status, again.manner, again.held_since is not None) == ("live", "alone", True)


def test_a_lead_who_pauses_somebody_pauses_their_matches(two):
    match = live_alone(two)
    pathway.move(volunteer=two.volunteer, to="resting", by=two.lead)
    match.refresh_from_db()

    assert (match.status, match.rested_side, match.steps.first().by) == (
        *("resting", "broker"),
        two.lead,
    )


def test_leaving_ends_what_has_begun_and_what_was_asked(two):
    begun = live_alone(two)
    other = factories.MatchFactory(volunteer=two.volunteer, status="asked")
    own.leave(volunteer=two.volunteer, by=two.person)

    for match, status in ((begun, "ended"), (other, "declined")):
        match.refresh_from_db()
        assert (match.status, match.reason) == (status, "left")


def test_a_home_that_closed_ends_its_matches_in_the_night(two):
    match = live_alone(two)
    two.home.registrations.update(until=two.today)

    night = look_at_all()

    match.refresh_from_db()
    assert (night.ended, match.status, match.reason) == (1, "ended", "closed")
    assert match.steps.first().side == "rule"
