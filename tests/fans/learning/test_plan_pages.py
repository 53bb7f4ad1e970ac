"""The pages of a plan: from a difference in the answers to a first step."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from fans.learning import services
from fans.learning.models import Action, Comparison, Plan, Review, State, Talk
from fans.learning.topics import TOPICS
from fans.openness import services as openness
from fans.openness.models import Wave
from tests import factories

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"learning:{name}", args=args)


@pytest.fixture
def as_helen(client, helen):
    client.force_login(helen)
    return client


@pytest.fixture
def as_moira(client, home):
    cohort = factories.EnrolmentFactory(home=home).cohort
    client.force_login(factories.member("facilitator", cohort=cohort, name="Moira Hughes"))
    return client


def page(response, status=200):
    assert response.status_code == status
    return re.sub(r"\s+", " ", response.content.decode())


def version_on(text):
    return re.search(r'name="version" value="(\d+)"', text).group(1)


def keep_value(text):
    return re.search(r'name="keep_as_it_is" id="\w+" value="(\w+)"', text).group(1)


def talk(plan, by, group, **said):
    said = {"said": f"Words of {group}", "people_count": 3, **said}
    return services.keep_talk(plan=plan, by=by, group=group, **said)


def test_a_difference_leads_to_a_plan_that_is_linked_to_its_sign(as_helen, home):
    new = url("new", home.pk) + "?sign=A3"
    text = page(as_helen.get(new))
    assert "Welcome and ease of visiting: what lies behind it?" in text
    assert text.index("Going out and coming in") < text.index("Moving in")

    sent = {"title": "Who feels welcome?", "topic": "coming_and_going", "sign": "A3"}
    response = as_helen.post(new, sent)

    plan = Plan.objects.get()
    assert response.url == url("plan", plan.pk)
    assert "Welcome and ease of visiting" in page(as_helen.get(response.url))


@pytest.mark.parametrize("sign", ["Z9", "", "<b>"])
def test_a_sign_that_is_none_begins_a_plan_without_one(as_helen, home, sign):
    assert 'name="sign" value' not in page(as_helen.get(url("new", home.pk), {"sign": sign}))


def test_what_is_left_out_is_asked_for_by_name(as_helen, home, plan):
    assert "Put what you want to look at." in page(as_helen.post(url("new", home.pk), {}), 422)
    assert "Choose one." in page(as_helen.post(url("new", home.pk), {"title": "x"}), 422)
    assert "Put what was said." in page(as_helen.post(url("talk", plan.pk, "staff"), {}), 422)
    assert "Put how you will know." in page(as_helen.post(url("act", plan.pk), {}), 422)
    compare = as_helen.post(url("compare", plan.pk), {"version": "0"})
    assert "Put what you see alike, or what differs." in page(compare, 422)
    assert (Plan.objects.count(), Talk.objects.count(), Action.objects.count()) == (1, 0, 0)


def test_each_group_is_asked_its_own_questions_and_an_unknown_one_is_not_there(as_helen, plan):
    topic = TOPICS["coming_and_going"]
    for group in ("residents", "relatives", "staff", "manager", "volunteers"):
        text = page(as_helen.get(url("talk", plan.pk, group)))
        assert all(question.replace("’", "’") in text for question in topic.questions[group])
    assert as_helen.get(url("talk", plan.pk, "inspectors")).status_code == 404


def test_what_a_group_said_is_kept_and_asked_about_where_it_may_name_somebody(as_helen, plan):
    sent = {
        "said": "Mrs Patel in room 12 waits",
        "people_count": "4",
        "talked_on": "2026-10-01",
    }
    text = page(as_helen.post(url("talk", plan.pk, "relatives"), sent), 422)
    assert "room 12" in text
    assert not Talk.objects.exists()

    sent["said"] = "We wait at the door"
    assert as_helen.post(url("talk", plan.pk, "relatives"), sent).status_code == 302
    assert Talk.objects.get().said == "We wait at the door"


def test_one_persons_words_are_asked_about_once_and_kept_if_somebody_says_so(as_helen, plan):
    sent = {"said": "It is slow", "people_count": "1", "talked_on": "2026-10-01"}
    where = url("talk", plan.pk, "residents")
    text = page(as_helen.post(where, sent), 422)
    assert "One person’s words can be recognised" in text

    kept = as_helen.post(where, sent | {"keep_as_it_is": keep_value(text)})
    assert kept.status_code == 302
    # A manager is one person by nature.
    assert as_helen.post(url("talk", plan.pk, "manager"), sent).status_code == 302
    assert Talk.objects.count() == 2


@pytest.mark.parametrize(("count", "said"), [("0", "leave it open"), ("201", "200"), ("x", "")])
def test_a_talk_was_with_somebody(as_helen, plan, count, said):
    sent = {"said": "x", "people_count": count, "talked_on": "2026-10-01"}

    assert said in page(as_helen.post(url("talk", plan.pk, "staff"), sent), 422)


def test_what_was_said_last_time_stands_beside_the_new_talk(as_helen, home, plan, helen):
    talk(plan, helen, "relatives", said="We rang twice")
    services.lay_by(plan=plan, by=helen)
    again = services.start(by=helen, home=home, topic="coming_and_going", title="And now?")

    text = page(as_helen.get(url("talk", again.pk, "relatives")))
    assert "Last time" in text
    assert "We rang twice" in text
    assert "We rang twice" not in page(as_helen.get(url("talk", again.pk, "staff")))
    assert plan.title in page(as_helen.get(url("plan", again.pk)))


def test_groups_stand_side_by_side_and_the_missing_ones_are_named(as_helen, plan, helen):
    talk(plan, helen, "staff", matters="Time")
    talk(plan, helen, "relatives", matters="A smile")

    text = page(as_helen.get(url("compare", plan.pk)))
    assert "Words of staff" in text
    assert "A smile" in text
    assert "Not asked yet: people who live here, manager" in text

    as_helen.post(url("compare", plan.pk), {"version": "0", "differs": "The bell"})
    assert Comparison.objects.get().differs == "The bell"


def _closed_wave(home, helen, **answers):
    """A wave of the home with answers to A3, that closed a month ago."""
    began = timezone.localdate() - dt.timedelta(days=58)
    enrolment = factories.EnrolmentFactory(home=home, starts_on=began)
    wave = openness.plan_waves(enrolment=enrolment)[0]
    Wave.objects.filter(pk=wave.pk).update(closes_on=timezone.localdate())
    wave.refresh_from_db()
    for group, values in answers.items():
        for value in values:
            openness.submit_assessment(wave=wave, group=group, answers={"A3": value}, by=helen)
    ended = timezone.localdate() - dt.timedelta(days=30)
    Wave.objects.filter(pk=wave.pk).update(closes_on=ended)
    wave.refresh_from_db()
    openness.score_wave(wave=wave)
    return wave


def test_figures_of_a_sign_stand_there_where_enough_answered(as_helen, home, plan, helen):
    _closed_wave(home, helen, residents=(1, 1, 1), staff=(4, 4, 4))

    text = page(as_helen.get(url("compare", plan.pk)))
    assert "People who live here say 1 of 4, staff say 4" in text


def test_figures_of_few_people_stand_in_no_plan(as_helen, home, plan, helen):
    _closed_wave(home, helen, residents=(1, 1, 1), staff=(4, 4, 4), relatives=(0,))

    text = page(as_helen.get(url("compare", plan.pk)))
    assert "say 0" not in text
    assert "elatives and friends say" not in text


def test_the_facilitator_sees_no_figures_in_a_plan_before_the_home_shows_them(
    as_moira, home, plan, helen
):
    wave = _closed_wave(home, helen, residents=(1, 1, 1), staff=(4, 4, 4))
    Wave.objects.filter(pk=wave.pk).update(closes_on=timezone.localdate())

    assert "say 1 of 4" not in page(as_moira.get(url("compare", plan.pk)))


def test_an_action_is_planned_with_a_first_step_and_moved_on(as_helen, plan, grace):
    sent = {
        "what": "A welcomer", "first_step": "Ask at the meeting", "owner": f"person:{grace.pk}",
        "how_known": "Nobody rings twice", "signs": ["A3"],
    }  # fmt: skip
    as_helen.post(url("act", plan.pk), sent)
    action = Action.objects.get()
    assert (action.owner, action.owner_role) == (grace, "coordinator")
    due = timezone.localtime(action.first_due_at)
    assert f"{due:%A} {due.day} {due:%B, %H:%M}" in page(as_helen.get(url("plan", plan.pk)))

    as_helen.post(url("move", action.pk), {"to": "step_done"})
    action.refresh_from_db()
    assert action.first_done_at is not None
    as_helen.post(url("take_back", action.pk, "step_open"))
    action.refresh_from_db()
    assert action.first_done_at is None
    assert as_helen.post(url("move", action.pk), {"to": "sell"}).status_code == 400
    assert as_helen.post(url("take_back", action.pk, "done")).status_code == 400


def test_a_stranger_cannot_be_made_to_see_to_it(as_helen, plan):
    stranger = factories.member("coordinator", home=factories.HomeFactory(name="Elmbank"))
    sent = {"what": "x", "first_step": "x", "owner": f"person:{stranger.pk}", "how_known": "x"}

    assert "Who sees to it?" in page(as_helen.post(url("act", plan.pk), sent), 422)
    assert not Action.objects.exists()


def test_two_who_write_at_once_see_both_texts(as_helen, plan, helen, grace):
    row = talk(plan, helen, "staff")
    before = version_on(page(as_helen.get(url("edit_talk", row.pk))))
    services.change_talk(
        talk=row, by=grace, version=1, said="Others say this", matters="",
        people_count=3, talked_on=row.talked_on,
    )  # fmt: skip

    sent = {"said": "We say this", "people_count": "3", "talked_on": "2026-10-01"}
    text = page(as_helen.post(url("edit_talk", row.pk), sent | {"version": before}), 409)
    assert "Others say this" in text
    assert "We say this" in text

    again = sent | {"version": version_on(text)}
    assert as_helen.post(url("edit_talk", row.pk), again).status_code == 302
    assert Talk.objects.get().said == "We say this"


def test_two_who_compare_plan_or_look_back_at_once_see_both_texts(
    as_helen, plan, action, helen, grace
):
    services.compare(plan=plan, by=grace, version=0, alike="The garden", differs="")
    sent = {"version": "0", "alike": "The cake"}
    text = page(as_helen.post(url("compare", plan.pk), sent), 409)
    assert "The garden" in text
    assert "The cake" in text

    services.move(action=action, by=grace, to=services.Move.START)
    sent = {
        "version": "1", "what": "A bench", "first_step": "Ring", "owner": "staff",
        "how_known": "People sit",
    }  # fmt: skip
    text = page(as_helen.post(url("action", action.pk), sent), 409)
    assert "A bench" in text
    assert "Started" in text

    review = action.reviews.get(month=3)
    services.hold_review(review=review, by=grace, version=1, changed="A lot", verdict="keep")
    sent = {"version": "1", "changed": "A little", "verdict": "alter"}
    text = page(as_helen.post(url("review", review.pk), sent), 409)
    assert "A lot" in text
    assert "A little" in text

    services.change_plan(
        plan=plan, by=grace, version=1, title="Who rings?", links=services.Links()
    )
    sent = {"version": "1", "title": "Who waits?"}
    text = page(as_helen.post(url("edit", plan.pk), sent), 409)
    assert "Who rings?" in text
    assert "Who waits?" in text


def test_a_look_back_is_kept_and_taken_back(as_helen, action):
    review = action.reviews.get(month=3)
    sent = {"version": "1", "changed": "Four Sundays without a second ring", "verdict": "keep"}

    as_helen.post(url("review", review.pk), sent)
    assert "Four Sundays" in page(as_helen.get(url("action", action.pk)))
    as_helen.post(url("review_back", review.pk))
    assert Review.objects.get(pk=review.pk).held_on is None


@pytest.mark.parametrize("kind", ["plan", "talk", "action"])
def test_what_is_taken_out_is_gone_from_every_page_and_comes_back(
    as_helen, plan, action, helen, kind
):
    rows = {"plan": plan, "talk": talk(plan, helen, "staff"), "action": action}
    row = rows[kind]
    response = as_helen.post(url(f"remove_{kind}", row.pk))
    assert url(f"bring_back_{kind}", row.pk) in page(as_helen.get(response.url))
    gone = {"plan": url("plan", plan.pk), "talk": url("edit_talk", rows["talk"].pk)}
    assert as_helen.get(gone.get(kind, url("action", action.pk))).status_code == 404

    as_helen.post(url(f"bring_back_{kind}", row.pk))
    assert as_helen.get(gone.get(kind, url("action", action.pk))).status_code == 200


def test_a_plan_laid_by_is_read_and_not_written_on(as_helen, plan, action):
    as_helen.post(url("lay_by", plan.pk))
    assert "Laid by" in page(as_helen.get(url("plan", plan.pk)))
    sent = {"said": "x y z", "people_count": "3", "talked_on": "2026-10-01"}
    assert "laid by" in page(as_helen.post(url("talk", plan.pk, "staff"), sent), 409)
    assert "laid by" in page(as_helen.post(url("move", action.pk), {"to": "done"}), 409)
    as_helen.post(url("go_on", plan.pk))
    assert as_helen.post(url("move", action.pk), {"to": "done"}).status_code == 302
    assert Action.objects.get().state == State.DONE


def test_the_facilitator_reads_what_enough_people_said_and_writes_nothing(
    as_moira, plan, action, helen
):
    talk(plan, helen, "staff", people_count=8)
    talk(plan, helen, "relatives", people_count=7)
    talk(plan, helen, "residents", people_count=None)
    talk(plan, helen, "manager", people_count=1)
    wish = factories.WishFactory(home=plan.home, text="a dog to stroke")
    links = services.Links(wishes=(wish.pk,))
    services.change_plan(plan=plan, by=helen, version=1, title="Who?", links=links)

    for name in ("plan", "compare", "printed"):
        text = page(as_moira.get(url(name, plan.pk)))
        assert "Words of staff" in text
        assert "Words of manager" in text
        assert "Words of relatives" not in text
        assert "Words of residents" not in text
        assert "a dog to stroke" not in text
        assert "took part" not in text.replace("fewer than eight took part", "")
    assert "Open the garden gate" in page(as_moira.get(url("action", action.pk)))
    for name in ("edit", "act"):
        assert as_moira.get(url(name, plan.pk)).status_code == 403
    sent = {"version": "0", "alike": "x"}
    assert as_moira.post(url("compare", plan.pk), sent).status_code == 404
    assert as_moira.post(url("action", action.pk), {}).status_code == 404
    assert "Take it out" not in page(as_moira.get(url("action", action.pk)))


@pytest.mark.parametrize("role", ["champion", "relative", "volunteer", "commissioner"])
def test_nobody_else_reads_a_plan(client, home, plan, role):
    scopes = {"relative": {"home": home}, "volunteer": {}}
    area = {"area": factories.AreaFactory()}
    client.force_login(factories.member(role, **scopes.get(role, area)))

    for name, args in (
        ("plans", (home.pk,)),
        ("plan", (plan.pk,)),
        ("printed_pdf", (plan.pk,)),
    ):
        assert client.get(url(name, *args)).status_code == 403


def test_the_list_asks_little_however_many_plans(
    as_helen, home, helen, plan, action, django_assert_max_num_queries
):
    def queries():
        with django_assert_max_num_queries(60) as asked:
            page(as_helen.get(url("plans", home.pk)))
        return len(asked)

    before = queries()
    for n in range(5):
        more = services.start(by=helen, home=home, topic="team", title=f"Plan {n}")
        factories.ActionFactory(plan=more)
        talk(more, helen, "staff")

    assert queries() == before


def test_the_first_plan_is_offered_where_there_is_none(as_helen, home):
    assert "Begin the first plan" in page(as_helen.get(url("plans", home.pk)))


def test_a_step_whose_48_hours_are_over_is_said_to_be_so(as_helen, plan, action):
    due = timezone.now() - dt.timedelta(hours=12)
    Action.objects.update(planned_at=due - dt.timedelta(hours=48), first_due_at=due, owner=None)

    assert "The 48 hours are over" in page(as_helen.get(url("plan", plan.pk)))
    assert "The 48 hours are over" in page(as_helen.get(url("action", action.pk)))
    assert action.first_step in page(as_helen.get(reverse("frontend:today")))
