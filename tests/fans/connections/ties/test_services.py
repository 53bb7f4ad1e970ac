"""Each step of a tie's life: what it changes, who may, what is refused, how it is undone."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from fans.connections.errors import PartnershipOverError
from fans.connections.services import Side, confirm
from fans.connections.ties import services
from fans.connections.ties.errors import (
    AnsweredError,
    NotOverError,
    SinceThenError,
    TiesError,
)
from fans.connections.ties.models import Approach, TieEvent
from tests import factories
from tests.factories import NORWICH, ApproachFactory, HomeFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 10, 1)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def tie(home):
    return factories.PartnershipFactory(home=home, purpose="Songs on Fridays")


@pytest.fixture
def pat(tie):
    """Pat keeps the partner's place right."""
    return factories.member("partner", asset=tie.partner.asset, name="Pat")


def _active(tie, coordinator, pat):
    confirm(partnership=tie, side=Side.HOME, by=coordinator)
    return confirm(partnership=tie, side=Side.PARTNER, by=pat)


def _asked(tie, coordinator, **said):
    return services.approach(partnership=tie, by=coordinator, channel="phone", **said)


def _last():
    return TieEvent.objects.latest("pk")


# --- asking -------------------------------------------------------------------------------


def test_asking_makes_an_idea_asked(tie, coordinator):
    asked = _asked(tie, coordinator, words="Sing for us?", follow_up_on=dt.date(2026, 10, 8))

    tie.refresh_from_db()
    assert (tie.status, asked.answer, asked.asked_by) == ("asked", "waiting", coordinator)
    assert asked.asked_on == TODAY
    assert list(Approach.objects.open()) == [asked]
    assert not Approach.objects.follow_up_due(TODAY)
    assert list(Approach.objects.follow_up_due(dt.date(2026, 10, 8))) == [asked]


def test_nobody_asked_tomorrow(tie, coordinator):
    with pytest.raises(TiesError, match="still to come"):
        _asked(tie, coordinator, asked_on=dt.date(2026, 10, 2))


def test_asking_an_active_tie_again_leaves_it_active(tie, coordinator, pat):
    _active(tie, coordinator, pat)

    _asked(tie, coordinator)

    tie.refresh_from_db()
    assert tie.status == "active"


def test_a_yes_that_the_home_heard_is_not_the_partner_s_own(tie, coordinator):
    asked = _asked(tie, coordinator)

    services.answer(approach=asked, by=coordinator, answer="yes", words="Gladly")

    tie.refresh_from_db()
    assert (tie.status, tie.partner_confirmed_at) == ("agreed", None)
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_on, asked.reply) == ("yes", TODAY, "Gladly")


def test_a_no_declines_a_beginning_with_its_reason(tie, coordinator):
    asked = _asked(tie, coordinator)

    services.answer(
        approach=asked, by=coordinator, answer="no", reason="too_far", words="Two buses"
    )

    tie.refresh_from_db()
    assert (tie.status, tie.declined_reason) == ("declined", "too_far")
    assert (tie.declined_words, tie.declined_side) == ("Two buses", "partner")


def test_a_no_to_one_question_ends_no_active_tie(tie, coordinator, pat):
    _active(tie, coordinator, pat)
    asked = _asked(tie, coordinator)

    services.answer(approach=asked, by=coordinator, answer="no", reason="no_staff")

    tie.refresh_from_db()
    assert (tie.status, asked.answer) == ("active", "waiting")
    assert Approach.objects.get().answer == "no"


