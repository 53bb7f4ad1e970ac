"""The frame: rounds in turns, ratios within a round, what a report says."""

import datetime as dt
from pathlib import Path

import pytest

from bench.frame import Contender, Result, Round, Sample, run_rounds
from bench.machine import facts
from bench.report import QUICK, markdown
from bench.task import Goal, Place, Task


def fixed(*seconds, **figures):
    """A contender's runs, one after the other."""
    left = list(seconds)
    return lambda: Sample(left.pop(0), figures=figures)


def test_contenders_take_turns_and_every_second_round_goes_backwards():
    order = []

    def noting(name):
        def run():
            order.append(name)
            return Sample(1.0)

        return Contender(name, run, before=lambda: order.append(f"before {name}"))

    run_rounds([noting("a"), noting("b")], 2, lambda sentence: None)

    assert [name for name in order if "before" not in name] == ["a", "b", "b", "a"]
    assert order[:2] == ["before a", "a"]


def test_a_ratio_is_the_median_of_those_within_each_round():
    contenders = [
        Contender("ours", fixed(1.0, 10.0, 4.0)),
        Contender("raw", fixed(2.0, 10.0, 2.0)),
    ]

    result = run_rounds(contenders, 3, lambda sentence: None)

    # Of 2, 1 and 0.5; the ratio of the medians would be 2 / 4.
    assert result.times_ours("raw") == 1.0
    assert result.seconds("ours") == 4.0


def test_every_round_knows_how_busy_the_machine_was(monkeypatch):
    loads = iter([(0.5, 0, 0), (3.0, 0, 0)])
    monkeypatch.setattr("os.getloadavg", lambda: next(loads))

    result = run_rounds([Contender("ours", fixed(1, 1))], 2, lambda sentence: None)

    assert [each.load_average for each in result.rounds] == [0.5, 3.0]


def test_the_highest_memory_of_all_runs_is_told():
    rounds = [Round(0, {"a": Sample(1, peak_mb=peak)}) for peak in (80.0, 120.0, None)]

    assert Result([Contender("a", fixed())], rounds).peak_mb("a") == 120.0


class Sums(Task):
    name = "sums"
    title = "Adding numbers"
    compared = "Ours against a pencil."

    def prepare(self):
        """Nothing to prepare."""

    def contenders(self):
        """Return both."""
        return [
            Contender("ours", fixed(2.0, digits=7)),
            Contender("pencil", fixed(240.0), note="scaled from one sum"),
        ]

    def goals(self):
        """Return one that is met and one that is missed."""
        return [
            Goal("under 3 s", lambda result: result.seconds("ours") < 3),
            Goal("under 1 s", lambda result: result.seconds("ours") < 1),
        ]


def report(*, is_quick=False):
    place = Place(None, Path(), is_quick, print)
    result = run_rounds(Sums(place).contenders(), 1, lambda sentence: None)
    return markdown(Sums(place), result, {"cores": "2"}, dt.date(2026, 11, 22))


def test_a_report_tells_all_that_is_needed_to_judge_it():
    text = report()

    assert text.startswith("# Adding numbers\n\nMeasured on 22 November 2026.\n")
    assert "- under 3 s: goal met.\n- under 1 s: **goal missed**.\n" in text
    assert "| ours | 2.00 | 2.00 | 1.00 |  |" in text
    assert "| pencil | 240 | 240 | 120.00 |  |" in text
    assert "| ours | 7.00 |" in text
    assert "Load average before each round: " in text
    assert "- pencil: scaled from one sum" in text
    assert "- cores: 2" in text
    assert "    bin/bench sums" in text


@pytest.mark.parametrize(("load", "is_told"), [(0.3, False), (99.0, True)])
def test_a_report_says_that_the_machine_was_busy(monkeypatch, load, is_told):
    monkeypatch.setattr("os.getloadavg", lambda: (load, 0, 0))

    assert ("Repeat it." in report()) == is_told


def test_a_quick_report_judges_nothing():
    text = report(is_quick=True)

    assert QUICK in text
    assert "goal met" not in text
    assert "missed" not in text


@pytest.mark.django_db
def test_the_machine_is_described_without_names_and_paths(bench_databases):
    found = facts(bench_databases)

    assert {"cores", "memory", "PostgreSQL", "PostGIS", "Python", "Django"} <= set(found)
    assert found["PostgreSQL"][:2].isdigit()
    assert not [value for value in found.values() if "/" in value]
