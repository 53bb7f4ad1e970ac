"""What the signs of openness are called that a plan may have to do with. Pure."""

from functools import cache

from fans.openness.instrument_file import published


@cache
def signs() -> dict[str, str]:
    """Return the name of every sign by its id, the newest version's words first."""
    versions = sorted(published().items(), reverse=True)
    found: dict[str, str] = {}
    for _, instrument in versions:
        for indicator in instrument.indicators:
            found.setdefault(indicator.id, indicator.name)
    return dict(sorted(found.items()))


def name_of(sign: str) -> str:
    """Name a sign; one that no version has any more goes by its id."""
    return signs().get(sign, sign)
