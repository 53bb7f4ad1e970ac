"""Ways in, cost and ages as outside files tell them; only what they tell. Pure.

What a file leaves out is left out here too: a column then keeps what it holds when
nothing is said (``NOTHING``).
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from assets.cleaning import meaning
from assets.constraints import ACCESS, OLDEST

Further = dict[str, Any]

NOTHING: Final[Further] = {
    **dict.fromkeys((*ACCESS, "cost_kind"), "unknown"),
    "age_from": None,
    "age_to": None,
}
"""What each of these columns holds where nobody has said anything."""

COLUMN_TYPES: Final[dict[str, str]] = {
    **dict.fromkeys((*ACCESS, "cost_kind"), "text"),
    "age_from": "smallint",
    "age_to": "smallint",
}
"""Their types in PostgreSQL."""

_YES: Final = frozenset({"yes", "y", "true", "t", "1", "designated", "available"})
_NO: Final = frozenset({"no", "n", "false", "f", "0", "none"})
_FREE: Final = frozenset({"free", "no", "none", "nil", "no charge", "free of charge", "£0"})
_NOUGHT = re.compile(r"£?0+(?:\.0+)?")
_WHOLE = re.compile(r"\d{1,3}")

# Keys of OpenStreetMap by column; the first that says yes or no counts.
_OSM: Final[dict[str, tuple[str, ...]]] = {
    "step_free": ("step_free", "ramp:wheelchair"),
    "wheelchair_toilet": ("toilets:wheelchair",),
    "accessible_parking": ("capacity:disabled", "parking:disabled"),
    "hearing_loop": ("hearing_loop", "audio_loop", "hearing_impaired:induction_loop"),
    "seating": ("indoor_seating", "bench", "outdoor_seating"),
}


def of_tags(tags: Mapping[str, str]) -> Further:
    """Return what OpenStreetMap's tags say."""
    found: Further = {}
    for column, keys in _OSM.items():
        told = next(filter(None, (_yes_no(tags.get(key, "")) for key in keys)), "")
        if told:
            found[column] = told
    if tags.get("step_count") == "0":
        found.setdefault("step_free", "yes")
    if kind := _cost_of_tags(tags):
        found["cost_kind"] = kind
    return found | _ages(tags.get("min_age", ""), tags.get("max_age", ""))


def of_service(service: Mapping[str, Any]) -> Further:
    """Return what a service of an Open Referral UK feed says."""
    options = service.get("cost_options")
    amounts = [
        str(option.get("amount"))
        for option in (options if isinstance(options, list) else [])
        if isinstance(option, dict) and option.get("amount") is not None
    ]
    found: Further = {}
    if kind := _cost_of_words(meaning(service.get("fees"))) or _cost_of_amounts(amounts):
        found["cost_kind"] = kind
    ages = (meaning(service.get(name)) for name in ("minimum_age", "maximum_age"))
    return found | _ages(*ages)


def of_columns(text: Mapping[str, str]) -> Further:
    """Return what a row of a table says; ``text``: by the names of these columns."""
    found: Further = {
        column: told for column in ACCESS if (told := _yes_no(text.get(column, "")))
    }
    words = text.get("cost_kind") or text.get("cost", "")
    if kind := _cost_of_words(words):
        found["cost_kind"] = kind
    return found | _ages(text.get("age_from", ""), text.get("age_to", ""))


def _yes_no(text: str) -> str:
    """Return yes or no, "" for what says neither; a number of bays above none is yes."""
    plain = text.strip().casefold()
    if plain in _YES or (_WHOLE.fullmatch(plain) and int(plain) > 0):
        return "yes"
    return "no" if plain in _NO else ""


def _cost_of_tags(tags: Mapping[str, str]) -> str:
    fee = tags.get("fee", "").casefold()
    if fee in ("donation", "interval"):
        return "donation" if fee == "donation" else ""
    if fee == "no":
        return "free"
    return "paid" if fee == "yes" or tags.get("charge") else ""


def _cost_of_words(text: str) -> str:
    plain = text.strip().casefold().rstrip(".")
    if plain in _FREE or _NOUGHT.fullmatch(plain):
        return "free"
    if plain in ("donation", "by donation", "donations", "donations welcome"):
        return "donation"
    return "paid" if plain in ("paid", "yes", "charge", "charged") else ""


def _cost_of_amounts(amounts: Iterable[str]) -> str:
    kinds = {"free" if _NOUGHT.fullmatch(amount) else "paid" for amount in amounts}
    return kinds.pop() if len(kinds) == 1 else ""


def _ages(youngest: str, oldest: str) -> Further:
    """Return whole years; what is no age of people, or out of order, is left out."""
    first, last = _age(youngest), _age(oldest)
    if first is not None and last is not None and last < first:
        return {}
    ages = {"age_from": first or None, "age_to": last}  # "from 0" says nothing
    return {column: years for column, years in ages.items() if years is not None}


def _age(text: str) -> int | None:
    years = text.strip().removesuffix(".0")
    if not _WHOLE.fullmatch(years) or int(years) > OLDEST:
        return None
    return int(years)
