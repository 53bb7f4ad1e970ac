"""Pages of this part: HTTP alone, the work is in the services and reports."""

from fans.openness.board.views.board import board
from fans.openness.board.views.cohorts import cohort_list, make, rename
from fans.openness.board.views.enrolment import (
    agree,
    end,
    enrolment,
    go_on,
    not_agree,
    take_out,
)
from fans.openness.board.views.joining import enrol, homes

__all__ = [
    "agree",
    "board",
    "cohort_list",
    "end",
    "enrol",
    "enrolment",
    "go_on",
    "homes",
    "make",
    "not_agree",
    "rename",
    "take_out",
]
