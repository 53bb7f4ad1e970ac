"""What the homes of a circle measured at one wave, from their stored scores."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, F, Q

from fans.openness.aggregates.circle import HomeWave
from fans.openness.models import Score, Wave
from homes.models import Registration

TOP_STEP = 4
POINTS_A_STEP = 100 / TOP_STEP


def homes_waves(waves: Iterable[Wave]) -> list[HomeWave]:
    """Return what these closed waves say, those without a score left out. Three queries."""
    scores = list(
        Score.objects.filter(wave__in=[wave.pk for wave in waves])
        .select_related("wave__enrolment", "instrument")
        .order_by("wave")
    )
    owners = owners_of({score.wave.enrolment.home_id for score in scores})
    wishes = _wishes_granted(scores)
    return [
        _home_wave(score, owners.get(score.wave.enrolment.home_id, ""), wishes[score.pk])
        for score in scores
    ]


def owners_of(home_ids: Iterable[int]) -> dict[int, str]:
    """Return who runs each home today by the register; of several the first, as it says."""
    rows = Registration.objects.filter(home__in=list(home_ids), until__isnull=True)
    found: dict[int, str] = {}
    for home_id, provider in rows.order_by("pk").values_list("home", "provider"):
        found[home_id] = found.get(home_id) or provider
    return found


def _home_wave(score: Score, owner: str, wishes: int) -> HomeWave:
    result, evidence = score.result, score.evidence
    observed = evidence.get("observed", {})
    sides = {
        id: None if side["value"] is None else side["value"] * POINTS_A_STEP
        for id, side in result["dimensions"].items()
    }
    headlines = {name: result[name] for name in ("overall", "lived", "felt")}
    return HomeWave(
        owner=owner,
        version=score.instrument.version,
        level=result.get("level"),
        scores={**headlines, **sides},
        counts={
            "ties": _whole(_ties(observed)),
            "connections": _whole(observed.get("occurrences")),
            "reached": _whole(observed.get("residents_reached")),
            "wishes": wishes,
        },
        weeks_logged=evidence.get("provenance", {}).get("weeks_logged", 0),
    )


def _ties(observed: Mapping[str, Any]) -> float | None:
    by_category = observed.get("active_partners_by_category")
    return None if by_category is None else sum(by_category.values())


def _whole(count: float | None) -> int | None:
    return None if count is None else round(count)


def _wishes_granted(scores: Iterable[Score]) -> dict[int, int]:
    """Count by score the wishes granted from the enrolment's start to the score's day."""
    counted = Score.objects.filter(pk__in=[score.pk for score in scores]).annotate(
        granted=Count(
            "wave__enrolment__home__wishes",
            filter=Q(
                wave__enrolment__home__wishes__granted_on__gte=F("wave__enrolment__starts_on"),
                wave__enrolment__home__wishes__granted_on__lte=F("as_of"),
            ),
        )
    )
    return dict(counted.values_list("pk", "granted"))
