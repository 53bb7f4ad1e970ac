"""How many sheets each group has sent, told so that no single one can be made out."""

from collections import Counter
from dataclasses import dataclass

from fans.openness.few_answers import LEAST_RESPONDENTS
from fans.openness.from_log import instrument_of
from fans.openness.instrument import Group
from fans.openness.models import Assessment, Wave
from fans.openness.respond.models import RespondCode


@dataclass(frozen=True)
class GroupSheets:
    """One group of a wave: its code, and what came in."""

    group: Group
    code: RespondCode | None
    count: str  # in words
    repeats: tuple[int, ...]  # from single devices, two or more sheets each; most first


def sheets_by_group(wave: Wave, *, inside: bool) -> list[GroupSheets]:
    """Return each group with what came in. Two queries.

    Outside the home fewer than three are not counted out, nor whence they came.
    """
    sent: Counter[str] = Counter()
    devices: Counter[tuple[str, str]] = Counter()
    rows = Assessment.objects.filter(wave=wave).order_by()
    for group, device in rows.values_list("group", "device"):
        sent[group] += 1
        if device:
            devices[group, device] += 1
    codes = {code.group: code for code in wave.respond_codes.live()}
    return [
        GroupSheets(
            group=group,
            code=codes.get(id),
            count=count_words(sent[id], inside=inside or group.in_office),
            repeats=_repeats(devices, id) if inside or sent[id] >= LEAST_RESPONDENTS else (),
        )
        for id, group in instrument_of(wave.instrument).groups.items()
    ]


def count_words(count: int, *, inside: bool) -> str:
    """Say how many sheets came in; outside the home, not whether it is none, one or two."""
    if not inside and count < LEAST_RESPONDENTS:
        return f"fewer than {LEAST_RESPONDENTS} sheets so far"
    if not count:
        return "none yet"
    return "1 sheet so far" if count == 1 else f"{count} sheets so far"


def _repeats(devices: Counter[tuple[str, str]], group: str) -> tuple[int, ...]:
    found = (count for (of, _), count in devices.items() if of == group and count > 1)
    return tuple(sorted(found, reverse=True))
