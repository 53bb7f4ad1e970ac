"""Who may change it, and the wave as it stands now."""

from typing import Final

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from fans.openness.errors import RefusedError
from fans.openness.models import Indicator, Wave
from fans.openness.replies.errors import NotBegunError
from fans.people.models import Person

REPLY: Final = "openness.reply"
SHARE: Final = "openness.share"


def held_for(wave: Wave, by: Person, action: str) -> Wave:
    """Return the wave, locked until the transaction ends, if ``by`` may do ``action``.

    Raises:
        PermissionDenied: their roles do not reach this home.
    """
    row = (
        Wave.objects.select_for_update(of=("self",))
        .select_related("enrolment__home", "instrument")
        .get(pk=wave.pk)
    )
    if not by.has_perm(action, row.enrolment.home):
        raise PermissionDenied("This is for the home’s own team to do.")
    return row


def refuse_if_planned(wave: Wave) -> None:
    """Refuse a wave that has not begun.

    Raises:
        NotBegunError: it opens later.
    """
    if wave.state_on(timezone.localdate()) == "planned":
        raise NotBegunError(
            f"Month {wave.month} opens on {wave.opens_on:%-d %B %Y}: there is no picture yet."
        )


def sign_of(wave: Wave, code: str) -> Indicator | None:
    """Return a sign of the wave's instrument by its code; None for the whole picture.

    Raises:
        RefusedError: the instrument has no such sign.
    """
    if not code:
        return None
    found = Indicator.objects.filter(instrument=wave.instrument_id, code=code).first()
    if found is None:
        raise RefusedError(code, "is no sign of this wave’s instrument.")
    return found
