"""Writes with a rule: what somebody found at one place of a round."""

from collections.abc import Iterable
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from assets.checking.asking import ask_by_person
from assets.checking.services import check_facts
from assets.choices import CheckMethod, Fact
from assets.closing import close_asset
from assets.rounds.errors import NoReasonError, RoundOverError, StopSeenError
from assets.rounds.models import EndedHow, Found, Round, Stop, StopState
from assets.standing import standing

LONGEST_REASON: Final = 200


@transaction.atomic
def still_right(*, by: Any, stop: Stop, facts: Iterable[Fact]) -> Stop:
    """Note that facts of a place are right as they stand, seen on a visit today.

    Raises:
        PermissionDenied: ``by`` may not correct this place.
        StopSeenError, RoundOverError: somebody was faster, or the round is over.
        NothingTickedError: no fact is named.
    """
    held = _held(by, stop)
    check_facts(by=by, asset=held.asset, facts=facts, how=CheckMethod.VISIT)
    return _done(held, by, Found.RIGHT)


@transaction.atomic
def put_right(*, by: Any, stop: Stop, facts: Iterable[Fact]) -> Stop:
    """Note that a place was corrected, and that facts of it are right now.

    Raises:
        PermissionDenied, StopSeenError, RoundOverError, NothingTickedError: as above.
    """
    held = _held(by, stop)
    check_facts(by=by, asset=held.asset, facts=facts, how=CheckMethod.VISIT)
    return _done(held, by, Found.CHANGED)


@transaction.atomic
def gone(*, by: Any, stop: Stop) -> Stop:
    """Note that a place is no more: closed by who may close it, else asked of a champion.

    Raises:
        PermissionDenied, StopSeenError, RoundOverError: as above.
    """
    held = _held(by, stop)
    if by.has_perm("assets.publish", held.asset):
        close_asset(by=by, asset=held.asset)
    else:
        ask_by_person(held.asset, by=by)
    return _done(held, by, Found.GONE)


@transaction.atomic
def leave_out(*, by: Any, stop: Stop, reason: str) -> Stop:
    """Leave a place out, and say why.

    Raises:
        NoReasonError: nothing is said.
        PermissionDenied, StopSeenError, RoundOverError: as above.
    """
    words = " ".join(reason.split())
    if not words:
        raise NoReasonError("Say in a few words why you leave it out.")
    if len(words) > LONGEST_REASON:
        raise NoReasonError(f"Put at most {LONGEST_REASON} characters.")
    held = _held(by, stop)
    held.state, held.reason = StopState.SKIPPED, words
    return _seen(held, by)


def _held(by: Any, stop: Stop) -> Stop:
    if not by.has_perm("assets.edit", stop.asset):
        raise PermissionDenied("Your roles do not allow this: check this place.")
    # The round first, for all its stops: the last one ends it, and none is counted twice.
    walked = Round.objects.select_for_update(of=("self",)).get(pk=stop.round_id)
    held = Stop.objects.select_related("asset", "done_by").get(pk=stop.pk)
    held.asset = standing(held.asset)
    if not held.waits:
        who = f"{held.done_by} has" if held.done_by else "Somebody has"
        raise StopSeenError(f"{who} seen to {held.asset} already: “{told(held)}”.")
    if not walked.is_open:
        raise RoundOverError("This round is over.")
    held.round = walked
    return held


def told(stop: Stop) -> str:
    """Return in words what became of a stop."""
    if stop.state == StopState.DONE:
        return str(Found(stop.found).label)
    return str(StopState(stop.state).label)


def _done(held: Stop, by: Any, found: Found) -> Stop:
    held.state, held.found = StopState.DONE, found
    return _seen(held, by)


def _seen(held: Stop, by: Any) -> Stop:
    held.done_by, held.done_at = by, timezone.now()
    held.full_clean()
    held.save(update_fields=["state", "found", "reason", "done_by", "done_at"])
    if not held.round.stops.waiting().exists():
        held.round.ended_at, held.round.ended_how = held.done_at, EndedHow.DONE
        held.round.save()
    return held
