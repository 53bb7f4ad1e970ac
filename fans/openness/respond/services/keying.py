"""Paper sheets and talks, keyed in by somebody signed in; within ten minutes taken back."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from fans.openness.models import Assessment, Wave
from fans.openness.respond.errors import (
    AnsweredSignedInError,
    TalkedOnError,
    TooLateToTakeBackError,
)
from fans.openness.respond.models import UNDO_WINDOW
from fans.openness.respond.questions import open_groups
from fans.openness.services import last_day_for_answers, score_wave, submit_assessment
from fans.people.audit.erasing import erasing
from fans.people.models import Person
from fans.people.privacy.forgetting import delete_with_history

KEY_IN = "openness.answer"


def key_in(
    *,
    wave: Wave,
    group: str,
    answers: Mapping[str, int],
    how_known: Mapping[str, str],
    by: Person,
    talked_on: dt.date,
    way: str,
    language: str,
    client_uuid: uuid.UUID,
) -> Assessment:
    """Store a sheet that somebody filled in on paper, or talked over.

    Raises:
        PermissionDenied: ``by`` may not enter answers of this home.
        AnsweredSignedInError: this group's answers are given in office.
        TalkedOnError: the day is still to come, or outside the wave's days.
        WaveClosedError: the wave is not open yet, or closed too long ago.
    """
    _check(by, wave)
    if group not in {found.id for found in open_groups(wave)}:
        raise AnsweredSignedInError(
            "This group’s members answer signed in, each for themselves."
        )
    check_talked_on(wave, talked_on)
    return submit_assessment(
        wave=wave,
        group=group,
        answers=answers,
        how_known=how_known,
        by=by,
        client_uuid=client_uuid,
        language=language,
        way=way,
        talked_on=talked_on,
    )


def check_talked_on(wave: Wave, day: dt.date) -> None:
    """Refuse a day that is still to come, or on which the wave was not open.

    Raises:
        TalkedOnError: it is such a day.
    """
    if day > timezone.localdate():
        raise TalkedOnError("That day is still to come.")
    if not wave.opens_on <= day <= wave.closes_on:
        raise TalkedOnError(
            f"Put a day from {wave.opens_on:%-d %B %Y} to {wave.closes_on:%-d %B %Y}: "
            "the days of this wave."
        )


@transaction.atomic
def take_back(*, assessment: Assessment, by: Person) -> None:
    """Take out a sheet just keyed in by a slip; the wave is scored anew.

    Raises:
        PermissionDenied: somebody else keyed it in.
        TooLateToTakeBackError: ten minutes have passed, or the wave was closed since.
    """
    wave = (
        Wave.objects.select_for_update(of=("self",), no_key=True)
        .select_related("enrolment__home", "instrument")
        .get(pk=assessment.wave_id)
    )
    _check(by, wave)
    held = wave.assessments.select_for_update(of=("self",)).get(pk=assessment.pk)
    if held.entered_by_id != by.pk:
        raise PermissionDenied("Only who keyed in a sheet takes it back.")
    if timezone.now() - held.submitted_at > UNDO_WINDOW:
        raise TooLateToTakeBackError("The ten minutes to take this back are over.")
    is_open = wave.is_open_on(timezone.localdate())
    if not is_open and not held.is_late:
        raise TooLateToTakeBackError("The wave was closed since: it stays as it was scored.")
    if held.is_late and timezone.localdate() > last_day_for_answers(wave):
        # Its addendum can be read now: a look before and after would tell one sheet.
        raise TooLateToTakeBackError("The addendum is closed since: it stays as it is.")
    with erasing():  # a slip may name somebody
        delete_with_history(wave.assessments.filter(pk=held.pk))
    if is_open:
        score_wave(wave=wave)


def _check(by: Person, wave: Wave) -> None:
    if not by.has_perm(KEY_IN, wave):
        raise PermissionDenied("Your roles do not let you enter answers of this home.")
