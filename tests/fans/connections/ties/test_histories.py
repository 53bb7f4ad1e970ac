"""Random histories of ties: whatever is done in whatever order, the rules hold.

Checked after each step against a reference that is slow, plain and our own: who and when
are never lost, nothing is active on one side's word, going quiet and hand-over agree.
"""

import datetime as dt
from contextlib import suppress
from statistics import median

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fans.connections.errors import ConnectionsError
from fans.connections.models import Arranger, DeclinedReason, Depth, Partnership
from fans.connections.reports import ties_of
from fans.connections.services import Side, confirm, log_connection, undo_connection
from fans.connections.ties import services
from fans.connections.ties.models import Answer, Approach, Channel, TieEvent, TieLink
from fans.connections.ties.reports import hand_over_of
from fans.connections.ties.services import inviting, partners_word
from fans.connections.ties.services.partners_word import Word
from fans.people.post import services as post
from tests import factories

pytestmark = pytest.mark.django_db

BEGAN = dt.datetime(2026, 1, 5, 10, tzinfo=dt.UTC)
PEOPLE = ("coordinator", "champion", "partner", "stranger")
SIDES = st.sampled_from(list(Side))


class World:
    """One tie, those who may do something about it, and what the reference remembers."""

    def __init__(self):
        self.home = factories.HomeFactory()
        factories.EnrolmentFactory(home=self.home, starts_on=BEGAN.date())
        asset = factories.AssetFactory(email="choir@example.org")
        champion = factories.member("champion", area=factories.AreaFactory(), name="Ben")
        self.people = {
            "champion": champion,
            "coordinator": factories.member("coordinator", home=self.home, name="Ada"),
            "partner": factories.member("partner", asset=asset, name="Pat"),
            "stranger": factories.PersonFactory(name="Cy"),
        }
        post.approve(asset=asset, by=champion)
        partner = factories.PartnerFactory(asset=asset)
        self.tie = factories.PartnershipFactory(home=self.home, partner=partner)
        self.forget()

    def forget(self):
        self.said = {}  # each step as it was first written, never to change
        self.tokens = []
        self.rows = []

    def now(self):
        return Partnership.objects.get(pk=self.tie.pk)


def _asking(world, by, draw):
    return services.approach(
        partnership=world.tie, by=by, channel=draw(st.sampled_from(Channel.values[1:]))
    )


def _inviting(world, by, draw):
    services.invite_by_mail(partnership=world.tie, by=by, words="Come and sing")
    asked = Approach.objects.latest("pk")
    world.tokens.append(inviting.new_link(asked, "answer"))


def _answering(world, by, draw):
    asked = Approach.objects.order_by("-pk").first()
    if asked:
        answer = draw(st.sampled_from(Answer.values))
        reason = draw(st.sampled_from(["", *DeclinedReason.values]))
        services.answer(approach=asked, by=by, answer=answer, reason=reason, words="So")


def _word(draw):
    answer = draw(st.sampled_from(Answer.values))
    return Word(answer, draw(st.sampled_from(["", "too_far"])), "Hm", draw(st.booleans()))


def _by_link(world, by, draw):
    if world.tokens:
        undo = partners_word.answer_by_link(token=world.tokens[-1], word=_word(draw))
        if draw(st.booleans()):
            partners_word.take_back_by_link(token=undo)


def _signed_in(world, by, draw):
    partners_word.answer_signed_in(partnership=world.tie, by=by, word=_word(draw))


def _undoing(world, by, draw):
    events = list(TieEvent.objects.order_by("-pk"))
    if events:
        services.undo(event=draw(st.sampled_from(events[:4])), by=by)


def _logging(world, by, draw):
    row = log_connection(
        by=by,
        home=world.home,
        partnership=world.tie,
        happened_on=dt.datetime.now(dt.UTC).date() - dt.timedelta(days=draw(st.integers(0, 9))),
        direction="in",
        occurrences=draw(st.sampled_from([1, 1, 1, 3])),
        arranged_by=draw(st.sampled_from(["", "home", "home", "partner", "champion"])),
        source=draw(st.sampled_from(["log", "log", "log", "recall"])),
    )
    world.rows.append(row)
    if draw(st.integers(0, 5)) == 0:
        undo_connection(connection=row, by=by)


