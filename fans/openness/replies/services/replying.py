"""A home says what a picture misses, says it otherwise, and takes it back."""

from django.db import transaction
from django.utils import timezone

from fans.openness.models import Indicator, Wave
from fans.openness.replies.errors import StandsError, TakenBackError, WordsGoneError
from fans.openness.replies.models import Reply
from fans.openness.replies.services.asking import (
    REPLY,
    held_for,
    refuse_if_planned,
    sign_of,
)
from fans.people.models import Person


@transaction.atomic
def reply(*, wave: Wave, words: str, by: Person, sign: str = "") -> Reply:
    """Put words beside a sign, by its code, or beside the whole picture.

    Words that stand there are replaced, and can be put back. The same words again change
    nothing.

    Raises:
        PermissionDenied: ``by`` is not of the home's team.
        NotBegunError: the wave has not begun.
        RefusedError: no such sign.
        ValidationError: no words, or too many.
    """
    row = held_for(wave, by, REPLY)
    refuse_if_planned(row)
    indicator = sign_of(row, sign)
    before = _standing(row, indicator)
    if before is not None and before.words == words:
        return before
    if before is not None:
        _end(before, by)
    made = Reply(
        wave=row, indicator=indicator, words=words, written_by=by, written_at=timezone.now()
    )
    made.full_clean()
    made.save()
    return made


@transaction.atomic
def take_back(*, standing: Reply, by: Person) -> Reply:
    """Take words back; they can be put back.

    Raises:
        PermissionDenied: ``by`` is not of the home's team.
        TakenBackError: somebody took them back or replaced them first.
    """
    held_for(standing.wave, by, REPLY)
    row = Reply.objects.select_for_update().get(pk=standing.pk)
    if row.taken_back_at is not None:
        raise TakenBackError("These words were taken back or replaced before.")
    return _end(row, by)


@transaction.atomic
def put_back(*, earlier: Reply, by: Person) -> Reply:
    """Put words that were taken back where they stood: as new words, of today.

    Raises:
        PermissionDenied: ``by`` is not of the home's team.
        StandsError: other words stand there now.
        WordsGoneError: they are kept no longer.
    """
    row = held_for(earlier.wave, by, REPLY)
    if _standing(row, earlier.indicator) is not None:
        raise StandsError("Other words stand there now. Take them back first.")
    if not earlier.words:
        raise WordsGoneError("These words are kept no longer.")
    code = earlier.indicator.code if earlier.indicator else ""
    return reply(wave=row, words=earlier.words, by=by, sign=code)


def _standing(wave: Wave, indicator: Indicator | None) -> Reply | None:
    return Reply.objects.standing().filter(wave=wave, indicator=indicator).first()


def _end(row: Reply, by: Person) -> Reply:
    row.taken_back_by, row.taken_back_at = by, timezone.now()
    row.full_clean()
    row.save(update_fields=["taken_back_by", "taken_back_at"])
    return row
