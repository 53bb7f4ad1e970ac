"""Registrations that a register no longer lists, and whether they came back as new ones."""

from collections.abc import Collection, Iterable, Sequence
from difflib import SequenceMatcher
from typing import Final

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from homes.models import Home, Registration, RegistrationQuestion
from intake.errors import IntakeError

MOST_VANISHED: Final = 0.2
"""A file that loses a larger share of its authorities' registrations is doubted."""


def standing_in(authorities: Iterable[str]) -> list[Registration]:
    """Return the CQC registrations that stand in these local authorities, by name.

    By name, since real files carry malformed codes. Never those of made-up homes.
    """
    return list(
        Registration.objects.filter(regulator="cqc", until__isnull=True, home__is_demo=False)
        .annotate(authority=Lower("local_authority"))
        .filter(authority__in=[name.lower() for name in authorities])
        .select_related("home")
    )


def vanished(
    standing: Sequence[Registration], listed: Collection[str], *, file: str, allow_many: bool
) -> list[Registration]:
    """Return what stood and is no longer listed.

    Raises:
        IntakeError: more than a fifth is gone, and nobody said that this is right.
    """
    gone = [
        registration for registration in standing if registration.regulator_id not in listed
    ]
    if len(gone) > MOST_VANISHED * len(standing) and not allow_many:
        raise IntakeError(
            f"{len(gone)} of {len(standing)} registrations would end, more than a fifth: is "
            "this the whole register? If it is, add --allow-vanished",
            file=file,
        )
    return gone


def close_registrations(gone: Iterable[Registration]) -> None:
    """End registrations today; nothing of the home is deleted."""
    today = timezone.localdate()
    for registration in gone:
        registration.until = max(today, registration.from_on or today)
        registration.save(update_fields=["until"])


def ask_questions(gone: Sequence[Registration], new: Sequence[Registration]) -> int:
    """Ask "same home, new registration?" where one came where another went.

    One new registration for each gone one at most, the likest first: same postcode, then
    the same kind of home, then the likest name. Registers are published monthly, so one
    that ended in an earlier file is asked about too. Returns how many were asked.
    """
    left = [*gone, *_ended_earlier(gone, new)]
    asked = 0
    for arrival in new:
        here = [old for old in left if old.home.postcode == arrival.home.postcode]
        if not here:
            continue
        likest = max(here, key=lambda old: _likeness(old, arrival))
        left.remove(likest)
        RegistrationQuestion.objects.create(gone=likest, new=arrival)
        asked += 1
    return asked


def _ended_earlier(
    gone: Sequence[Registration], new: Sequence[Registration]
) -> QuerySet[Registration]:
    """Return what ended where something is new, and has neither successor nor question."""
    asked = RegistrationQuestion.objects.exclude(same_home=False)
    return (
        Registration.objects.filter(
            regulator="cqc",
            until__isnull=False,
            home__is_demo=False,
            home__postcode__in={arrival.home.postcode for arrival in new},
        )
        .exclude(pk__in=[registration.pk for registration in gone])
        .exclude(home__in=Home.objects.registered())
        .exclude(pk__in=asked.values("gone"))
        .select_related("home")
    )


def _likeness(old: Registration, new: Registration) -> tuple[bool, float]:
    names = SequenceMatcher(None, old.name.casefold(), new.name.casefold())
    return old.home.kind == new.home.kind, names.ratio()
