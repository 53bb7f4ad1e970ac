"""A match is live by the yes of both, each said by its own side, and each step is kept."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from fans.connections.matches import services
from fans.connections.matches.errors import (
    HomeClosedError,
    MovedMeanwhileError,
    NotActiveError,
    NotFoundHereError,
    NotTheirsError,
    NotToUndoError,
    SameHandError,
    TooLateError,
)
from fans.connections.matches.models import Match
from fans.people.models import Membership
from tests import factories
from tests.factories import SALE, metres_east

pytestmark = pytest.mark.django_db


def proposed(two):
    return services.propose(home=two.home, volunteer=two.volunteer, by=two.champion)


def agreed(two):
    match = proposed(two)
    services.say_yes(match=match, side="home", by=two.coordinator)
    return services.say_yes(match=match, side="volunteer", by=two.person)


def live(two):
    return services.start(match=agreed(two), by=two.manager)


def step(match):
    return match.steps.first()


def test_brought_together_nobody_has_said_yes(two):
    match = proposed(two)

    assert (match.status, match.home_yes_at, match.volunteer_yes_at) == (
        "suggested",
        None,
        None,
    )
    assert (step(match).what, step(match).side, step(match).by) == (
        *("proposed", "broker"),
        two.champion,
    )


def test_the_yes_of_one_asks_the_other_and_that_of_both_agrees(two):
    match = proposed(two)

    assert services.say_yes(match=match, side="volunteer", by=two.person).status == "asked"
    assert services.say_yes(match=match, side="home", by=two.manager).status == "agreed"
    assert [(s.what, s.side, s.by, s.after) for s in reversed(match.steps.all())] == [
        ("proposed", "broker", two.champion, "suggested"),
        ("yes", "volunteer", two.person, "asked"),
        ("yes", "home", two.manager, "agreed"),
    ]


def test_a_yes_said_again_keeps_its_day(two):
    match = proposed(two)
    first = services.say_yes(match=match, side="home", by=two.manager)
    again = services.say_yes(match=match, side="home", by=two.coordinator)

    assert again.home_yes_at == first.home_yes_at
    assert match.steps.count() == 2


@pytest.mark.parametrize(
    ("side", "who"),
    [
        *(("home", who) for who in ("person", "champion", "lead")),
        *(("volunteer", who) for who in ("manager", "champion", "lead")),
    ],
)
def test_nobody_says_yes_for_the_other_side(two, side, who):
    match = proposed(two)

    with pytest.raises(NotTheirsError):
        services.say_yes(match=match, side=side, by=getattr(two, who))
    assert match.steps.count() == 1


def test_a_manager_who_volunteers_does_not_say_yes_for_the_home_about_themselves(two):
    Membership.objects.create(
        person=two.person, role="manager", home=two.home, from_on=two.today
    )
    match = proposed(two)
    services.say_yes(match=match, side="volunteer", by=two.person)

    with pytest.raises(NotTheirsError):
        services.say_yes(match=match, side="home", by=two.person)
    with pytest.raises(NotTheirsError):
        services.propose(home=two.home, volunteer=two.volunteer, by=two.person)


def test_a_lead_says_for_a_child_what_its_adult_said_but_not_also_the_homes_yes(two):
    child = factories.VolunteerFactory(
        stage="active", age_band="under-16", role_slug="young", cell="M33",
        location_precision="outcode", adult_confirmed_at=timezone.now(),
        person=factories.PersonFactory(email=None, password=None),
    )  # fmt: skip
    match = services.propose(home=two.home, volunteer=child, by=two.lead)
    Membership.objects.create(person=two.lead, role="manager", home=two.home, from_on=two.today)
    lead = type(two.lead).objects.get(pk=two.lead.pk)

    assert services.say_yes(match=match, side="volunteer", by=lead).status == "asked"
    with pytest.raises(SameHandError):
        services.say_yes(match=match, side="home", by=lead)
    assert services.say_yes(match=match, side="home", by=two.manager).status == "agreed"


def test_the_young_are_brought_together_by_their_lead_alone(two):
    young = factories.young_volunteer(stage="active", role_slug="young")

    with pytest.raises(NotFoundHereError):
        services.propose(home=two.home, volunteer=young, by=two.champion)
    with pytest.raises(NotFoundHereError):
        services.ask(home=two.home, volunteer=young, side="home", by=two.manager)
    assert services.propose(home=two.home, volunteer=young, by=two.lead).status == "suggested"


def test_a_home_asks_whom_it_finds_and_nobody_else(two):
    match = services.ask(home=two.home, volunteer=two.volunteer, side="home", by=two.manager)

    assert match.status == "asked"
    assert (match.home_yes_at is not None, match.volunteer_yes_at) == (True, None)
    far = factories.active_volunteer(location=metres_east(SALE, 20_000), travel_m=1200)
    with pytest.raises(NotFoundHereError):
        services.ask(home=two.home, volunteer=far, side="home", by=two.manager)


def test_a_volunteer_asks_a_home_within_their_way_and_no_other(two):
    far = factories.HomeFactory(location=metres_east(SALE, 20_000), beds=20)
    small = factories.HomeFactory(location=SALE, beds=3)

    for home in (far, small):
        with pytest.raises(NotFoundHereError):
            services.ask(home=home, volunteer=two.volunteer, side="volunteer", by=two.person)
    match = services.ask(
        home=two.home, volunteer=two.volunteer, side="volunteer", by=two.person
    )
    assert match.status == "asked"


def test_asked_from_both_sides_it_is_one_match_and_agreed(two):
    first = services.ask(home=two.home, volunteer=two.volunteer, side="home", by=two.manager)
    second = services.ask(
        home=two.home, volunteer=two.volunteer, side="volunteer", by=two.person
    )

    assert (second.pk, second.status) == (first.pk, "agreed")
    assert proposed(two).pk == first.pk


def test_it_starts_once_both_have_said_yes_and_not_by_the_volunteers_word(two):
    match = proposed(two)
    with pytest.raises(MovedMeanwhileError):
        services.start(match=match, by=two.manager)
    services.say_yes(match=match, side="home", by=two.manager)
    with pytest.raises(MovedMeanwhileError):
        services.start(match=match, by=two.manager)
    services.say_yes(match=match, side="volunteer", by=two.person)
    with pytest.raises(NotTheirsError):
        services.start(match=match, by=two.person)

    begun = services.start(match=match, by=two.champion)

    assert begun.status == "live"
    assert begun.started_at is not None


def test_a_no_gives_one_of_the_reasons(two):
    match = proposed(two)

    with pytest.raises(ValidationError, match="Say why"):
        services.decline(match=match, side="home", by=two.manager, reason="left")
    over = services.decline(
        match=match, side="home", by=two.manager, reason="times", words=" Only mornings. "
    )

    assert (over.status, over.reason, over.words) == ("declined", "times", "Only mornings.")
    with pytest.raises(MovedMeanwhileError):
        services.say_yes(match=match, side="volunteer", by=two.person)


def test_what_has_begun_is_ended_and_what_has_not_is_declined(two):
    match = agreed(two)
    with pytest.raises(MovedMeanwhileError):
        services.end(match=match, by=two.manager, reason="enough")
    services.start(match=match, by=two.manager)
    with pytest.raises(MovedMeanwhileError):
        services.decline(match=match, side="home", by=two.manager, reason="enough")

    assert services.end(match=match, by=two.person, reason="enough").status == "ended"


def test_the_side_that_let_it_rest_or_the_lead_starts_it_again(two):
    match = live(two)
    services.let_rest(match=match, by=two.person)
    for other in (two.manager, two.champion):
        with pytest.raises(NotTheirsError):
            services.resume(match=match, by=other)
    assert services.resume(match=match, by=two.person).status == "live"

    services.let_rest(match=match, by=two.manager)
    with pytest.raises(NotTheirsError):
        services.resume(match=match, by=two.person)
    assert services.resume(match=match, by=two.lead).status == "live"


@pytest.mark.parametrize("stage", ["resting", "inducted"])
def test_nothing_begins_with_somebody_who_does_not_visit(two, stage):
    match = agreed(two)
    type(two.volunteer).objects.filter(pk=two.volunteer.pk).update(stage=stage)

    with pytest.raises(NotActiveError):
        services.start(match=match, by=two.manager)
    two.volunteer.refresh_from_db()
    with pytest.raises((NotActiveError, NotFoundHereError)):
        services.propose(
            home=factories.HomeFactory(location=SALE), volunteer=two.volunteer, by=two.lead
        )


def test_nothing_begins_at_a_home_that_has_closed(two):
    match = agreed(two)
    two.home.registrations.update(until=two.today)

    with pytest.raises(HomeClosedError):
        services.start(match=match, by=two.manager)


# --- taking back ------------------------------------------------------------------------


def test_a_slip_is_taken_back_by_whoever_made_it(two):
    match = agreed(two)
    services.start(match=match, by=two.manager)
    begun = step(match)
    with pytest.raises(NotToUndoError):
        services.undo(step=begun, by=two.coordinator)

    back = services.undo(step=begun, by=two.manager)

    assert (back.status, back.started_at) == ("agreed", None)
    assert step(back).undoes == begun
    with pytest.raises(NotToUndoError):
        services.undo(step=begun, by=two.manager)


def test_a_no_that_is_taken_back_leaves_no_word(two):
    match = proposed(two)
    services.decline(match=match, side="home", by=two.manager, reason="other", words="Full")

    back = services.undo(step=step(match), by=two.manager)

    assert (back.status, back.reason, back.words) == ("suggested", "", "")


def test_a_match_that_was_begun_by_a_slip_is_over_as_if_nobody_had_been_asked(two):
    match = services.ask(home=two.home, volunteer=two.volunteer, side="home", by=two.manager)

    services.undo(step=step(match), by=two.manager)
    match.refresh_from_db()

    assert (match.status, match.reason) == ("declined", "withdrawn")
    assert services.propose(home=two.home, volunteer=two.volunteer, by=two.lead).pk != match.pk


def test_after_another_step_nothing_is_taken_back(two):
    match = proposed(two)
    first = step(match)
    services.say_yes(match=match, side="home", by=two.manager)

    with pytest.raises(NotToUndoError):
        services.undo(step=first, by=two.champion)


def test_after_ten_minutes_nothing_is_taken_back(two):
    match = factories.MatchFactory(home=two.home, volunteer=two.volunteer)
    ago = timezone.now() - dt.timedelta(minutes=10, seconds=5)
    old = match.steps.create(
        what="proposed", side="broker", at=ago, by=two.champion, after="suggested"
    )

    with pytest.raises(TooLateError):
        services.undo(step=old, by=two.champion)


def test_two_presses_at_once_make_one_match(two):
    first, second = (
        services.ask(home=two.home, volunteer=two.volunteer, side="home", by=who)
        for who in (two.manager, two.coordinator)
    )

    assert first.pk == second.pk
    assert Match.objects.count() == 1


# --- what each side has ready -------------------------------------------------------------


def test_each_side_ticks_its_own_list(two):
    match = agreed(two)
    services.tick(
        match=match, side="home", done={"team-knows", "no such"}, shown=set(), by=two.manager
    )
    services.tick(match=match, side="volunteer", done={"ill"}, shown=set(), by=two.person)
    with pytest.raises(NotTheirsError):
        services.tick(match=match, side="volunteer", done=set(), shown={"ill"}, by=two.manager)

    assert set(match.ready_ticks.values_list("side", "item")) == {
        ("home", "team-knows"),
        ("volunteer", "ill"),
    }


def test_what_somebody_else_ticked_meanwhile_stays(two):
    match = agreed(two)
    services.tick(match=match, side="home", done={"team-knows"}, shown=set(), by=two.manager)
    services.tick(
        match=match, side="home", done={"talk-after"}, shown=set(), by=two.coordinator
    )
    services.tick(match=match, side="home", done=set(), shown={"talk-after"}, by=two.manager)

    assert [tick.item for tick in match.ready_ticks.all()] == ["team-knows"]
