"""``python -m bench [--quick] [--out FOLDER] [--rounds N] [NAME...]``: what bin/bench runs."""

import argparse
import datetime as dt
import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings

from bench.databases import ROOT, Databases
from bench.frame import run_rounds
from bench.ground import make_ground
from bench.machine import facts
from bench.report import markdown, section
from bench.task import BenchError, Place, SkippedError, Task
from bench.tasks import PAGES, TASKS

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
            names = _tasks_of(options.names) or list(TASKS)
            for name in names:
                failed |= not _run(TASKS[name](place), options.rounds, out)
            _print_pages(names, out)
    finally:
        databases.drop_all()
    return int(failed)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description="Measure, side by side.")
    known = [*PAGES, *TASKS]
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(known))
    parser.add_argument(
        "--quick", action="store_true", help="small sizes, one round: to see that it works"
    )
    parser.add_argument("--rounds", type=int, metavar="N", help="instead of each one's own")
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="where reports go: docs/benchmarks"
    )
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.names if name not in known]:
        parser.error(f"no bench is named {unknown[0]}; there are: {', '.join(known)}")
    if options.rounds is not None and options.rounds < 1:
        parser.error("--rounds takes a number from 1 on")
    return options


def _tasks_of(names: Sequence[str]) -> list[str]:
    """Return the benches by their names; a page's name stands for all its parts."""
    found: dict[str, None] = {}
    for name in names:
        parts = [each for each, task in TASKS.items() if task.page == name]
        found |= dict.fromkeys(parts or [name])
    return list(found)


def _run(task: Task, rounds: int | None, out: Path) -> bool:
    """Run one bench and keep its report; False where it could not be run.

    A report of its own is printed at once, a page of several when all have run.
    """
    text = ""
    try:
        _say(f"{task.name}: making ready")
        task.begin()
        task.prepare()
        wanted = rounds or (1 if task.place.is_quick else task.rounds)
        result = run_rounds(
            task.contenders(), wanted, lambda text: _say(f"{task.name}, {text}")
        )
        write = section if task.page else markdown
        today = dt.datetime.now(dt.UTC).date()
        text = write(task, result, facts(task.place.databases), today)
    except BenchError as error:
        _say(f"{task.name} could not be measured. {error}")
        if not isinstance(error, SkippedError):
            return False
        text = f"## {task.title}\n\nNot measured: {error}\n"
    except Exception:
        # One that breaks must not cost the others their hour.
        _say(f"{task.name} could not be measured.\n{traceback.format_exc()}")
        return False
    finally:
        task.end()
    out.mkdir(parents=True, exist_ok=True)
    if task.page:
        PAGES[task.page].write(out, {task.name: text}, list(TASKS))
    else:
        (out / f"{task.name}.md").write_text(text, encoding="utf-8")
        print(f"\n{text}", flush=True)
    return True


def _print_pages(names: Sequence[str], out: Path) -> None:
    """Print the pages that the benches have a part in."""
    for page in dict.fromkeys(TASKS[name].page for name in names):
        path = out / f"{page}.md"
        if page and path.exists():
            print(f"\n{path.read_text(encoding='utf-8')}", flush=True)


def _stop(number: int, frame: FrameType | None) -> None:
    """End as Ctrl-C does: children are stopped and databases dropped on the way out."""
    raise KeyboardInterrupt


def _say(sentence: str) -> None:
    print(f"[{time.monotonic() - _began:5.0f}s] {sentence}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
