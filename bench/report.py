"""Writes what a bench found as a page of Markdown."""

import datetime as dt
import os
from collections.abc import Iterator, Mapping, Sequence

from bench.frame import Result
from bench.task import Task

QUICK = (
    "**A quick run with small sizes: it shows that the bench works, and says nothing about "
    "speed.**"
)


def markdown(task: Task, result: Result, machine: Mapping[str, str], when: dt.date) -> str:
    """Return the report."""
    parts = [
        [f"# {task.title}", f"Measured on {when:%-d %B %Y}."],
        [QUICK] if task.place.is_quick else [],
        [task.compared],
        ["\n".join(_goals(task, result))],
        ["\n".join(_table(result))],
        ["\n".join(_figures(result))],
        _notes(task, result),
        ["## The machine", "\n".join(_machine(machine))],
        ["## To repeat it", f"    bin/bench {task.name}", _READING],
    ]
    return "\n\n".join(part for some in parts for part in some if part) + "\n"


_READING = "How to read it: [README](README.md)."


def _goals(task: Task, result: Result) -> Iterator[str]:
    for goal in task.goals():
        if task.place.is_quick:
            verdict = "not judged"
        else:
            verdict = "goal met" if goal.is_met(result) else "**goal missed**"
        yield f"- {goal.words}: {verdict}."


def _table(result: Result) -> Iterator[str]:
    yield "| | seconds, median | by round | times ours | peak MB |"
    yield "| --- | ---: | --- | ---: | ---: |"
    for contender in result.contenders:
        name, peak = contender.name, result.peak_mb(contender.name)
        rounds = " · ".join(_number(s.seconds) for s in result.samples(name))
        yield (
            f"| {name} | {_number(result.seconds(name))} | {rounds} "
            f"| {result.times_ours(name):.2f} | {f'{peak:.0f}' if peak else ''} |"
        )
    loads = [each.load_average for each in result.rounds]
    yield ""
    yield f"Load average before each round: {' · '.join(f'{load:.1f}' for load in loads)}."
    if max(loads) > (os.cpu_count() or 1):
        yield "**The machine was busy with other work: the seconds are too high. Repeat it.**"


def _figures(result: Result) -> Iterator[str]:
    """Yield a table of further figures, for the contenders that have any."""
    kinds: dict[str, None] = {}
    for each in result.rounds:
        for sample in each.samples.values():
            kinds |= dict.fromkeys(sample.figures)
    if not kinds:
        return
    yield f"| median of rounds | {' | '.join(kinds)} |"
    yield f"| --- |{' ---: |' * len(kinds)}"
    for contender in result.contenders:
        samples = result.samples(contender.name)
        if any(sample.figures for sample in samples):
            cells = (
                _number(result.figure(contender.name, kind))
                if kind in samples[0].figures
                else ""
                for kind in kinds
            )
            yield f"| {contender.name} | {' | '.join(cells)} |"


def _notes(task: Task, result: Result) -> Sequence[str]:
    notes = [f"{each.name}: {each.note}" for each in result.contenders if each.note]
    lines = "\n".join(f"- {note}" for note in [*notes, *task.notes()])
    return ["## Notes", lines] if lines else []


def _machine(machine: Mapping[str, str]) -> Iterator[str]:
    for what, value in machine.items():
        yield f"- {what}: {value}"


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.3f}" if value < 1 else f"{value:.2f}"
