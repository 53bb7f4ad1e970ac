"""Whatever leads and volunteers try, in whatever order: no stage is reached unlawfully."""

from contextlib import suppress

from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from fans.people.errors import PeopleError
from fans.people.models import Membership
from fans.people.volunteers.models import PATHWAY, Stage
from fans.people.volunteers.roles import ROLES
from fans.people.volunteers.services import accompanying, vetting
from fans.people.volunteers.services.pathway import move
from tests.factories import AreaFactory, VolunteerFactory, member

STAGES = st.sampled_from([stage.value for stage in Stage])
SLUGS = st.sampled_from(
    ["visitor", "helper", "group-visit", "letters", "young", "group-leader"]
)
ITEMS = sorted({item.slug for role in ROLES.values() for item in role.induction})


class Ways(RuleBasedStateMachine):
    """A volunteer, two leads, and everything that any of them may click."""

    @initialize()
    def begin(self):
        area = AreaFactory()
        self.leads = [member("volunteer_lead", name=name, area=area) for name in ("Lea", "Lou")]
        self.volunteer = VolunteerFactory()
        self.told = ["applied"]

    def attempt(self, act, **said):
        """Do it if it is allowed; a refusal has to be one of ours."""
        with suppress(PeopleError):
            act(**said)
        self.volunteer.refresh_from_db()

    @rule(to=STAGES, who=st.integers(0, 3))
    def step(self, to, who):
        by = [*self.leads, self.volunteer.person, None][who]
        before = self.volunteer.stage, self.volunteer.paused_by_lead
        self.attempt(move, volunteer=self.volunteer, to=to, by=by)
        if (self.volunteer.stage, self.volunteer.paused_by_lead) != before:
            self.told.append(to)
            assert self.volunteer.stage == to
            if who > 1:  # themselves, or a child's adult
                assert not (before[1] and to in PATHWAY), "ended a lead's pause"
                assert before[0] in {"resting", "left"} or to in {"resting", "left"}

    @rule(slug=SLUGS, lead=st.integers(0, 1))
    def choose(self, slug, lead):
        self.follow(
            accompanying.choose_role,
            volunteer=self.volunteer,
            role_slug=slug,
            by=self.leads[lead],
        )

    @rule(answer=st.sampled_from(["good", "good", "doubts", "king"]))
    def refer(self, answer):
        if self.volunteer.references.count() < accompanying.MOST_REFERENCES:
            asked = accompanying.ask_reference(
                volunteer=self.volunteer, referee="Mrs Bell", by=self.leads[0]
            )
            self.attempt(
                accompanying.take_reference, reference=asked, answer=answer, by=self.leads[1]
            )

    @rule(done=st.sets(st.sampled_from(ITEMS)) | st.just(set(ITEMS)), shown=st.booleans())
    def list_done(self, done, shown):
        ticked = set(self.volunteer.inductions.values_list("item", flat=True))
        self.follow(
            accompanying.tick,
            volunteer=self.volunteer,
            done=done,
            shown=ticked if shown else set(),
            by=self.leads[0],
        )

    @rule(level=st.sampled_from(["none", "basic", "enhanced"]))
    def ask(self, level):
        self.follow(
            vetting.ask,
            volunteer=self.volunteer,
            level=level,
            reason="As the role is.",
            authority="dbs",
            by=self.leads[0],
        )

    @rule(outcome=st.sampled_from(["ok", "ok", "not_ok", "not_needed"]))
    def decide(self, outcome):
        waiting = self.volunteer.vettings.filter(outcome="waiting").first()
        if waiting:
            self.follow(vetting.decide, vetting=waiting, outcome=outcome, by=self.leads[1])

    @rule(may=st.booleans())
    def alone(self, may):
        self.attempt(vetting.let_alone, volunteer=self.volunteer, may=may, by=self.leads[0])

    def follow(self, act, **said):
        """Do what may take them back, and write down where to."""
        before = self.volunteer.stage
        self.attempt(act, **said)
        if self.volunteer.stage != before:
            assert PATHWAY.index(self.volunteer.stage) < PATHWAY.index(before)
            self.told.append(self.volunteer.stage)

    @invariant()
    def history_is_whole(self):
        if not hasattr(self, "told"):
            return
        events = list(
            self.volunteer.events.order_by("at", "pk").values_list("stage", flat=True)
        )
        assert events == self.told
        assert events[-1] == self.volunteer.stage

    @invariant()
    def nobody_stands_where_something_is_missing(self):
        if not hasattr(self, "told"):
            return
        stage = self.volunteer.stage
        if stage not in PATHWAY:
            return
        rank = PATHWAY.index(stage)
        role = ROLES.get(self.volunteer.role_slug)
        if rank >= PATHWAY.index("references"):
            good = self.volunteer.references.filter(answer="good").count()
            assert role is not None
            assert good >= role.references
        if rank >= PATHWAY.index("checked"):
            latest = (
                self.volunteer.vettings.filter(role_slug=role.slug)
                .exclude(outcome="waiting")
                .order_by("-pk")
                .first()
            )
            assert latest.outcome in {"ok", "not_needed"}
        if rank >= PATHWAY.index("inducted"):
            done = set(self.volunteer.inductions.values_list("item", flat=True))
            assert role.required_items <= done

    @invariant()
    def the_role_on_the_site_goes_with_being_active(self):
        if not hasattr(self, "told"):
            return
        held = (
            Membership.objects.on(timezone.localdate())
            .filter(person=self.volunteer.person, role="volunteer")
            .exists()
        )
        if self.volunteer.stage == "active":
            assert held
        elif self.volunteer.stage != "resting" or self.volunteer.paused_by_lead:
            assert not held

    @invariant()
    def nobody_is_alone_undecided(self):
        if hasattr(self, "told") and self.volunteer.may_be_alone:
            assert vetting.decision(self.volunteer).outcome == "ok"
            assert self.volunteer.stage != "left"


class TestAnyWay(Ways.TestCase, TestCase):
    settings = settings(max_examples=8, stateful_step_count=30, deadline=None)
