"""Registrations of one home by two providers: which of them its beds are counted by. Pure."""

from collections.abc import Mapping


def primaries(named_by: Mapping[str, str | None]) -> dict[str, str]:
    """Return, for each second registration of a home, the one whose beds count.

    ``named_by``: every registration of the file in its order, with the one it names. One
    that names a registration outside the file stands by itself. Of registrations that
    name each other, the first in the file counts.
    """
    named = {number: primary for number, primary in named_by.items() if primary}
    place = {number: at for at, number in enumerate(named_by)}
    found: dict[str, str] = {}
    for start in named:
        primary = _end_of_chain(start, named, place)
        if primary != start and primary in place:
            found[start] = primary
    return found


def _end_of_chain(start: str, named: Mapping[str, str], place: Mapping[str, int]) -> str:
    chain = [start]
    while (following := named.get(chain[-1])) is not None:
        if following in chain:  # they name each other
            return min(chain[chain.index(following) :], key=lambda each: place[each])
        chain.append(following)
    return chain[-1]
