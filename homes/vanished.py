"""Registrations that a register no longer lists, and whether they came back as new ones."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from homes.models import Home, Registration, RegistrationQuestion
from homes.register_facts import said_before
from intake.errors import IntakeError

MOST_VANISHED: Final = 0.2
"""A file that loses a larger share of its authorities' registrations is doubted."""


def standing_in(authorities: Iterable[str]) -> dict[str, int]:
    """Return the CQC registrations that stand in these local authorities: number to key.

    By the authorities' names, since real files carry malformed codes. Never those of
    made-up homes.
    """
    standing = (
        Registration.objects.filter(regulator="cqc", until__isnull=True, home__is_demo=False)
        .annotate(authority=Lower("local_authority"))
        .filter(authority__in=[name.lower() for name in authorities])
    )
    return dict(standing.values_list("regulator_id", "pk"))


def authorities_known(authorities: Iterable[str]) -> set[str]:
    """Return those of these local authorities, casefolded, that have registrations."""
    known = Registration.objects.filter(regulator="cqc", home__is_demo=False)
    names = known.order_by("local_authority").values_list("local_authority", flat=True)
    return {name.casefold() for name in names.distinct()} & set(authorities)


def vanished(
    standing: Mapping[str, int], listed: Collection[str], *, file: str, allow_many: bool
) -> list[Registration]:
    """Return what stood and is no longer listed.

    Raises:
        IntakeError: more than a fifth is gone, and nobody said that this is right.
    """
    gone = [key for number, key in standing.items() if number not in listed]
    if len(gone) > MOST_VANISHED * len(standing) and not allow_many:
        raise IntakeError(
            f"{len(gone)} of {len(standing)} registrations would end, more than a fifth: is "
            "this the whole register? If it is, allow it with “Close homes even if more "
            "than a fifth are no longer listed” (--allow-vanished)",
            file=file,
        )
    return list(Registration.objects.filter(pk__in=gone).select_related("home"))


def close_registrations(gone: Sequence[Registration]) -> None:
    """End registrations today; nothing of the home is deleted."""
    today = timezone.localdate()
    for registration in gone:
        registration.until = max(today, registration.from_on or today)
    Registration.objects.bulk_update(gone, ["until"], batch_size=500)


def ask_questions(
    gone: Sequence[Registration], new: Sequence[Registration]
) -> list[RegistrationQuestion]:
    """Ask "same home, new registration?" where one came where another went.

    One new registration for each gone one at most, the likest first: same postcode, then
    the same kind of home, then the likest name. Registers are published monthly, so one
    that ended in an earlier file is asked about too. Returns what was asked.
    """
    left: dict[str, list[Registration]] = defaultdict(list)
    for old in [*gone, *_ended_earlier(gone, new)]:
        left[old.home.postcode].append(old)
    asked = []
    for arrival in new:
        here = left[arrival.home.postcode]
        if not here:
            continue
        likest = max(here, key=lambda old: _likeness(old, arrival))
        here.remove(likest)
        asked.append(RegistrationQuestion(gone=likest, new=arrival))
    return RegistrationQuestion.objects.bulk_create(asked)


def ask_about_dual(
    pairs: Sequence[tuple[Registration, Registration]],
) -> list[RegistrationQuestion]:
    """Ask whether two homes are one, where the register has one home registered twice.

    The older home is the one that would stay. What was asked before is not asked again.
    """
    wanted = []
    for pair in pairs:
        second, first = pair
        older, newer = sorted(pair, key=lambda each: each.home_id)
        if RegistrationQuestion.objects.filter(gone=older, new=newer).exists():
            continue
        wanted.append(RegistrationQuestion(gone=older, new=newer))
        # Remembered until somebody has answered: which of them counts the beds.
        second.source_values = said_before(second) | {"primary_id": first.regulator_id}
        second.save(update_fields=["source_values"])
    return RegistrationQuestion.objects.bulk_create(wanted)


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
