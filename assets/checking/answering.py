"""Writes with a rule: a person settles what a source says, puts it off, or takes that back."""

import datetime as dt
from typing import Any, Final

from django.contrib.gis.geos import Point
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from assets import categories
from assets.checking.errors import AnsweredAlreadyError, ChangedSinceError, NotAnAnswerError
from assets.checking.models import Answer, QuestionKind, SourceQuestion
from assets.checking.renewing import renew
from assets.choices import OpenState
from assets.facts import FIELDS
from assets.models import Asset
from geo.srid import WGS84

LATER_DAYS: Final = 14
ANSWERS: Final = {
    QuestionKind.GONE: (Answer.GONE, Answer.THERE),
    QuestionKind.CLOSED: (Answer.GONE, Answer.THERE),
    QuestionKind.CHANGED: (Answer.TAKE, Answer.KEEP),
}
_POINT: Final = ("lon", "lat", "location_precision")


@transaction.atomic
def answer_question(*, by: Any, question: SourceQuestion, answer: Answer) -> SourceQuestion:
    """Settle what a source says of an asset. No check is renewed by it.

    Gone closes the asset; still there leaves it as it is, and no import asks or closes
    it again by itself; the source is right takes over what it says.

    Raises:
        PermissionDenied: ``by`` may not publish this asset.
        AnsweredAlreadyError: somebody was faster.
        NotAnAnswerError: it does not answer this question.
        ValidationError: what the source says fits no column any more.
    """
    held = _held(by, question)
    if held.answer:
        raise AnsweredAlreadyError(_by_whom(held))
    if answer not in ANSWERS[QuestionKind(held.kind)]:
        raise NotAnAnswerError("Choose one of the answers.")
    asset = Asset.objects.select_for_update().get(pk=held.asset_id)
    if answer == Answer.GONE:
        held.before = _changed(asset, {"state": OpenState.CLOSED.value})
    elif answer == Answer.TAKE:
        held.before = _changed(asset, held.said)
    held.answer, held.answered_at, held.answered_by = answer, timezone.now(), by
    held.full_clean()
    held.save()
    return held


@transaction.atomic
def put_off(*, by: Any, question: SourceQuestion, today: dt.date) -> SourceQuestion:
    """Put a question off for two weeks.

    Raises:
        PermissionDenied, AnsweredAlreadyError: see ``answer_question``.
    """
    held = _held(by, question)
    if held.answer:
        raise AnsweredAlreadyError(_by_whom(held))
    held.put_off_until = today + dt.timedelta(days=LATER_DAYS)
    held.save(update_fields=["put_off_until"])
    return held


@transaction.atomic
def undo_answer(*, by: Any, question: SourceQuestion) -> SourceQuestion:
    """Take an answer back: the question waits again, and what it changed is as it was.

    Raises:
        PermissionDenied: ``by`` may not publish this asset.
        ChangedSinceError: it waits already, or the asset has been changed since.
    """
    held = _held(by, question)
    if not held.answer or held.answer == Answer.MOOT:
        raise ChangedSinceError("There is no answer to take back.")
    asset = Asset.objects.select_for_update().get(pk=held.asset_id)
    written = {"state": OpenState.CLOSED.value} if held.answer == Answer.GONE else held.said
    if held.before:
        now = _told(asset, held.before)
        if any(now[column] != written.get(column) for column in now):
            raise ChangedSinceError("The place has been changed since: correct it there.")
        _changed(asset, held.before)
    waiting = SourceQuestion.objects.filter(asset=asset, kind=held.kind, answer="")
    if waiting.exists():
        raise ChangedSinceError("The source has asked anew since: answer that.")
    held.answer, held.answered_at, held.answered_by, held.before = "", None, None, {}
    held.put_off_until = None
    held.full_clean()
    held.save()
    return held


def differences(question: SourceQuestion) -> list[tuple[str, str, str]]:
    """Return what a source says otherwise than we do: label, ours, theirs."""
    found = []
    ours = _told(question.asset, question.said)
    for column, theirs in question.said.items():
        if column in ("lat", "location_precision") or ours[column] == theirs:
            continue
        if column == "lon":
            pair = [
                f"{each['lat']:.5f}, {each['lon']:.5f}"
                if each.get("lon") is not None
                else "no place"
                for each in (ours, question.said)
            ]
            found.append(("Place on the map", pair[0], pair[1]))
        elif column == "state":
            found.append(("Open or closed", _state(ours[column]), _state(theirs)))
        elif column in FIELDS:
            field = FIELDS[column]
            mine = question.asset.shown_email() if column == "email" else ours[column]
            pair = [field.in_words(each) or "nothing" for each in (mine, theirs)]
            found.append((field.label, pair[0], pair[1]))
    return found


def _state(value: Any) -> str:
    return str(OpenState(value).label)


def _held(by: Any, question: SourceQuestion) -> SourceQuestion:
    if not by.has_perm("assets.publish", question):
        raise PermissionDenied("Your roles do not allow this: say whether this place is there.")
    rows = SourceQuestion.objects.select_for_update(of=("self",))
    return rows.select_related("asset", "answered_by").get(pk=question.pk)


def _by_whom(question: SourceQuestion) -> str:
    who = question.answered_by or "The source itself"
    return f"{who} has answered already: {Answer(question.answer).label.lower()}."


def _told(asset: Asset, columns: dict[str, Any]) -> dict[str, Any]:
    """Return what an asset says in some columns, as ``said`` keeps it."""
    place = asset.location
    at = {"lon": place.x if place else None, "lat": place.y if place else None}
    return {
        column: at[column] if column in at else getattr(asset, column) for column in columns
    }


def _changed(asset: Asset, said: dict[str, Any]) -> dict[str, Any]:
    """Write what is said into an asset; return what stood there."""
    before = _told(asset, said)
    for column, value in said.items():
        if column not in _POINT:
            setattr(asset, column, value)
    if "lon" in said:
        at = said["lon"] is not None
        asset.location = Point(said["lon"], said["lat"], srid=WGS84) if at else None
        asset.location_precision = said.get("location_precision", "")
    if "category" in said:
        asset.abcd_type = categories.BY_SLUG[asset.category].abcd_type
    asset.full_clean()
    asset.save()
    renew([asset.pk], today=timezone.localdate())
    return before
