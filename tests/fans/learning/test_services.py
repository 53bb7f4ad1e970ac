"""What may be written in a plan, by whom, and what two at once see."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from fans.learning import services
from fans.learning.errors import (
    ChangedMeanwhileError,
    LearningError,
    NotOfTheTeamError,
    NotOpenError,
    PlanIsOverError,
    TooLateError,
    UnknownLinkError,
)
from fans.learning.models import Action, Plan, State, Talk
from fans.learning.services import Links, Move
from fans.openness import services as openness
from tests import factories

pytestmark = pytest.mark.django_db
NHS_NUMBER = "943 476 5919"
WORDS = {"what": "A bench", "first_step": "Ring the council", "how_known": "People sit"}


def test_a_plan_remembers_the_wave_whose_answers_it_may_have_grown_from(home, helen):
    enrolment = factories.EnrolmentFactory(home=home, starts_on=timezone.localdate())
    wave = openness.plan_waves(enrolment=enrolment)[0]

    plan = services.start(by=helen, home=home, topic="team", title="Who does it?", signs=["G2"])

    assert (plan.wave, plan.started_on) == (wave, timezone.localdate())
    assert [link.sign for link in plan.links.all()] == ["G2"]


@pytest.mark.parametrize("role", ["champion", "facilitator", "relative", "volunteer"])
def test_only_the_homes_own_team_writes_its_plans(home, plan, role, action):
    scopes = {
        "champion": {"area": factories.AreaFactory()},
        "facilitator": {"cohort": factories.EnrolmentFactory(home=home).cohort},
        "relative": {"home": home},
        "volunteer": {},
    }
    other = factories.member(role, **scopes[role])
    for attempt in (
        lambda: services.start(by=other, home=home, topic="team", title="x"),
        lambda: services.keep_talk(plan=plan, by=other, group="staff", said="x"),
        lambda: services.compare(plan=plan, by=other, version=0, alike="x", differs=""),
        lambda: services.plan_action(plan=plan, by=other, owner_role="staff", **WORDS),
        lambda: services.move(action=action, by=other, to=Move.DONE),
        lambda: services.remove(row=plan, by=other),
        lambda: services.lay_by(plan=plan, by=other),
        lambda: services.hold_review(
            review=action.reviews.first(), by=other, version=1, changed="x", verdict="keep"
        ),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert Plan.objects.get() == plan


def test_the_same_form_sent_twice_is_one_row(home, plan, helen):
    key = {"client_uuid": uuid.uuid4()}
    for _ in range(2):
        services.keep_talk(plan=plan, by=helen, group="staff", said="We ring.", **key)
        services.plan_action(plan=plan, by=helen, owner_role="staff", **WORDS, **key)
        services.start(by=helen, home=home, topic="team", title="Who?", **key)

    assert (Talk.objects.count(), Action.objects.count(), Plan.objects.count()) == (1, 1, 2)


def test_the_first_step_is_due_in_48_hours_and_looks_back_in_3_and_6_months(plan, helen):
    action = services.plan_action(plan=plan, by=helen, owner_role="staff", **WORDS)

    assert action.first_due_at - action.planned_at == dt.timedelta(hours=48)
    assert [review.month for review in action.reviews.all()] == [3, 6]
    days = [(review.due_on - timezone.localdate()).days for review in action.reviews.all()]
    assert 89 <= days[0] <= 92
    assert 181 <= days[1] <= 185


def test_48_hours_are_48_hours_when_the_clocks_change(plan, helen, monkeypatch):
    before = dt.datetime(2027, 3, 27, 12, tzinfo=dt.UTC)  # summer time begins in that night
    monkeypatch.setattr(timezone, "now", lambda: before)

    action = services.plan_action(plan=plan, by=helen, owner_role="staff", **WORDS)

    assert timezone.localtime(action.first_due_at).hour == 13
    assert action.first_due_at - before == dt.timedelta(hours=48)


def test_whoever_sees_to_it_is_one_of_the_team_and_leaves_a_word_behind(plan, helen, grace):
    stranger = factories.member("coordinator", home=factories.HomeFactory(name="Elmbank"))
    with pytest.raises(NotOfTheTeamError):
        services.plan_action(plan=plan, by=helen, owner=stranger, **WORDS)

    action = services.plan_action(plan=plan, by=helen, owner=grace, **WORDS)
    assert (action.owner_role, action.owner_words) == ("coordinator", "Grace Adeyemi")
    grace.delete()

    assert Action.objects.get().owner_words == "The activity coordinator"


def test_an_action_goes_on_and_back(action, helen):
    def to(move):
        row = services.move(action=action, by=helen, to=move)
        return row.state, bool(row.first_done_at)

    assert to(Move.STEP_DONE) == (State.STARTED, True)
    assert to(Move.STEP_OPEN) == (State.STARTED, False)
    assert to(Move.DONE) == (State.DONE, False)
    with pytest.raises(NotOpenError):
        to(Move.LET_GO)
    assert to(Move.REOPEN) == (State.STARTED, False)
    assert to(Move.LET_GO) == (State.LET_GO, False)
    assert to(Move.REOPEN) == (State.STARTED, False)


def test_who_writes_second_sees_what_the_first_wrote_and_nothing_is_lost(plan, helen, grace):
    talk = services.keep_talk(plan=plan, by=helen, group="staff", said="We ring.")
    words = {"matters": "", "people_count": 4, "talked_on": timezone.localdate()}
    services.change_talk(talk=talk, by=grace, version=1, said="We ring twice.", **words)

    with pytest.raises(ChangedMeanwhileError) as refusal:
        services.change_talk(talk=talk, by=helen, version=1, said="Nobody rings.", **words)

    assert refusal.value.row.said == "We ring twice."
    assert Talk.objects.get().said == "We ring twice."


def test_two_who_compare_at_once_do_not_write_over_each_other(plan, helen, grace):
    services.compare(plan=plan, by=grace, version=0, alike="The garden", differs="")

    with pytest.raises(ChangedMeanwhileError):
        services.compare(plan=plan, by=helen, version=0, alike="The cake", differs="")
    row = services.compare(plan=plan, by=helen, version=1, alike="Both", differs="")

    assert (row.version, row.alike) == (2, "Both")


def test_an_action_and_a_plan_are_not_written_over_either(plan, action, helen):
    services.move(action=action, by=helen, to=Move.START)
    words = {**WORDS, "owner": None, "owner_role": "staff", "links": Links()}
    with pytest.raises(ChangedMeanwhileError):
        services.change_action(action=action, by=helen, version=1, **words)

    services.change_plan(plan=plan, by=helen, version=1, title="Who rings?", links=Links())
    with pytest.raises(ChangedMeanwhileError):
        services.change_plan(plan=plan, by=helen, version=1, title="x", links=Links())

    assert Plan.objects.get().title == "Who rings?"
    assert not plan.links.filter(action=None).exists()


def test_links_lead_to_the_homes_own_alone(plan, helen):
    elsewhere = factories.WishFactory(home=factories.HomeFactory(name="Elmbank"))
    tie = factories.PartnershipFactory()
    for links in (
        Links(wishes=(elsewhere.pk,)),
        Links(ties=(tie.pk,)),
        Links(signs=("Z9",)),
        Links(signs=tuple(f"A{n}" for n in range(13))),
    ):
        with pytest.raises(UnknownLinkError):
            services.change_plan(plan=plan, by=helen, version=1, title="x", links=links)

    own = factories.WishFactory(home=plan.home)
    services.change_plan(
        plan=plan, by=helen, version=1, title="x", links=Links(("A3", "B1"), (own.pk,))
    )
    assert {link.sign or link.wish_id for link in plan.links.all()} == {"A3", "B1", own.pk}


def test_a_plan_that_is_laid_by_is_not_written_on(plan, action, helen):
    services.lay_by(plan=plan, by=helen)
    for attempt in (
        lambda: services.keep_talk(plan=plan, by=helen, group="staff", said="x"),
        lambda: services.plan_action(plan=plan, by=helen, owner_role="staff", **WORDS),
        lambda: services.move(action=action, by=helen, to=Move.DONE),
    ):
        with pytest.raises(PlanIsOverError):
            attempt()

    services.go_on(plan=plan, by=helen)
    assert services.move(action=action, by=helen, to=Move.DONE).state == State.DONE


def test_what_is_taken_out_can_be_brought_back_until_it_is_deleted(plan, action, helen):
    services.remove(row=action, by=helen)
    assert not plan.actions.standing().exists()
    services.bring_back(row=action, by=helen)
    assert plan.actions.standing().get() == action

    Action.objects.all().delete()
    with pytest.raises(TooLateError):
        services.bring_back(row=action, by=helen)


def test_a_look_back_says_what_changed_and_stopping_lets_go(action, helen):
    review = action.reviews.get(month=3)
    with pytest.raises(ValidationError):
        services.hold_review(review=review, by=helen, version=1, changed="", verdict="keep")

    services.hold_review(
        review=review, by=helen, version=1, changed="Nobody came.", verdict="stop"
    )
    action.refresh_from_db()
    assert action.state == State.LET_GO

    services.take_review_back(review=review, by=helen)
    review.refresh_from_db()
    assert (review.held_on, review.changed) == (None, "")


def test_a_persons_number_is_refused_wherever_it_stands(plan, helen):
    with pytest.raises(LearningError) as refusal:
        services.keep_talk(plan=plan, by=helen, group="staff", said=f"Ask {NHS_NUMBER}")
    assert refusal.value.field == "said"
    with pytest.raises(LearningError):
        services.compare(plan=plan, by=helen, version=0, alike=NHS_NUMBER, differs="")
    with pytest.raises(LearningError):
        services.start(by=helen, home=plan.home, topic="team", title=NHS_NUMBER)


def test_a_talk_was_not_tomorrow(plan, helen):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    with pytest.raises(LearningError, match="still to come"):
        services.keep_talk(plan=plan, by=helen, group="staff", said="x", talked_on=tomorrow)
