"""Codes for those who answer the demo's open wave without an account."""

from collections.abc import Sequence
from typing import Final

from fans.openness.models import Wave
from fans.openness.respond.models import RespondCode
from fans.openness.respond.services.codes import make_code
from fans.people.models import Person

LAST: Final = 6
"""The month of the wave that stays open."""

GROUPS: Final = ("residents", "relatives", "staff")


def make_codes(waves: Sequence[Wave], home_id: int, by: Person) -> list[RespondCode]:
    """Make the codes of a home's month-6 wave. They differ in each installation.

    A code that stood in this repository would open every demo there is.
    """
    return [
        make_code(wave=wave, group=group, by=by)
        for wave in waves
        if wave.month == LAST and wave.enrolment.home_id == home_id
        for group in GROUPS
    ]