def test_whoever_wants_to_talk_is_to_be_called_today(tie, coordinator):
    asked = _asked(tie, coordinator)

    services.answer(approach=asked, by=coordinator, answer="talk")

    assert list(Approach.objects.follow_up_due(TODAY)) == [asked]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"answer": "waiting"}, "answer"),
        ({"answer": "perhaps"}, "answer"),
        ({"answer": "no"}, "reason"),
        ({"answer": "no", "reason": "nonsense"}, "reason"),
    ],
)
def test_answers_that_are_none_are_refused_and_leave_nothing(tie, coordinator, said, field):
    asked = _asked(tie, coordinator)

    with pytest.raises(TiesError) as refusal:
        services.answer(approach=asked, by=coordinator, words="Hm", **said)

    assert refusal.value.field == field
    assert Approach.objects.get().reply == ""
    assert TieEvent.objects.count() == 1


def test_an_approach_that_was_taken_back_is_answered_by_nobody(tie, coordinator):
    asked = _asked(tie, coordinator)
    services.undo(event=_last(), by=coordinator)

    with pytest.raises(AnsweredError):
        services.answer(approach=asked, by=coordinator, answer="yes")


def test_open_questions_are_found_by_age_and_home(tie, coordinator):
    old = ApproachFactory(partnership=tie, asked_on=TODAY - dt.timedelta(days=7))
    new = ApproachFactory(partnership=tie, asked_on=TODAY - dt.timedelta(days=6))
    far = ApproachFactory(partnership__home=HomeFactory(name="Elmbank"), asked_on=old.asked_on)
    over = ApproachFactory(partnership__status="ended", asked_on=old.asked_on)

    found = Approach.objects.unanswered_for(7, TODAY)

    assert set(found) == {old, far}
    homes = type(tie.home).objects.filter(pk=tie.home_id)
    assert set(Approach.objects.open().of_homes(homes)) == {old, new}
    assert over not in Approach.objects.open()


# --- over, and taken up again -------------------------------------------------------------


def test_a_tie_ends_only_when_somebody_says_so(tie, coordinator, pat):
    _active(tie, coordinator, pat)

    services.end(partnership=tie, by=coordinator, words="The choir moved away")

    tie.refresh_from_db()
    assert tie.status == "ended"
    assert (_last().kind, _last().words, _last().by) == (
        "ended",
        "The choir moved away",
        coordinator,
    )


def test_a_tie_taken_up_again_needs_both_sides_anew(tie, coordinator, pat):
    _active(tie, coordinator, pat)
    services.end(partnership=tie, by=coordinator)

    services.reopen(partnership=tie, by=coordinator)
    confirm(partnership=tie, side=Side.HOME, by=coordinator)

    tie.refresh_from_db()
    assert (tie.status, tie.partner_confirmed_at) == ("idea", None)
    assert confirm(partnership=tie, side=Side.PARTNER, by=pat).status == "active"


def test_what_is_not_over_is_not_taken_up_again(tie, coordinator):
    with pytest.raises(NotOverError):
        services.reopen(partnership=tie, by=coordinator)


@pytest.mark.parametrize("status", ["ended", "declined"])
def test_nothing_is_changed_of_a_tie_that_is_over(tie, coordinator, status):
    type(tie).objects.update(status=status)

    for change in (
        lambda: _asked(tie, coordinator),
        lambda: services.end(partnership=tie, by=coordinator),
        lambda: services.decline(partnership=tie, by=coordinator, reason="other"),
        lambda: services.set_depth(partnership=tie, by=coordinator, depth=2),
        lambda: services.hand_over(partnership=tie, by=coordinator, to="home"),
    ):
        with pytest.raises(PartnershipOverError):
            change()
    assert not TieEvent.objects.exists()


def test_the_home_s_own_no_is_not_for_the_champion_to_say(tie, coordinator, champion):
    with pytest.raises(PermissionDenied):
        services.decline(partnership=tie, by=champion, reason="no_staff", side=Side.HOME)

    services.decline(partnership=tie, by=coordinator, reason="no_staff", side=Side.HOME)
    tie.refresh_from_db()
    assert tie.declined_side == "home"


def test_a_reason_comes_from_the_list(tie, coordinator):
    with pytest.raises(TiesError) as refusal:
        services.decline(partnership=tie, by=coordinator, reason="They are odd")

    assert refusal.value.field == "reason"


