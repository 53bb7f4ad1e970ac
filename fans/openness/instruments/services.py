"""Operations on versions of the instrument: draft, publish, withdraw, choose."""

import json
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from fans.openness import instrument as pure
from fans.openness.errors import InstrumentFrozenError
from fans.openness.instrument_file import PUBLISHED, parse_instrument, published
from fans.openness.instruments.canonical import fingerprint, instrument_as_json
from fans.openness.instruments.drafts import parse_draft, read_draft
from fans.openness.instruments.errors import (
    ChangedMeanwhileError,
    NotADraftError,
    NotPublishedError,
    VersionTakenError,
)
from fans.openness.instruments.models import Choice
from fans.openness.models import Indicator, Instrument, RespondentGroup, Wave
from fans.openness.strict_json import Node
from fans.people.models import Person

FIRST_VERSION = "v1"


def current_version() -> Instrument:
    """Return the version that new waves take: the one chosen last, v1 where none was."""
    choice = Choice.objects.select_related("instrument").first()
    return choice.instrument if choice else load_instrument()


@transaction.atomic
def load_instrument(*, version: str = FIRST_VERSION) -> Instrument:
    """Store and publish an instrument from ``fixtures/instrument``; again changes nothing.

    Raises:
        InstrumentFrozenError: this version is published with another content.
    """
    found = published()[version]
    body = json.loads((PUBLISHED / f"{version}.json").read_bytes())
    Instrument.objects.get_or_create(
        version=version, defaults={"algorithm": found.algorithm, "body": body}
    )
    row = Instrument.objects.select_for_update().get(version=version)
    if row.published_at is not None:
        if row.body != body:
            raise InstrumentFrozenError(
                f"Instrument {version} is published and cannot change. Make it a new version."
            )
        return row
    row.algorithm, row.body = found.algorithm, body
    return _publish(row, found)


@transaction.atomic
def draft_from_json(*, document: bytes | str) -> Instrument:
    """Take in a version from its JSON, as a draft.

    Raises:
        RefusedError: anything in it is wrong; its path says where.
        VersionTakenError: there is a version of this name.
    """
    return _new_draft(read_draft(document, groups=RespondentGroup.values))


@transaction.atomic
def draft_from_body(*, body: dict[str, Any]) -> Instrument:
    """Take in a version from its parsed JSON, as a draft.

    Raises:
        RefusedError: anything in it is wrong; its path says where.
        VersionTakenError: there is a version of this name.
    """
    return _new_draft(parse_draft(Node(body), groups=RespondentGroup.values))


@transaction.atomic
def change_draft(*, version: str, body: dict[str, Any], seen: str) -> Instrument:
    """Put another content into a draft. ``seen`` is the fingerprint of what stood there.

    Raises:
        RefusedError: anything in it is wrong; its path says where.
        NotADraftError: the version is published.
        ChangedMeanwhileError: the draft holds something else than was seen.
    """
    row = _draft(version)
    found = parse_draft(Node({**body, "version": version}), groups=RespondentGroup.values)
    if fingerprint(row.body) != seen:
        raise ChangedMeanwhileError(
            "Somebody else changed this draft in the meantime. Look at it again."
        )
    row.algorithm, row.body = found.algorithm, instrument_as_json(found)
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def undo_change(*, version: str) -> Instrument:
    """Put back what a draft said before its last change; again undoes the undoing.

    Raises:
        NotADraftError: it is published.
    """
    row = _draft(version)
    before = [each for each in _history(version) if each.body != row.body]
    if before:
        row.algorithm, row.body = before[0].algorithm, before[0].body
        row.full_clean()
        row.save()
    return row


@transaction.atomic
def publish_draft(*, version: str, seen: str | None = None) -> Instrument:
    """Publish a draft: from now on it is frozen, and can be chosen for new waves.

    Raises:
        NotADraftError: it is published.
        ChangedMeanwhileError: the draft holds something else than was ``seen``.
    """
    row = _draft(version)
    if seen is not None and fingerprint(row.body) != seen:
        raise ChangedMeanwhileError(
            "Somebody else changed this draft in the meantime. Look at it again."
        )
    return _publish(row, parse_draft(Node(row.body), groups=RespondentGroup.values))


@transaction.atomic
def withdraw_draft(*, version: str) -> None:
    """Take a draft away. ``put_back_draft`` brings it back.

    Raises:
        NotADraftError: it is published.
    """
    _draft(version).delete()


@transaction.atomic
def put_back_draft(*, version: str) -> Instrument:
    """Bring back a draft as it was when it was withdrawn.

    Raises:
        Instrument.DoesNotExist: there never was a draft of this name.
        VersionTakenError: there is a version of this name.
    """
    last = next(iter(_history(version)), None)
    if last is None:
        raise Instrument.DoesNotExist(version)
    return draft_from_body(body=last.body)


@transaction.atomic
def choose_version(*, version: str, by: Person | None, planned_too: bool = False) -> int:
    """Let new waves take a published version; return how many planned waves take it too.

    Waves that are there keep theirs, but for ``planned_too``: those that have not opened
    and hold neither an answer nor a score take the version as well.

    Raises:
        NotPublishedError: the version is a draft.
    """
    if version in published():
        load_instrument(version=version)
    row = Instrument.objects.get(version=version)
    if row.published_at is None:
        raise NotPublishedError(f"{version} is a draft. Publish it first.")
    choice = Choice(instrument=row, by=by)
    choice.full_clean()
    choice.save()
    return planned_waves().exclude(instrument=row).update(instrument=row) if planned_too else 0


def planned_waves() -> Any:
    """Return the waves that nothing hangs on yet: to open later, not answered, not scored."""
    return Wave.objects.filter(
        opens_on__gt=timezone.localdate(),
        closed_at__isnull=True,
        assessments__isnull=True,
        score__isnull=True,
    )


def _new_draft(found: pure.Instrument) -> Instrument:
    row = Instrument(
        version=found.version, algorithm=found.algorithm, body=instrument_as_json(found)
    )
    taken = VersionTakenError(
        f"There is a version {found.version} already. Choose another name."
    )
    if (
        Instrument.objects.filter(version=found.version).exists()
        or found.version in published()
    ):
        raise taken
    row.full_clean()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:  # somebody else was quicker
        raise taken from error
    return row


def _history(version: str) -> list[Any]:
    """Return what a version said, the latest first."""
    events = apps.get_model("openness", "InstrumentEvent")
    return list(events._default_manager.filter(version=version).order_by("-pgh_id"))


def _draft(version: str) -> Instrument:
    row = Instrument.objects.select_for_update().get(version=version)
    if row.published_at is not None:
        raise NotADraftError(f"{version} is published and stays as it is.")
    return row


def _publish(row: Instrument, found: pure.Instrument) -> Instrument:
    row.published_at = timezone.now()
    row.full_clean()
    row.save()
    for indicator in found.indicators:
        Indicator.objects.update_or_create(
            instrument=row,
            code=indicator.id,
            defaults={"dimension": indicator.dimension, "is_assessed": indicator.is_asked},
        )
    return row


def instrument_of(row: Instrument) -> pure.Instrument:
    """Return the pure instrument that a stored one is."""
    return parse_instrument(Node(row.body))
