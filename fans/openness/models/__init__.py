"""Instrument, waves, answers, what went on besides, and stored scores."""

from fans.openness.models.answers import Answer, Assessment, Language, RespondentGroup, Way
from fans.openness.models.context import ContextEvent, ContextKind
from fans.openness.models.instrument import Indicator, Instrument
from fans.openness.models.score import SCORE_FROZEN, Score
from fans.openness.models.wave import (
    PROGRAMME_MONTHS,
    STAYING_MONTHS,
    WAVE_MONTHS,
    WAVE_STAYS_CLOSED,
    Wave,
    WaveQuerySet,
    WaveState,
)

__all__ = [
    "PROGRAMME_MONTHS",
    "SCORE_FROZEN",
    "STAYING_MONTHS",
    "WAVE_MONTHS",
    "WAVE_STAYS_CLOSED",
    "Answer",
    "Assessment",
    "ContextEvent",
    "ContextKind",
    "Indicator",
    "Instrument",
    "Language",
    "RespondentGroup",
    "Score",
    "Wave",
    "WaveQuerySet",
    "WaveState",
    "Way",
]