STEPS = {
    "yes": lambda world, by, draw: confirm(partnership=world.tie, side=draw(SIDES), by=by),
    "ask": _asking,
    "invite": _inviting,
    "answer": _answering,
    "by link": _by_link,
    "signed in": _signed_in,
    "decline": lambda world, by, draw: services.decline(
        partnership=world.tie,
        by=by,
        reason=draw(st.sampled_from(["too_far", "other", "nonsense"])),
        words="No",
        side=draw(SIDES),
    ),
    "end": lambda world, by, draw: services.end(partnership=world.tie, by=by, side=draw(SIDES)),
    "reopen": lambda world, by, draw: services.reopen(partnership=world.tie, by=by),
    "depth": lambda world, by, draw: services.set_depth(
        partnership=world.tie, by=by, depth=draw(st.sampled_from([None, *Depth.values, 7]))
    ),
    "hand over": lambda world, by, draw: services.hand_over(
        partnership=world.tie, by=by, to=draw(st.sampled_from([*Arranger.values, "moon"]))
    ),
    "name": lambda world, by, draw: services.set_named(
        partnership=world.tie, side=draw(SIDES), by=by, ok=draw(st.booleans())
    ),
    "undo": _undoing,
    "log": _logging,
}
WEIGHTED = [*STEPS, *["yes", "log"] * 4, *["undo"] * 2]


# --- the reference --------------------------------------------------------------------------


def _never_active_on_one_word(world):
    tie = world.now()
    replayed = _replay()
    if tie.status in ("active", "quiet"):
        assert {"home", "partner"} <= replayed["spoken"]
    assert bool(tie.home_confirmed_at) is ("home" in replayed["spoken"])
    assert bool(tie.partner_confirmed_at) is ("partner" in replayed["spoken"])


def _replay():
    """Go through the steps that stand, oldest first: which sides have said yes by now."""
    spoken = set()
    for event in TieEvent.objects.filter(undone_at=None).order_by("pk"):
        if event.kind == "yes":
            spoken.add(event.side)
        elif event.kind == "reopened":
            spoken.clear()
    return {"spoken": spoken}


def _nothing_is_lost(world):
    """Each step stands as it was written: who, when, what, before and after."""
    rows = TieEvent.objects.values("pk", "by", "at", "kind", "side", "before", "after", "words")
    now = {row.pop("pk"): row for row in rows}
    assert world.said.items() <= now.items()
    world.said = now
    undone = TieEvent.objects.filter(undone_at__isnull=False)
    assert all(event.undone_at >= event.at for event in undone)


def _the_last_word_holds(world):
    """Columns that only one kind of step changes say what its last standing step says."""
    tie = world.now()
    for kind, column in (("depth", "depth"), ("arranger", "arranged_by")):
        last = TieEvent.objects.filter(kind=kind, undone_at=None).order_by("-pk").first()
        default = Partnership._meta.get_field(column).default
        default = None if column == "depth" else default
        assert getattr(tie, column) == (last.after[column] if last else default)


def _kept(world):
    rows = [row for row in _reloaded(world) if row.undone_at is None]
    logged = [row for row in rows if row.source != "recall"]
    return rows, logged


def _reloaded(world):
    for row in world.rows:
        row.refresh_from_db()
    return world.rows


def _going_quiet_agrees(world, today):
    rows, logged = _kept(world)
    days = sorted({row.happened_on for row in (logged or rows)})
    gaps = [(b - a).days for a, b in zip(days[-5:], days[-5:][1:], strict=False)]
    usual = median(gaps) if gaps else 28
    over = world.now().status in ("ended", "declined")
    expected = bool(days) and not over and (today - days[-1]).days > 2 * usual
    [found] = ties_of(world.home, on=today)
    assert found.going_quiet is expected


def _hand_over_agrees(world, today):
    _, logged = _kept(world)
    contacts = []
    for row in sorted(logged, key=lambda row: (row.happened_on, row.pk), reverse=True):
        contacts += [row.arranged_by] * row.occurrences
    held = len(contacts) >= 3 and set(contacts[:3]) <= {"home", "partner"}
    fifth = dt.date(2026, 6, 5)  # the programme began on 5 January
    found = hand_over_of(world.now(), on=today)
    assert (found.is_held, found.is_ready) == (held, held and today >= fifth)


@pytest.fixture
def world(db):
    with time_machine.travel(BEGAN, tick=False):
        return World()


# The world is made once; what an example does to it is rolled back.
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_rules_hold_in_every_history(data, world):
    world.forget()
    with time_machine.travel(BEGAN, tick=False) as travel, transaction.atomic():
        for _ in range(data.draw(st.integers(4, 18))):
            travel.shift(dt.timedelta(days=data.draw(st.sampled_from([0, 1, 9, 30]))))
            _one_step(world, data.draw)
            today = dt.datetime.now(dt.UTC).date()
            _never_active_on_one_word(world)
            _nothing_is_lost(world)
            _the_last_word_holds(world)
            _going_quiet_agrees(world, today)
            _hand_over_agrees(world, today)
        assert not TieLink.objects.filter(token_hash__in=world.tokens).exists()
        transaction.set_rollback(True)


def _one_step(world, draw):
    step = STEPS[draw(st.sampled_from(WEIGHTED))]
    by = world.people[draw(st.sampled_from(PEOPLE))]
    with suppress(ConnectionsError, PermissionDenied, ValidationError):
        step(world, by, draw)