# --- what it is like ----------------------------------------------------------------------


def test_each_change_is_a_step_with_before_and_after(tie, coordinator):
    services.set_depth(partnership=tie, by=coordinator, depth=3)
    services.set_depth(partnership=tie, by=coordinator, depth=3)  # no news, no step
    services.set_generations(partnership=tie, by=coordinator, generations=True)
    services.hand_over(partnership=tie, by=coordinator, to="partner")
    services.set_purpose(partnership=tie, by=coordinator, purpose="Songs")
    services.set_named(partnership=tie, side=Side.HOME, by=coordinator, ok=True)

    steps = [(step.kind, step.before, step.after) for step in TieEvent.objects.all()]
    assert steps == [
        ("depth", {"depth": None}, {"depth": 3}),
        ("generations", {"generations": False}, {"generations": True}),
        ("arranger", {"arranged_by": "home"}, {"arranged_by": "partner"}),
        ("purpose", {"purpose": "Songs on Fridays"}, {"purpose": "Songs"}),
        ("named", {"home_named_ok": False}, {"home_named_ok": True}),
    ]
    assert {step.by for step in TieEvent.objects.all()} == {coordinator}


@pytest.mark.parametrize("depth", [-1, 5])
def test_depth_goes_from_0_to_4(tie, coordinator, depth):
    with pytest.raises(TiesError, match="how deep"):
        services.set_depth(partnership=tie, by=coordinator, depth=depth)


def test_only_the_champion_the_home_or_the_partner_arranges(tie, coordinator):
    with pytest.raises(TiesError, match="who arranges"):
        services.hand_over(partnership=tie, by=coordinator, to="council")


def test_a_purpose_too_long_is_refused(tie, coordinator):
    with pytest.raises(ValidationError) as refusal:
        services.set_purpose(partnership=tie, by=coordinator, purpose="x" * 201)

    assert "purpose" in refusal.value.message_dict


def test_each_side_says_itself_whether_it_is_named(tie, coordinator, pat, champion):
    with pytest.raises(PermissionDenied):
        services.set_named(partnership=tie, side=Side.PARTNER, by=coordinator, ok=True)
    with pytest.raises(PermissionDenied):
        services.set_named(partnership=tie, side=Side.HOME, by=champion, ok=True)

    services.set_named(partnership=tie, side=Side.PARTNER, by=pat, ok=True)
    tie.refresh_from_db()
    assert (tie.partner_named_ok, tie.home_named_ok) == (True, False)
    assert _last().how == "partner"


# --- who may ------------------------------------------------------------------------------


def _strangers(tie):
    far = HomeFactory(name="Elmbank", location=NORWICH)
    yield factories.member("coordinator", home=far, name="Eve")
    elsewhere = factories.AreaFactory(boundary=factories.box(NORWICH))
    yield factories.member("champion", area=elsewhere, name="Uma")
    yield factories.PersonFactory(name="Cy")


def test_strangers_do_none_of_it(tie, coordinator, facilitator):
    asked = _asked(tie, coordinator)
    event = _last()

    for by in (*_strangers(tie), facilitator):
        for change in (
            lambda by=by: services.approach(partnership=tie, by=by, channel="phone"),
            lambda by=by: services.answer(approach=asked, by=by, answer="yes"),
            lambda by=by: services.decline(partnership=tie, by=by, reason="other"),
            lambda by=by: services.end(partnership=tie, by=by),
            lambda by=by: services.reopen(partnership=tie, by=by),
            lambda by=by: services.set_depth(partnership=tie, by=by, depth=1),
            lambda by=by: services.hand_over(partnership=tie, by=by, to="home"),
            lambda by=by: services.undo(event=event, by=by),
        ):
            with pytest.raises(PermissionDenied):
                change()
    assert TieEvent.objects.count() == 1


