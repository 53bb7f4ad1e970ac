"""What a volunteer is called: by first name only where the table and they themselves let."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from fans.connections.matches.rule import rough_distance
from fans.people.consent.services import holding
from fans.people.models import Person
from fans.people.permissions import reach_of
from fans.people.volunteers.accompanied import accompanied_by
from fans.people.volunteers.models import Volunteer


@dataclass(frozen=True)
class Names:
    """The names that one person may see, by the volunteer's key."""

    known: dict[int, str]

    @classmethod
    def for_person(cls, person: Person, volunteers: Iterable[Volunteer]) -> Self:
        """Find out which of these volunteers ``person`` may call by name.

        Their lead by the whole name. Who may name volunteers, by the first one of those
        who agreed to it. In two queries at most.
        """
        rows = list(volunteers)
        ids = [row.pk for row in rows]
        lead = reach_of(person, "volunteers.view")
        led = set()
        if lead and ids:
            led = set(accompanied_by(lead).filter(pk__in=ids).values_list("pk", flat=True))
        agreed: set[int] = set()
        if person.has_perm("volunteers.name") and ids:
            agreed = holding("name_to_homes", among=[row.person_id for row in rows])
        return cls({row.pk: _name(row, led, agreed) for row in rows})

    def of(self, volunteer: Volunteer) -> str:
        """Return the name; empty where it is not theirs to see."""
        return self.known.get(volunteer.pk, "")


def anonymous(distance_m: float | None, *, travel_m: int) -> str:
    """Call somebody by how far away they roughly live."""
    if not travel_m:
        return "A volunteer who writes or calls"
    return (
        f"A volunteer, {rough_distance(distance_m)}"
        if distance_m is not None
        else "A volunteer"
    )


def _name(row: Volunteer, led: set[int], agreed: set[int]) -> str:
    if row.pk in led:
        return row.person.name
    is_named = row.person_id in agreed and bool(row.person.name)
    return row.person.name.split()[0] if is_named else ""
