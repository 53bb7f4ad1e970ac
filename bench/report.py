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
    """Return the report of a bench that has a page of its own."""
    parts = [
        f"# {task.title}",
        f"Measured on {when:%-d %B %Y}.",
        *_measured(task, result),
        *_headed("## Notes", _notes(task, result)),
        "## The machine",
        "\n".join(f"- {what}: {value}" for what, value in machine.items()),
        "## To repeat it",
        f"    bin/bench {task.name}",
        READING,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def section(task: Task, result: Result, machine: Mapping[str, str], when: dt.date) -> str:
    """Return a bench's part of a page that it shares: parts may be measured apart."""
    where = ", ".join(f"{what} {value}" for what, value in machine.items())
    parts = [
        f"## {task.title}",
        *_measured(task, result),
        _notes(task, result),
        f"Measured on {when:%-d %B %Y} by `bin/bench {task.name}`; {where}.",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _measured(task: Task, result: Result) -> Sequence[str]:
    return [
        QUICK if task.place.is_quick else "",
        task.compared,
        "\n".join(_goals(task, result)),
        "\n".join(_table(result)),
        "\n".join(_figures(result)),
        *task.tables(result),
    ]


def _headed(heading: str, text: str) -> Sequence[str]:
    return [heading, text] if text else []


READING = "How to read it: [README](README.md)."


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
        rounds = " · ".join(number(s.seconds) for s in result.samples(name))
        yield (
            f"| {name} | {number(result.seconds(name))} | {rounds} "
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
                number(result.figure(contender.name, kind))
                if kind in samples[0].figures
                else ""
                for kind in kinds
            )
            yield f"| {contender.name} | {' | '.join(cells)} |"


def _notes(task: Task, result: Result) -> str:
    notes = [f"{each.name}: {each.note}" for each in result.contenders if each.note]
    return "\n".join(f"- {note}" for note in [*notes, *task.notes()])


def number(value: float) -> str:
    """Return a figure with three digits or so, as reports show it."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.3f}" if value < 1 else f"{value:.2f}"
