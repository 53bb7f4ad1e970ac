"""A wave's codes: made one a group, ended, and within ten minutes brought back."""

import uuid
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from fans.openness.from_log import instrument_of
from fans.openness.models import Wave
from fans.openness.respond.errors import (
    AnsweredSignedInError,
    CodeRefusedError,
    TooLateToTakeBackError,
)
from fans.openness.respond.letters import is_code, tidied
from fans.openness.respond.models import (
    CODE_LENGTH,
    RespondCode,
    hash_of_code,
    hashes_of_code,
    letters_of,
)
from fans.openness.respond.windows import Window, window_of
from fans.people.models import Person

MANAGE: Final = "respond.manage"


@transaction.atomic
def make_code(*, wave: Wave, group: str, by: Person) -> RespondCode:
    """Make a group's code, or give the one that it has.

    Raises:
        PermissionDenied: ``by`` does not look after this wave's codes.
        AnsweredSignedInError: this group's answers are given in office.
        CodeRefusedError: the wave takes no answers any more.
    """
    _check(by, wave)
    found = instrument_of(wave.instrument).groups.get(group)
    if found is None or found.in_office:
        raise AnsweredSignedInError("This group has no code: its members answer signed in.")
    wave = Wave.objects.select_for_update(of=("self",), no_key=True).get(pk=wave.pk)
    if window_of(wave, timezone.localdate()) is Window.OVER:
        raise CodeRefusedError("over", "This wave takes no answers any more.")
    before = wave.respond_codes.live().filter(group=group).first()
    if before is not None and before.letters:
        return before
    if before is not None:  # our secret key has changed: nobody can print it again
        _end(before, by)
    seed = uuid.uuid4()
    code = RespondCode(
        wave=wave,
        group=group,
        seed=seed,
        code_hash=hash_of_code(letters_of(seed)),
        made_by=by,
    )
    code.full_clean()
    code.save()
    return code


@transaction.atomic
def end_code(*, code: RespondCode, by: Person) -> RespondCode:
    """Let a code open nothing any more; doing it twice keeps who did it first.

    Raises:
        PermissionDenied: ``by`` does not look after this wave's codes.
    """
    _check(by, code.wave)
    held = _held(code)
    if held.ended_at is None:
        _end(held, by)
    return held


@transaction.atomic
def restore_code(*, code: RespondCode, by: Person) -> RespondCode:
    """Let a code work again that was ended by a slip, within ten minutes.

    Raises:
        PermissionDenied: ``by`` does not look after this wave's codes.
        TooLateToTakeBackError: ten minutes have passed, or there is a new code.
    """
    _check(by, code.wave)
    held = _held(code)
    if held.ended_at is None:
        return held
    if not held.can_be_restored(timezone.now()):
        raise TooLateToTakeBackError("The ten minutes to take this back are over.")
    if code.wave.respond_codes.live().filter(group=code.group).exists():
        raise TooLateToTakeBackError("There is a new code for this group already.")
    held.ended_at = held.ended_by = None
    held.save(update_fields=["ended_at", "ended_by"])
    return held


def code_of(typed: str) -> RespondCode:
    """Return the code that somebody typed, if it opens its questions today.

    Nothing is written. ``why`` of the error is ``typo`` (it can be none of ours),
    ``unknown``, ``ended``, ``early`` or ``over``.

    Raises:
        CodeRefusedError: it opens nothing today.
    """
    letters = tidied(typed)
    if not is_code(letters, CODE_LENGTH):
        raise CodeRefusedError("typo", "That is not quite a code.")
    found = (
        RespondCode.objects.filter(code_hash__in=hashes_of_code(letters))
        .select_related("wave__enrolment__home", "wave__instrument")
        .first()
    )
    if found is None:
        raise CodeRefusedError("unknown", "We do not know this code.")
    check_works(found)
    return found


def check_works(code: RespondCode) -> Window:
    """Say whether a code works in time or late.

    Raises:
        CodeRefusedError: it was ended, its wave has not begun, or is long over.
    """
    if code.ended_at is not None:
        raise CodeRefusedError("ended", "This code works no longer.", code.wave)
    window = window_of(code.wave, timezone.localdate())
    if window in (Window.EARLY, Window.OVER):
        raise CodeRefusedError(window.value, "This code does not work today.", code.wave)
    return window


def _held(code: RespondCode) -> RespondCode:
    # The wave first, as when a code is made: two at once come one after the other.
    Wave.objects.select_for_update(of=("self",), no_key=True).get(pk=code.wave_id)
    return RespondCode.objects.select_for_update(of=("self",)).get(pk=code.pk)


def _end(code: RespondCode, by: Person) -> None:
    code.ended_at, code.ended_by = timezone.now(), by
    code.save(update_fields=["ended_at", "ended_by"])


def _check(by: Person, wave: Wave) -> None:
    if not by.has_perm(MANAGE, wave):
        raise PermissionDenied("Your roles do not let you look after this wave's codes.")
