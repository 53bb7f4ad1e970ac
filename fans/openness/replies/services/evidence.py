"""A home points at what stands behind one of its answers, and takes that off again."""

from typing import Any

from django.db import models, transaction
from django.utils import timezone

from fans.connections.models import Connection, Partnership
from fans.connections.wishes.models import Wish
from fans.openness.errors import RefusedError
from fans.openness.models import Wave
from fans.openness.replies.errors import TakenBackError, WrongEvidenceError
from fans.openness.replies.models import EvidenceKind, EvidenceLink
from fans.openness.replies.models.evidence_link import OBJECTS
from fans.openness.replies.services.asking import (
    REPLY,
    held_for,
    refuse_if_planned,
    sign_of,
)
from fans.people.models import Person
from homes.models import Home, HomeAsset


@transaction.atomic
def link_evidence(
    *,
    wave: Wave,
    sign: str,
    by: Person,
    record: Connection | Partnership | Wish | HomeAsset | None = None,
    url: str = "",
    words: str = "",
) -> EvidenceLink:
    """Put one of the home's own records, a web page, or plain words behind a sign.

    Raises:
        PermissionDenied: ``by`` is not of the home's team.
        NotBegunError: the wave has not begun.
        RefusedError: no such sign.
        WrongEvidenceError: another home's record, one taken back, or linked already.
        ValidationError: an address that is not http or https, no words, or too many.
    """
    row = held_for(wave, by, REPLY)
    refuse_if_planned(row)
    indicator = sign_of(row, sign)
    if indicator is None:
        raise RefusedError("sign", "is missing: evidence belongs to one sign.")
    pointed = _pointed(row.enrolment.home, record, url)
    made = EvidenceLink(
        wave=row,
        indicator=indicator,
        words=words,
        linked_by=by,
        linked_at=timezone.now(),
        **pointed,
    )
    made.full_clean()
    _refuse_twice(made)
    made.save()
    return made


@transaction.atomic
def unlink(*, link: EvidenceLink, by: Person) -> EvidenceLink:
    """Take evidence off; it can be put back.

    Raises:
        PermissionDenied: ``by`` is not of the home's team.
        TakenBackError: somebody took it off first.
    """
    held_for(link.wave, by, REPLY)
    row = EvidenceLink.objects.select_for_update().get(pk=link.pk)
    if row.taken_back_at is not None:
        raise TakenBackError("This was taken off before.")
    row.taken_back_by, row.taken_back_at = by, timezone.now()
    row.save(update_fields=["taken_back_by", "taken_back_at"])
    return row


@transaction.atomic
def put_evidence_back(*, link: EvidenceLink, by: Person) -> EvidenceLink:
    """Put evidence back that was taken off; if it stands, nothing changes.

    Raises:
        PermissionDenied: ``by`` is not of the home's team.
        WrongEvidenceError: the same was linked anew since.
    """
    held_for(link.wave, by, REPLY)
    row = EvidenceLink.objects.select_for_update().get(pk=link.pk)
    _refuse_twice(row)
    row.taken_back_by = row.taken_back_at = None
    row.save(update_fields=["taken_back_by", "taken_back_at"])
    return row


def _pointed(home: Home, record: models.Model | None, url: str) -> dict[str, Any]:
    """Return kind and target, once the record is found to be the home's own and to stand."""
    if record is None:
        return {"kind": EvidenceKind.URL if url else EvidenceKind.WORDS, "url": url}
    kind = record._meta.model_name or ""
    if getattr(record, "home_id", None) != home.pk:
        raise WrongEvidenceError("This is not of this home.", field="record")
    if isinstance(record, Connection) and record.undone_at is not None:
        raise WrongEvidenceError("This was taken out of the log.", field="record")
    return {"kind": _KINDS[kind], _KINDS[kind].value: record}


def _refuse_twice(link: EvidenceLink) -> None:
    targets = {name: getattr(link, name) for name in (*OBJECTS, "url")}
    if link.kind == EvidenceKind.WORDS:
        targets["words"] = link.words
    same = EvidenceLink.objects.standing().filter(
        wave=link.wave, indicator=link.indicator, kind=link.kind, **targets
    )
    if same.exclude(pk=link.pk).exists():
        raise WrongEvidenceError("This stands there already.", field="record")


_KINDS = {
    "connection": EvidenceKind.CONNECTION,
    "partnership": EvidenceKind.PARTNERSHIP,
    "wish": EvidenceKind.WISH,
    "homeasset": EvidenceKind.HOME_ASSET,
}