def test_a_champion_of_the_partner_s_area_alone_does_not_change_a_far_home_s_tie(champion):
    far = HomeFactory(name="Elmbank", location=NORWICH)
    tie = factories.PartnershipFactory(home=far)

    with pytest.raises(PermissionDenied):
        services.set_depth(partnership=tie, by=champion, depth=2)


# --- undo ---------------------------------------------------------------------------------


def test_every_step_can_be_taken_back_last_one_first(tie, coordinator, pat):
    before = _state(tie)
    asked = _asked(tie, coordinator)
    services.answer(approach=asked, by=coordinator, answer="yes", words="Oh yes")
    confirm(partnership=tie, side=Side.HOME, by=coordinator)
    confirm(partnership=tie, side=Side.PARTNER, by=pat)
    services.end(partnership=tie, by=coordinator, words="Moved")
    services.reopen(partnership=tie, by=coordinator)
    services.decline(partnership=tie, by=coordinator, reason="other", words="No!")

    for event in TieEvent.objects.order_by("-pk"):
        own_word = (event.kind, event.side) == ("yes", "partner")
        services.undo(event=event, by=pat if own_word else coordinator)

    assert _state(tie) == before
    assert TieEvent.objects.filter(undone_at=timezone.now()).count() == 7
    assert (Approach.objects.get().reply, Approach.objects.standing().count()) == ("", 0)


def _state(tie):
    tie.refresh_from_db()
    return {field.name: getattr(tie, field.attname) for field in tie._meta.concrete_fields}


def test_the_words_of_a_no_come_back_with_it(tie, coordinator):
    services.decline(partnership=tie, by=coordinator, reason="too_far", words="Two buses")
    services.reopen(partnership=tie, by=coordinator)

    services.undo(event=_last(), by=coordinator)

    tie.refresh_from_db()
    assert (tie.declined_reason, tie.declined_words) == ("too_far", "Two buses")


def test_a_step_that_others_build_on_is_not_taken_back_first(tie, coordinator, pat):
    confirm(partnership=tie, side=Side.HOME, by=coordinator)
    first = _last()
    confirm(partnership=tie, side=Side.PARTNER, by=pat)

    with pytest.raises(SinceThenError):
        services.undo(event=first, by=coordinator)

    tie.refresh_from_db()
    assert (tie.status, bool(tie.home_confirmed_at)) == ("active", True)


def test_depth_is_taken_back_whatever_else_was_said(tie, coordinator, pat):
    services.set_depth(partnership=tie, by=coordinator, depth=4)
    slip = _last()
    _active(tie, coordinator, pat)

    services.undo(event=slip, by=coordinator)

    tie.refresh_from_db()
    assert (tie.depth, tie.status) == (None, "active")


def test_a_tie_that_was_changed_otherwise_meanwhile_is_left_alone(tie, coordinator):
    services.set_depth(partnership=tie, by=coordinator, depth=4)
    type(tie).objects.update(depth=2)

    with pytest.raises(SinceThenError, match="otherwise"):
        services.undo(event=_last(), by=coordinator)


def test_taking_back_twice_changes_nothing(tie, coordinator, manager):
    services.set_depth(partnership=tie, by=coordinator, depth=4)
    first = services.undo(event=_last(), by=coordinator)

    again = services.undo(event=_last(), by=manager)

    assert (again.undone_by, again.undone_at) == (coordinator, first.undone_at)


def test_nobody_takes_back_the_other_side_s_yes(tie, coordinator, pat, champion):
    confirm(partnership=tie, side=Side.PARTNER, by=pat)
    with pytest.raises(PermissionDenied):
        services.undo(event=_last(), by=coordinator)

    services.undo(event=_last(), by=champion)  # who may note a yes for the partner, too
    tie.refresh_from_db()
    assert (tie.status, tie.partner_confirmed_at) == ("idea", None)
