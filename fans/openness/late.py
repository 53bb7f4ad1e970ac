"""Answers that came after a wave had closed: kept, shown as late, and never scored."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from fans.openness.algorithms.algorithm_1 import group_medians
from fans.openness.evidence import Evidence
from fans.openness.instrument import Instrument
from fans.openness.models import Answer, Assessment, RespondentGroup, Wave
from fans.openness.picture import GroupShown, groups_shown
from fans.openness.services import last_day_for_answers


@dataclass(frozen=True)
class LateAnswers:
    """The addendum to a wave: how many sheets, and once no more can come, what they say."""

    sheets: int
    groups: tuple[str, ...]
    is_over: bool
    signs: Mapping[str, tuple[GroupShown, ...]]  # by name of the sign


def late_answers(wave: Wave, instrument: Instrument, *, least: int) -> LateAnswers | None:
    """Return a closed wave's late answers; None where none came. Two queries at most.

    While more may come their medians wait, for each sheet could be told by looking before
    and after it.
    """
    late = Assessment.objects.filter(wave=wave, is_late=True).order_by()
    counts = dict(late.values_list("group").annotate(Count("pk")))
    if not counts:
        return None
    is_over = timezone.localdate() > last_day_for_answers(wave)
    names = tuple(str(RespondentGroup(group).label) for group in counts)
    return LateAnswers(
        sheets=sum(counts.values()),
        groups=names,
        is_over=is_over,
        signs=_signs(wave, instrument, least) if is_over else {},
    )


def _signs(
    wave: Wave, instrument: Instrument, least: int
) -> Mapping[str, tuple[GroupShown, ...]]:
    given: dict[str, dict[str, tuple[int, ...]]] = defaultdict(dict)
    rows = Answer.objects.filter(assessment__wave=wave, assessment__is_late=True)
    for code, group, value in rows.order_by("pk").values_list(
        "indicator__code", "assessment__group", "value"
    ):
        given[code][group] = (*given[code].get(group, ()), value)
    evidence = Evidence(instrument.version, assessed=given)
    shown = {}
    for indicator in instrument.indicators:
        medians = group_medians(indicator.id, evidence)
        groups = groups_shown(instrument, medians, given.get(indicator.id, {}), least)
        told = tuple(group for group in groups if group.median is not None)
        if told:
            shown[indicator.name] = told
    return shown
