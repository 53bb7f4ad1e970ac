"""Taking a step back: the tie stands as before it; the step stays, marked."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from fans.connections.models import Partnership, PartnershipStatus
from fans.connections.services.partners import CONFIRMS, Side, hold_tie
from fans.connections.ties.errors import SinceThenError
from fans.connections.ties.models import LIFE, Approach, How, Kind, TieEvent
from fans.connections.ties.recording import OF_APPROACH, from_plain, put
from fans.connections.ties.services.held import EDIT
from fans.people.models import Person

_OWN_WORD: Final = (Kind.YES, Kind.NAMED)
"""What a side says itself: nobody else takes it back."""


def may_undo(event: TieEvent, person: Person, tie: Partnership) -> bool:
    """Say whether somebody may take a step back: of what a side said itself, that side."""
    own_word = event.kind in _OWN_WORD or event.how != How.ACCOUNT
    if own_word and event.side:
        return person.has_perm(CONFIRMS[Side(event.side)], tie)
    return person.has_perm(EDIT, tie.home)


@transaction.atomic
def undo(*, event: TieEvent, by: Person) -> TieEvent:
    """Take a step back; doing it twice changes nothing.

    Raises:
        PermissionDenied: it is not theirs to take back.
        SinceThenError: a later step builds on it.
    """
    if not may_undo(event, by, event.partnership):
        raise PermissionDenied("This is not yours to take back.")
    tie = hold_tie(event.partnership)
    row = TieEvent.objects.get(pk=event.pk)
    if row.undone_at is None:
        take_back(tie, row, by=by)
    return row


def take_back(tie: Partnership, event: TieEvent, *, by: Person | None) -> None:
    """Put a tie that is held back to how it stood before a step.

    Raises:
        SinceThenError: a later step builds on it, or the tie stands otherwise by now.
    """
    if is_built_on(event):
        raise SinceThenError("More was said since. Take the latest step back first.")
    approach = event.approach
    now = {name: from_plain(name, value) for name, value in event.after.items()}
    if any(_of(name, tie, approach) != value for name, value in now.items()):
        raise SinceThenError("The tie stands otherwise by now. This cannot be taken back.")
    before = {name: from_plain(name, value) for name, value in event.before.items()}
    if "status" in before:
        was_declined = before["status"] == PartnershipStatus.DECLINED
        before["declined_words"] = _words_of_the_no(tie, event) if was_declined else ""
    if "answer" in before:
        before["reply"] = ""
    if event.kind == Kind.ASKED:
        before["undone_at"] = timezone.now()
    put(tie, approach, before)
    event.undone_at, event.undone_by = timezone.now(), by
    event.save(update_fields=["undone_at", "undone_by"])


def is_built_on(event: TieEvent) -> bool:
    """Say whether a later step that stands changed the same as this one."""
    later = TieEvent.objects.filter(
        partnership=event.partnership_id, undone_at__isnull=True, pk__gt=event.pk
    )
    if event.kind in LIFE:
        return later.filter(kind__in=LIFE).exists()
    return later.filter(kind=event.kind, side=event.side).exists()


def _of(name: str, tie: Partnership, approach: Approach | None) -> Any:
    return getattr(approach if name in OF_APPROACH else tie, name)


def _words_of_the_no(tie: Partnership, event: TieEvent) -> str:
    """Return the words of the last no before a step: steps keep no words but their own."""
    said = tie.events.filter(kind=Kind.DECLINED, undone_at__isnull=True, pk__lt=event.pk)
    last = said.order_by("-pk").first()
    return last.words if last else ""
