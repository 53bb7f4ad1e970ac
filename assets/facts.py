"""The one list of what a person may say of an asset, and which fact each word belongs to.

Forms, suggestions, the merging of two records and checks take their columns from here.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from assets.choices import Fact
from assets.models import Asset


class Kind(Enum):
    """What a column holds, so that it can be asked for, compared and shown."""

    LINE = "line"
    TEXT = "text"  # several lines
    CHOICE = "choice"
    AGE = "age"  # whole years, or None
    DAY = "day"  # a date, or None
    HOURS = "hours"  # OpenStreetMap's opening_hours
    PHONE = "phone"
    EMAIL = "email"
    WEBSITE = "website"
    POSTCODE = "postcode"
    POINT = "point"  # WGS 84, or None


@dataclass(frozen=True)
class Field:
    """One column of ``Asset`` that people fill."""

    column: str
    label: str
    kind: Kind
    # Whose check vouches for it; None: nothing that anybody checks, such as a wish.
    fact: Fact | None = None
    # False: only people who arrange ties see it.
    public: bool = True
    # Columns that tell how this one is known; they are copied along with it.
    along: tuple[str, ...] = ()

    def value_of(self, asset: Asset) -> Any:
        """Return what the asset says."""
        return getattr(asset, self.column)

    def is_said(self, value: Any) -> bool:
        """Say whether a value tells anything."""
        # A point that is compared with a text would try to read the text as one.
        return value is not None and not (isinstance(value, str) and value in ("", "unknown"))

    def in_words(self, value: Any) -> str:
        """Return a value as people read it, "" where nothing is said."""
        if not self.is_said(value):
            return ""
        if self.kind is Kind.CHOICE:
            choices = dict(Asset._meta.get_field(self.column).flatchoices)  # type: ignore[union-attr]
            return str(choices.get(value, value))
        if self.kind is Kind.DAY:
            return f"{value.day} {value:%B %Y}"
        if self.kind is Kind.POINT:
            return f"{value.y:.5f}, {value.x:.5f}"
        return str(value)


_POINT_ALONG: Final = ("location_precision", "location_source")

_ALL: Final = (
    Field("name", "Name", Kind.LINE, Fact.PLACE),
    Field("category", "Kind", Kind.CHOICE),
    Field("location", "Place on the map", Kind.POINT, Fact.PLACE, along=_POINT_ALONG),
    Field("address", "Street and town", Kind.LINE, Fact.PLACE),
    Field("postcode", "Postcode", Kind.POSTCODE, Fact.PLACE),
    Field("description", "What goes on there", Kind.TEXT),
    Field("opening_hours", "Opening hours", Kind.HOURS, Fact.HOURS),
    Field("closed_from", "Closed for now, from", Kind.DAY),
    Field("closed_until", "Closed for now, until", Kind.DAY),
    Field("closed_why", "Why it is closed for now", Kind.LINE),
    Field("phone", "Phone", Kind.PHONE, Fact.PHONE),
    Field("email", "E-mail", Kind.EMAIL, Fact.CONTACT),
    Field("website", "Website", Kind.WEBSITE, Fact.CONTACT),
    Field("who_to_ask", "Who to ask", Kind.TEXT, Fact.CONTACT, public=False),
    Field("wheelchair", "Wheelchair", Kind.CHOICE, Fact.ACCESS),
    Field("step_free", "Step-free way in", Kind.CHOICE, Fact.ACCESS),
    Field("wheelchair_toilet", "Wheelchair toilet", Kind.CHOICE, Fact.ACCESS),
    Field("accessible_parking", "Blue Badge parking", Kind.CHOICE, Fact.ACCESS),
    Field("hearing_loop", "Hearing loop", Kind.CHOICE, Fact.ACCESS),
    Field("seating", "Somewhere to sit", Kind.CHOICE, Fact.ACCESS),
    Field("quiet", "A quiet place or time", Kind.CHOICE, Fact.ACCESS),
    Field("access_notes", "More on the way in", Kind.LINE, Fact.ACCESS),
    Field("cost_kind", "What it costs", Kind.CHOICE, Fact.COST),
    Field("cost", "More on the cost", Kind.LINE, Fact.COST),
    Field("age_from", "Youngest age", Kind.AGE),
    Field("age_to", "Oldest age", Kind.AGE),
    Field("suits", "Good for", Kind.LINE),
    Field("could_give", "What they could give", Kind.TEXT),
    Field("would_love", "What they would love", Kind.TEXT),
)

FIELDS: Final[dict[str, Field]] = {field.column: field for field in _ALL}
"""By column, in the order in which people read them."""

PUBLIC: Final = tuple(field.column for field in _ALL if field.public)
"""What everybody who sees an asset may read; an e-mail only as ``shown_email()`` gives it."""


def columns_of(fact: Fact) -> tuple[str, ...]:
    """Return the columns that a check of a fact vouches for."""
    return tuple(field.column for field in _ALL if field.fact == fact)


def says(asset: Asset, fact: Fact) -> bool:
    """Say whether an asset tells anything of a fact."""
    fields = (FIELDS[column] for column in columns_of(fact))
    return any(field.is_said(field.value_of(asset)) for field in fields)
