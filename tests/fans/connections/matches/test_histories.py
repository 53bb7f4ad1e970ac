"""Whatever happens in whatever order: both sides' yes, nobody alone uncleared, every step kept.

A slow reference in plain Python hears the same and knows nothing of the services: what was
said by whom, what the check is, and what may follow.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fans.connections.matches import services
from fans.connections.matches.errors import MatchesError
from fans.connections.matches.models import Match
from fans.connections.matches.nightly import look_at_all
from fans.connections.matches.shown import rows_of, told
from fans.people.consent import services as consents
from fans.people.consent.models import How
from fans.people.volunteers.errors import VolunteersError
from fans.people.volunteers.models import Volunteer
from fans.people.volunteers.services import own, vetting

pytestmark = pytest.mark.django_db

WHO = ("manager", "coordinator", "person", "champion", "lead")
HAPPENS = st.one_of(
    st.tuples(st.sampled_from(["home", "volunteer"]), st.sampled_from(WHO)),
    st.tuples(
        st.sampled_from(["start", "rest", "resume", "end", "no", "undo"]), st.sampled_from(WHO)
    ),
    st.tuples(st.sampled_from(["alone", "accompanied", "release"]), st.sampled_from(WHO)),
    st.tuples(
        st.sampled_from(["word", "no word", "due", "fresh", "night", "rests", "back"]),
        st.just("lead"),
    ),
)
HOME_TEAM = {"manager", "coordinator"}


@dataclass
class Reference:
    """What may be true, told from what was said alone."""

    status: str = "suggested"
    said: dict[str, str] = field(default_factory=dict)  # side -> who
    alone: bool = False
    may_be_alone: bool = False
    is_due: bool = False
    active: bool = True
    held: bool = False
    rested: str = ""
    steps: list[tuple[str, str]] = field(default_factory=list)  # (what, who)
    before: list[dict[str, Any]] = field(default_factory=list)

    @property
    def cleared(self) -> bool:
        return self.may_be_alone and not self.is_due

    @property
    def over(self) -> bool:
        return self.status in {"ended", "declined"}

    def note(self, what: str, who: str, **changes: Any) -> None:
        self.before.append(
            {name: getattr(self, name) for name in _KEPT} | {"said": dict(self.said)}
        )
        self.steps.append((what, who))
        for name, value in changes.items():
            setattr(self, name, value)

    def hear(self, what: str, who: str) -> None:
        getattr(self, f"_{what.replace(' ', '_')}")(who)

    def _say(self, side: str, who: str) -> None:
        speaks = who in HOME_TEAM if side == "home" else who == "person"
        if speaks and not self.over and side not in self.said and self.active:
            said = {**self.said, side: who}
            self.note("yes", who, status="agreed" if len(said) == 2 else "asked", said=said)

    def _home(self, who: str) -> None:
        self._say("home", who)

    def _volunteer(self, who: str) -> None:
        self._say("volunteer", who)

    def _start(self, who: str) -> None:
        may = who != "person" and self.status == "agreed" and self.active
        if may and (self.cleared or not self.alone):
            self.note("started", who, status="live", held=False)

    def _rest(self, who: str) -> None:
        if self.status == "live":
            self.note("rested", who, status="resting", rested=_side(who))

    def _resume(self, who: str) -> None:
        may = who == "lead" or self.rested == _side(who)
        if self.status == "resting" and may and self.active:
            held = self.held or (self.alone and not self.cleared)
            self.note("resumed", who, status="live", rested="", held=held)

    def _end(self, who: str) -> None:
        if self.status in {"live", "resting"}:
            self.note("ended", who, status="ended", rested="")

    def _no(self, who: str) -> None:
        if self.status in {"suggested", "asked", "agreed"}:
            self.note("declined", who, status="declined")

    def _alone(self, who: str) -> None:
        if who != "lead" or self.over or self.alone:
            return
        if self.cleared or self.status != "live":
            self.note("manner", who, alone=True, held=False)

    def _accompanied(self, who: str) -> None:
        if who == "lead" and not self.over and self.alone:
            self.note("manner", who, alone=False, held=False)

    def _release(self, who: str) -> None:
        if who == "lead" and self.held and self.cleared and not self.over:
            self.note("released", who, held=False)

    def _undo(self, who: str) -> None:
        if not self.steps or self.steps[-1][1] != who:
            return
        if self.steps[-1][0] in {"undone", "held"}:
            return
        to = self.before[-1]
        if to["status"] in {"agreed", "live", "resting"} and not self.active:
            return
        held = to["held"] or (to["status"] == "live" and to["alone"] and not self.cleared)
        self.note("undone", who, **{**to, "held": held})

    def _held_now(self, who: str) -> None:
        if self.status == "live" and self.alone and not self.held and not self.cleared:
            self.note("held", who, held=True)

    def _word(self, who: str) -> None:
        if not self.is_due:
            self.may_be_alone = True
            self._held_now(who)

    def _no_word(self, who: str) -> None:
        self.may_be_alone = False
        self._held_now(who)

    def _due(self, who: str) -> None:
        self.is_due = True

    def _fresh(self, who: str) -> None:
        self.is_due = False

    def _night(self, who: str) -> None:
        self._held_now("")

    def _rests(self, who: str) -> None:
        if self.active:
            self.active = False
            if self.status == "live":
                self.note("rested", "person", status="resting", rested="volunteer")

    def _back(self, who: str) -> None:
        self.active = True


_KEPT = ("status", "alone", "held", "rested")


def _side(who: str) -> str:
    if who == "person":
        return "volunteer"
    return "home" if who in HOME_TEAM else "broker"


def _act(two, match, what, who):
    by, volunteer = getattr(two, who), Volunteer.objects.get(pk=two.volunteer.pk)
    recheck = two.today + dt.timedelta(days=-1 if what == "due" else 400)
    side = {"person": "volunteer"}.get(who, "home" if who in HOME_TEAM else "broker")
    acts = {
        "home": lambda: services.say_yes(match=match, side="home", by=by),
        "volunteer": lambda: services.say_yes(match=match, side="volunteer", by=by),
        "start": lambda: services.start(match=match, by=by),
        "rest": lambda: services.let_rest(match=match, by=by),
        "resume": lambda: services.resume(match=match, by=by),
        "end": lambda: services.end(match=match, by=by, reason="enough"),
        "no": lambda: services.decline(match=match, side=side, by=by, reason="not_now"),
        "undo": lambda: services.undo(step=match.steps.first(), by=by),
        "alone": lambda: services.set_manner(match=match, manner="alone", by=by),
        "accompanied": lambda: services.set_manner(match=match, manner="accompanied", by=by),
        "release": lambda: services.release(match=match, by=by),
        "word": lambda: vetting.let_alone(volunteer=volunteer, may=True, by=by),
        "no word": lambda: vetting.let_alone(volunteer=volunteer, may=False, by=by),
        "due": lambda: volunteer.vettings.update(recheck_on=recheck),
        "fresh": lambda: volunteer.vettings.update(recheck_on=recheck),
        "night": look_at_all,
        "rests": lambda: own.rest(volunteer=volunteer, by=two.person),
        "back": lambda: own.come_back(volunteer=volunteer, by=two.person),
    }
    try:
        with transaction.atomic():
            acts[what]()
    except (MatchesError, VolunteersError, ValidationError):
        pass


@pytest.fixture
def long_known(two):
    """A volunteer whose check was decided two years ago: it can be due, or not."""
    long_ago = two.today - dt.timedelta(days=730)
    two.volunteer.vettings.update(asked_on=long_ago, decided_on=long_ago)
    consents.agree(person=two.person, purpose="volunteer_profile", how=How.WEB)
    return two


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(HAPPENS, max_size=14))
def test_any_history_agrees_with_a_slow_reference(long_known, happens):
    two = long_known
    with transaction.atomic():
        match = Match.objects.create(home=two.home, volunteer=two.volunteer)
        expected = Reference()
        kept: list[Any] = []
        for what, who in happens:
            if (what == "back" and expected.is_due) or (what == "undo" and not kept):
                continue  # they would come back no further than to the check
            _act(two, match, what, who)
            expected.hear(what, who)
            match.refresh_from_db()
            _agrees(two, match, expected, kept)
        transaction.set_rollback(True)


def _agrees(two, match, expected, kept):
    assert match.status == expected.status
    assert (match.manner == "alone", match.held_since is not None) == (
        expected.alone,
        expected.held,
    )
    # never on one side's word
    if match.status in {"agreed", "live", "resting"}:
        assert match.home_yes_at
        assert match.volunteer_yes_at
        assert expected.said["home"] in HOME_TEAM
        assert expected.said["volunteer"] == "person"
    # never alone without a check that lets them, from the moment it does not
    (row,) = rows_of(told(Match.objects.filter(pk=match.pk), two.today), two.lead, two.today)
    assert row.is_cleared == expected.cleared
    if match.status == "live" and match.manner == "alone" and not expected.cleared:
        assert row.is_accompanied_for_now
    # who and when, never lost and never rewritten
    steps = list(match.steps.order_by("pk").values_list("pk", "what", "by", "at", "before"))
    assert steps[: len(kept)] == kept
    assert [(what, by) for _, what, by, _, _ in steps] == [
        (what, getattr(two, who).pk if who else None) for what, who in expected.steps
    ]
    kept[:] = steps


def test_a_step_stands_as_it_was_written(two):
    match = services.propose(home=two.home, volunteer=two.volunteer, by=two.champion)
    step = match.steps.get()

    for change in ({"what": "yes"}, {"by": two.lead}, {"at": timezone.now()}, {"side": "home"}):
        with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
            type(step).objects.filter(pk=step.pk).update(**change)
    type(step).objects.filter(pk=step.pk).update(by=None)
    match.delete()
    assert not type(step).objects.exists()
