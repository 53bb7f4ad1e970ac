"""How an instrument counts, asks and weighs, in words that a relative can read. Pure."""

from collections.abc import Mapping, Sequence

from fans.openness.counted_words import SHARES, percent
from fans.openness.instrument import (
    Counted,
    Formula,
    Indicator,
    Instrument,
    Level,
    Raw,
    Rule,
    Window,
)

COUNTS: Mapping[str, str] = {
    "visits_in": "visits by neighbours",
    "familiar_partners": "neighbours or groups that came at least twice",
    "trips_out": "trips out",
    "residents_out": "people who went out in the month",
    "two_way_partners": "active ties in which both sides give",
    "home_assets_listed": "things the home offers",
    "home_assets_used": "things the home offers that neighbours used",
    "reachable_assets": "places within reach",
    "reachable_assets_with_tie": "places within reach with a live tie",
    "sustained_partners": "ties kept up month after month",
    "occurrences": "connections",
    "occurrences_with_origin": "connections whose idea they were is known",
    "occurrences_from_residents": "connections that began with someone who lives here",
    "residents_reached": "people reached in the month",
    "active_partners": "active ties",
}

HOMES: Mapping[str, str] = {
    "nursing": "nursing homes",
    "residential": "residential homes",
    "both": "homes for nursing and residential care",
}


def counted_as(raw: Raw) -> str:
    """Say what is counted, and from when on it is known."""
    count, of = COUNTS.get(raw.count or "", ""), COUNTS.get(raw.of or "", "")
    match raw.formula:
        case Formula.PER_TEN_BEDS:
            said = f"{count} for every 10 people living here"
        case Formula.PER_BED:
            said = f"{count}, as a share of the people living here"
        case Formula.SHARE:
            said = f"{count}, as a share of {of}"
        case Formula.NUMBER:
            said = f"number of {count}"
        case Formula.EVENNESS:
            said = f"how evenly the active ties are spread over {raw.kinds} kinds"
    if raw.at_least:
        least = of if raw.formula is Formula.SHARE else COUNTS["active_partners"]
        said += f"; known from {raw.at_least:g} {least} on"
    if raw.recorded_for:
        said += f"; known where this is at least half of all {COUNTS[raw.recorded_for]}"
    if raw.months_at_least:
        said += f"; known from month {raw.months_at_least:g} on"
    return said[0].upper() + said[1:]


def steps_of(counted: Counted) -> list[str]:
    """Say from where on each of the steps 1 to 4 is reached."""
    is_share = counted.raw.formula in SHARES
    return [
        "anything above 0" if cut == 0 else f"from {percent(cut) if is_share else f'{cut:g}'}"
        for cut in counted.cuts
    ]


def listed(words: Sequence[str]) -> str:
    """Join words as a sentence does."""
    *most, last = words or [""]
    return f"{', '.join(most)} and {last}" if most else last


def groups_asked(instrument: Instrument, indicator: Indicator) -> str:
    """Say which groups are asked."""
    return listed([instrument.groups[id].name.lower() for id in indicator.asked])


def seen_how(indicator: Indicator) -> str:
    """Say whether an indicator is counted, asked, or both."""
    if indicator.is_rated_per_partnership:
        return "rated at each tie"
    if indicator.counted and indicator.is_asked:
        return "counted from the log, and asked"
    return "asked" if indicator.is_asked else "counted from the log"


def where_not(rule: Rule) -> str:
    """Say in which homes a sign does not apply, and why."""
    kinds = listed([HOMES[kind] for kind in rule.home_kinds]) if rule.home_kinds else "homes"
    beds = f" where {rule.beds[0]:g} to {rule.beds[1]:g} people live" if rule.beds else ""
    return f"Not in {kinds}{beds}: {rule.why}"


def window_in_words(window: Window) -> str:
    """Say over how many days is counted."""
    least, most = window.small_home_beds
    return (
        f"{window.days} days; {window.small_home_days} days "
        f"where {least:g} to {most:g} people live"
    )


def level_in_words(level: Level) -> str:
    """Say from where on a level is reached."""
    return f"{level.name}, from {level.start:g} of 100"
