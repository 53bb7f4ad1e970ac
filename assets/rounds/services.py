"""Writes with a rule: plan a round, share rounds out, hand one on, end it."""

from collections.abc import Sequence
from typing import Any, Final

from django.contrib.gis.geos import Point
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from assets.models import Asset
from assets.rounds import registry
from assets.rounds.choosing import Candidate, choose
from assets.rounds.errors import (
    NobodyToWalkError,
    NothingToCheckError,
    RoundOverError,
    RoundTakenError,
)
from assets.rounds.finding import Held, candidates, places_in, places_near, seen_lately
from assets.rounds.loads import loads_of
from assets.rounds.models import EndedHow, Round, Stop, StopState
from assets.rounds.sharing import share, split, work_of
from assets.rounds.walking import short_walk
from assets.standing import standing
from geo.models import Area

SIZE: Final = 8
MOST_ROUNDS: Final = 12
EARLY: Final = "The round was finished early"
_ONE_AT_A_TIME: Final = "SELECT pg_advisory_xact_lock(hashtextextended('rounds.plan', 0))"


@transaction.atomic
def plan_round(*, by: Any, near: Point | Area, reach: Held, size: int = SIZE) -> Round:
    """Make a round of places that wait to be checked, for ``by``, in the order of a walk.

    ``near``: where they set out (WGS 84, never kept), or an area, of which the place that
    waits longest is taken as the start.

    Raises:
        PermissionDenied: ``by`` may walk no round there.
        NothingToCheckError: no place there waits.
    """
    _require(by, near if isinstance(near, Area) else None)
    _wait_for_other_planners()
    today = timezone.localdate()
    places = (
        places_in(near, reach=reach)
        if isinstance(near, Area)
        else places_near(near, reach=reach)
    )
    late = seen_lately(by, today)
    due = candidates([each for each in places if each.pk not in late], by=by, today=today)
    if not due:
        raise NothingToCheckError("No place there waits to be checked. Try another spot.")
    start = _longest_waiting(due).point if isinstance(near, Area) else (near.x, near.y)
    chosen = choose(due, size=size, start=start)
    order = short_walk([each.point for each in chosen], start)
    return _make([chosen[i].id for i in order], by=by, to=by)


@transaction.atomic
def share_out(
    *, by: Any, area: Area, people: Sequence[Any], reach: Held, size: int = SIZE
) -> list[Round]:
    """Divide an area's places that wait into compact rounds among people.

    Whoever has least to do, counting what they did lately, is given most.

    Raises:
        PermissionDenied: ``by`` may not share out rounds there.
        NobodyToWalkError: nobody is named who may walk there.
        NothingToCheckError: no place there waits.
    """
    _require(by, area)
    able = {person.pk: person for person in registry.walkers(area)}
    chosen = [able[person.pk] for person in people if person.pk in able]
    if not chosen:
        raise NobodyToWalkError("Choose at least one person who may check places there.")
    _wait_for_other_planners()
    parts = rounds_of(area, by=by, reach=reach, size=size)
    if not parts:
        raise NothingToCheckError("No place there waits to be checked.")
    loads = loads_of(chosen, today=timezone.localdate())
    work = [work_of([each.point for each in part]) for part in parts]
    given = share(work, {pk: float(load.total) for pk, load in loads.items()})
    return [
        _make([each.id for each in part], by=by, to=able[person])
        for part, person in zip(parts, given, strict=True)
    ]


def rounds_of(area: Area, *, by: Any, reach: Held, size: int = SIZE) -> list[list[Candidate]]:
    """Return the rounds that an area's places would make; writes nothing."""
    due = candidates(places_in(area, reach=reach), by=by, today=timezone.localdate())
    # What waits longest goes first where there is more than can be shared out at once.
    due.sort(key=lambda each: (not each.first, -each.months, each.id))
    due = due[: MOST_ROUNDS * size]
    points = [each.point for each in due]
    return [[due[i] for i in part] for part in split(points, -(-len(due) // size))]


@transaction.atomic
def take(*, by: Any, round: Round) -> Round:
    """Take a round that nobody has.

    Raises:
        PermissionDenied, RoundOverError: see ``hand_over``.
        RoundTakenError: somebody was faster.
    """
    held = _held(by, round)
    if held.assigned_to_id is not None and held.assigned_to_id != by.pk:
        raise RoundTakenError(f"{held.assigned_to} has this round.")
    return _give(held, by)


@transaction.atomic
def hand_over(*, by: Any, round: Round, to: Any | None) -> Round:
    """Hand a round over to somebody who may walk it; ``None`` gives it back for anybody.

    Raises:
        PermissionDenied: ``by`` may not walk rounds there.
        RoundOverError: it has ended.
        NobodyToWalkError: ``to`` may not walk it.
    """
    held = _held(by, round)
    if to is not None and to.pk not in {person.pk for person in registry.walkers(held)}:
        raise NobodyToWalkError("Choose somebody who may check places there.")
    return _give(held, to)


@transaction.atomic
def finish_early(*, by: Any, round: Round) -> Round:
    """End a round; what was not seen waits for another one.

    Raises:
        PermissionDenied, RoundOverError: see ``hand_over``.
    """
    held = _held(by, round)
    now = timezone.now()
    held.stops.waiting().update(state=StopState.SKIPPED, reason=EARLY, done_at=now, done_by=by)
    held.ended_at, held.ended_how = now, EndedHow.EARLY
    held.full_clean()
    held.save()
    return held


def _held(by: Any, round: Round) -> Round:
    if not by.has_perm("rounds.walk", round):
        raise PermissionDenied("Your roles do not allow this: walk this round.")
    held = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if not held.is_open:
        raise RoundOverError("This round is over.")
    return held


def _give(held: Round, to: Any | None) -> Round:
    held.assigned_to = to
    held.full_clean()
    held.save()
    return held


def _make(asset_ids: Sequence[int], *, by: Any, to: Any) -> Round:
    now = timezone.now()
    made = Round(assigned_to=to, made_by=by, created_at=now)
    made.full_clean()
    made.save()
    held = Asset.objects.in_bulk(asset_ids)
    standing_still = [pk for pk in asset_ids if standing(held[pk]).pk == pk]
    Stop.objects.bulk_create(
        Stop(round=made, asset_id=pk, position=position)
        for position, pk in enumerate(standing_still, start=1)
    )
    return made


def _longest_waiting(due: Sequence[Candidate]) -> Candidate:
    return max(due, key=lambda each: (each.first, each.months, -each.id))


def _require(by: Any, about: object | None) -> None:
    if not by.has_perm("rounds.walk", about):
        raise PermissionDenied("Your roles do not allow this: walk a round there.")


def _wait_for_other_planners() -> None:
    """Let two who plan at once choose one after the other: a place is in one round."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
