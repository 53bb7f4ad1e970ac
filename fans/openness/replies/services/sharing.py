"""A home lets others see the picture of a wave, and takes that back."""

from django.db import transaction
from django.utils import timezone

from fans.openness.models import Wave
from fans.openness.replies.errors import NotSharedError, SharedAlreadyError, StillOpenError
from fans.openness.replies.models import Audience, Share
from fans.openness.replies.services.asking import SHARE, held_for
from fans.people.models import Person


@transaction.atomic
def share(*, wave: Wave, audience: str, by: Person) -> Share:
    """Let an audience see a closed wave's picture from now on.

    Raises:
        PermissionDenied: ``by`` does not manage the home.
        StillOpenError: the wave has not closed: its picture still moves.
        SharedAlreadyError: it is shared with them; says who did it, and when.
        ValidationError: no such audience.
    """
    row = held_for(wave, by, SHARE)
    if row.state_on(timezone.localdate()) != "closed":
        raise StillOpenError(
            f"Month {row.month} has not closed yet: its picture still moves. You can share it"
            " once it is closed.",
            field="audience",
        )
    standing = _standing(row, audience)
    if standing is not None:
        raise SharedAlreadyError(
            f"This is shared already, since {_when(standing)}.", field="audience"
        )
    made = Share(wave=row, audience=audience, shared_by=by, shared_at=timezone.now())
    made.full_clean()
    made.save()
    return made


@transaction.atomic
def unshare(*, wave: Wave, audience: str, by: Person) -> Share:
    """Take an audience's sight of a picture back; that it was shared stays on record.

    Raises:
        PermissionDenied: ``by`` does not manage the home.
        NotSharedError: it is not shared with them, or somebody took it back first.
    """
    row = held_for(wave, by, SHARE)
    standing = _standing(row, audience)
    if standing is None:
        words = dict(Audience.choices).get(audience, "them").lower()
        raise NotSharedError(f"This is not shared with {words}.", field="audience")
    standing.ended_by, standing.ended_at = by, timezone.now()
    standing.full_clean()
    standing.save(update_fields=["ended_by", "ended_at"])
    return standing


def _standing(wave: Wave, audience: str) -> Share | None:
    return Share.objects.standing().filter(wave=wave, audience=audience).first()


def _when(share: Share) -> str:
    at = timezone.localtime(share.shared_at)
    return f"{at:%-d %B %Y, %H:%M}"
