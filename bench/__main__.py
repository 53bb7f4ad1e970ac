"""``python -m bench [--quick] [--out FOLDER] [--rounds N] [NAME...]``: what bin/bench runs."""

import argparse
import datetime as dt
import os
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings

from bench.databases import ROOT, Databases
from bench.frame import run_rounds
from bench.ground import make_ground
from bench.machine import facts
from bench.report import markdown
from bench.task import BenchError, Place, Task
from bench.tasks import TASKS

_began = time.monotonic()


def main(arguments: Sequence[str]) -> int:
    """Run the benches asked for, all where none is named; 1 if one could not be run."""
    options = _options(arguments)
    out = options.out or (ROOT / "var" / "bench" if options.quick else ROOT / "docs/benchmarks")
    databases = Databases(settings.DATABASES["default"])
    signal.signal(signal.SIGTERM, _stop)
    failed = False
    try:
        with tempfile.TemporaryDirectory(prefix="fans-bench-") as folder:
            place = Place(databases, Path(folder), options.quick, _say)
            make_ground(place)
            for name in options.names or TASKS:
                failed |= not _run(TASKS[name](place), options.rounds, out)
    finally:
        databases.drop_all()
    return int(failed)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description="Measure, side by side.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(TASKS))
    parser.add_argument(
        "--quick", action="store_true", help="small sizes, one round: to see that it works"
    )
    parser.add_argument("--rounds", type=int, metavar="N", help="instead of each one's own")
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="where reports go: docs/benchmarks"
    )
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.names if name not in TASKS]:
        parser.error(f"no bench is named {unknown[0]}; there are: {', '.join(TASKS)}")
    if options.rounds is not None and options.rounds < 1:
        parser.error("--rounds takes a number from 1 on")
    return options


def _run(task: Task, rounds: int | None, out: Path) -> bool:
    """Run one bench, print and keep its report; False where it could not be run."""
    try:
        _say(f"{task.name}: making ready")
        task.place.databases.make(task.name, like="ground")
        task.prepare()
        wanted = rounds or (1 if task.place.is_quick else task.rounds)
        result = run_rounds(
            task.contenders(), wanted, lambda text: _say(f"{task.name}, {text}")
        )
    except BenchError as error:
        _say(f"{task.name} could not be measured. {error}")
        return False
    finally:
        task.place.databases.drop(task.name)
    today = dt.datetime.now(dt.UTC).date()
    text = markdown(task, result, facts(task.place.databases), today)
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{task.name}.md").write_text(text, encoding="utf-8")
    print(f"\n{text}", flush=True)
    return True


def _stop(number: int, frame: FrameType | None) -> None:
    """End as Ctrl-C does: children are stopped and databases dropped on the way out."""
    raise KeyboardInterrupt


def _say(sentence: str) -> None:
    print(f"[{time.monotonic() - _began:5.0f}s] {sentence}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
