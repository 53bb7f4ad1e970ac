"""Where a volunteer roughly lives: from a postcode that is used once and not kept."""

from typing import Final

from django.core.exceptions import ValidationError

from fans.people.volunteers.models import Volunteer
from geo.masking import MaskedPlace, mask, mask_outcode
from geo.postcodes import parse_outcode, parse_postcode

EXAMPLE: Final = "a postcode, such as M33 2DH"


def find_place(text: str, *, is_young: bool) -> MaskedPlace | None:
    """Return the rough place of a postcode or district; None where it is too small to tell.

    Of the young only the district is taken, whatever was typed.

    Raises:
        ValidationError: the text is neither.
    """
    postcode = parse_postcode(text, mend=True)
    outcode = postcode.outcode if postcode else parse_outcode(text)
    if outcode is None:
        example = "the first half of a postcode, such as M33" if is_young else EXAMPLE
        raise ValidationError({"postcode": f"Put {example}."})
    if postcode is None or is_young:
        return mask_outcode(outcode)
    return mask(postcode)


def put_at(volunteer: Volunteer, place: MaskedPlace | None) -> None:
    """Set a volunteer's rough place, without saving; in the same cell it never moves.

    The point is computed once and stays, whatever becomes of the gazetteer: two points
    of one cell would tell more than one.
    """
    if place is None:
        volunteer.location = None
        volunteer.cell = volunteer.location_precision = volunteer.location_source = ""
    elif place.cell != volunteer.cell:
        volunteer.location = place.point
        volunteer.cell = place.cell
        volunteer.location_precision = place.precision
        volunteer.location_source = "postcode"
