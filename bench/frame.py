"""Measures things side by side: interleaved rounds, medians, ratios taken within a round."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True)
class Sample:
    """One run of one contender.

    ``figures`` are further numbers by what they say, such as "p95, ms".
    """

    seconds: float
    peak_mb: float | None = None
    figures: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Contender:
    """Something that does the work; the first of a bench is ours.

    ``before`` makes things ready and is not timed. ``note``: what a reader must know, such
    as that the seconds are scaled.
    """

    name: str
    run: Callable[[], Sample]
    before: Callable[[], object] = lambda: None
    note: str = ""


@dataclass(frozen=True)
class Round:
    """What one round measured, and how busy the machine was when it began."""

    load_average: float
    samples: dict[str, Sample]


@dataclass(frozen=True)
class Result:
    """All rounds of one bench."""

    contenders: Sequence[Contender]
    rounds: Sequence[Round]

    @property
    def ours(self) -> str:
        """Our own contender's name."""
        return self.contenders[0].name

    def samples(self, name: str) -> list[Sample]:
        """Return one contender's samples, by round."""
        return [each.samples[name] for each in self.rounds]

    def seconds(self, name: str) -> float:
        """Return the median of one contender's seconds."""
        return median(sample.seconds for sample in self.samples(name))

    def peak_mb(self, name: str) -> float | None:
        """Return the highest memory that any run of a contender took."""
        return max(
            (sample.peak_mb for sample in self.samples(name) if sample.peak_mb), default=None
        )

    def times_ours(self, name: str) -> float:
        """Return how many times our seconds it took: the median of each round's ratio.

        The machine is not equally busy in all rounds; within one it nearly is.
        """
        return median(
            each.samples[name].seconds / each.samples[self.ours].seconds for each in self.rounds
        )

    def figure_times_ours(self, name: str, what: str) -> float:
        """Return how many times our figure it was: the median of each round's ratio."""
        return median(
            each.samples[name].figures[what] / each.samples[self.ours].figures[what]
            for each in self.rounds
        )

    def figure(self, name: str, what: str) -> float:
        """Return the median of a further figure."""
        return median(sample.figures[what] for sample in self.samples(name))


def run_rounds(
    contenders: Sequence[Contender], rounds: int, say: Callable[[str], object]
) -> Result:
    """Let every contender run once a round; every second round goes backwards."""
    measured = []
    for number in range(rounds):
        load = os.getloadavg()[0]
        order = contenders if number % 2 == 0 else contenders[::-1]
        samples = {}
        for contender in order:
            contender.before()
            samples[contender.name] = sample = contender.run()
            say(f"round {number + 1}: {contender.name} {sample.seconds:.2f} s")
        measured.append(Round(load, samples))
    return Result(contenders, measured)
