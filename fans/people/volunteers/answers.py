"""What somebody said when they offered: plain, so that it can wait until it is confirmed."""

from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.contrib.gis.geos import Point

from fans.people.volunteers.models import AgeBand, VolunteerKind
from geo.masking import MaskedPlace
from geo.models import Precision
from geo.srid import WGS84


@dataclass(frozen=True)
class Adult:
    """The parent, carer or leader who answers for somebody under 18."""

    name: str
    email: str
    relation: str


@dataclass(frozen=True)
class Answers:
    """One offer. Of the place only the rough one; the postcode is gone by now."""

    name: str
    age_band: str = AgeBand.ADULT
    kind: str = VolunteerKind.ALONE
    group_name: str = ""
    group_people_count: int | None = None
    group_children_count: int | None = None
    interests: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    travel_m: int = 0
    place: MaskedPlace | None = None
    offer: str = ""
    phone: str = ""
    adult: Adult | None = None
    agreed: list[str] = field(default_factory=list)

    @property
    def is_child(self) -> bool:
        """Say whether an adult fills this in for somebody under 16."""
        return self.age_band == AgeBand.CHILD

    @property
    def is_young(self) -> bool:
        """Say whether they are under 18."""
        return self.age_band != AgeBand.ADULT

    def as_json(self) -> dict[str, Any]:
        """Write it down as plain values."""
        plain = asdict(self)
        if self.place is not None:
            point, precision = self.place.point, str(self.place.precision)
            plain["place"] = [self.place.cell, point.x, point.y, precision]
        return plain

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Self:
        """Read what ``as_json`` wrote."""
        said = dict(plain)
        if said["place"] is not None:
            cell, lon, lat, precision = said["place"]
            point = Point(lon, lat, srid=WGS84)
            said["place"] = MaskedPlace(cell, point, Precision(precision))
        if said["adult"] is not None:
            said["adult"] = Adult(**said["adult"])
        return cls(**said)
