"""A log that begins is no improvement: what was counted differently is not compared."""

import datetime as dt

import pytest

from fans.openness.comparing import cautions, counts_compare, sides_compare
from fans.openness.picture import picture
from fans.openness.score import score
from tests.fans.openness.larkfield import V1, evidence, larkfield


def at(month, **provenance):
    found = evidence(larkfield(provenance={"recall": False, "weeks_logged": 4, **provenance}))
    return picture(V1, found, score(V1, found), as_of=dt.date(2026, 8, 20), month=month)


def test_memory_and_a_log_do_not_compare_and_it_says_why():
    pictures = [at(0, recall=True, weeks_logged=0), at(3), at(6)]

    assert not counts_compare(pictures[0], pictures[1])
    assert counts_compare(pictures[1], pictures[2])
    [words] = cautions(pictures)
    assert words.startswith("Month 0 was counted from memory, months 3 and 6 from the log")
    assert words.endswith("not drawn as a rise or a fall.")


@pytest.mark.parametrize(("weeks", "compares"), [(4, True), (2, False), (0, False)])
def test_logs_compare_that_cover_as_many_weeks(weeks, compares):
    one, other = at(0, weeks_logged=weeks), at(3)

    assert counts_compare(one, other) is compares
    assert bool(cautions([one, other])) is not compares


def test_what_people_answered_compares_all_the_same():
    one, other = at(0, recall=True), at(3)
    sides = {side.id: side for side in other.sides}

    assert sides_compare(one, other, sides["G"])
    assert not sides_compare(one, other, sides["A"])
