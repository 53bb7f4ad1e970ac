"""What the words of a search mean: somewhere, something, or something near somewhere."""

from dataclasses import dataclass

from frontend.searching.asking import parts_of
from frontend.spots import Spot, find_spot


@dataclass(frozen=True)
class Meaning:
    """Words to be found in what is known of a place, and where; "" and None for neither."""

    words: str
    spot: Spot | None = None
    is_near_me: bool = False


def understand(text: str) -> Meaning:
    """Read a search: a postcode or town, "something near" one, or words alone."""
    text = " ".join(text.split())
    if not text:
        return Meaning("")
    if spot := find_spot(text):
        return Meaning("", spot)
    for parts in parts_of(text):
        if parts.is_near_me:
            return Meaning(parts.what, is_near_me=True)
        if spot := find_spot(parts.where):
            return Meaning(parts.what, spot)
    return Meaning(text)
