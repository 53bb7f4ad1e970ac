"""Registrations of one home by two providers: which of them its beds are counted by. Pure."""

from collections.abc import Collection, Mapping, Sequence

from homes.registers.row import RegisterRow


def primaries(rows: Sequence[RegisterRow], known: Collection[str]) -> dict[str, str]:
    """Return, for each second registration of a home, the one whose beds count.

    ``known``: registrations outside ``rows`` that may be named. One that names a
    registration nobody knows stands by itself. Of registrations that name each other,
    the first in the file counts.
    """
    named = {row.regulator_id: row.primary_id for row in rows if row.primary_id}
    place = {row.regulator_id: at for at, row in enumerate(rows)}
    found: dict[str, str] = {}
    for start in named:
        primary = _end_of_chain(start, named, place)
        if primary != start and (primary in place or primary in known):
            found[start] = primary
    return found


def _end_of_chain(start: str, named: Mapping[str, str], place: Mapping[str, int]) -> str:
    chain = [start]
    while (following := named.get(chain[-1])) is not None:
        if following in chain:  # they name each other
            return min(chain[chain.index(following) :], key=lambda each: place[each])
        chain.append(following)
    return chain[-1]
