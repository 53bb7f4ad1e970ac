"""Every bench end to end, on tiny sizes and without the network."""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings

from bench.tasks import TASKS
from bench.tasks.duplicates import DATA

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments):
    """Run the command as bin/bench does, in the tests' own cluster."""
    default = settings.DATABASES["default"]
    named = quote(default["USER"])
    if default["PASSWORD"]:
        named += f":{quote(default['PASSWORD'])}"
    url = f"postgres://{named}@/postgres?host={quote(default['HOST'], safe='')}"
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    offline = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": "/dev/null"}
    own = {"DATABASE_URL": url, "SECRET_KEY": "x" * 50, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "bench", *map(str, arguments)],
        cwd=ROOT,
        env={**kept, **offline, **own},
        capture_output=True,
        text=True,
        timeout=1500,
        check=False,
    )


# One needs public files that are not part of the project.
NAMES = [name for name in TASKS if name != "duplicates" or DATA.is_dir()]


@pytest.mark.long
def test_every_bench_runs_and_writes_its_report(tmp_path):
    # One after another: two at once would clear each other's folder of state.
    ended = run("--quick", "--out", tmp_path, *NAMES)

    assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr[-3000:]
    pages = {TASKS[name].page or name for name in NAMES}
    assert {path.stem for path in tmp_path.glob("*.md")} == pages
    for path in tmp_path.glob("*.md"):
        text = path.read_text()
        assert str(ROOT) not in text
        assert text in ended.stdout
        if path.stem == "users" and "Not measured: locust could not be installed" in text:
            continue  # nothing can be installed without the network
        assert "A quick run with small sizes" in text
        assert re.search(r"^\| [^|]+ \| [0-9.,]+ \|", text, re.MULTILINE)


@pytest.mark.parametrize("arguments", [("--quick", "no_such_bench"), ("--rounds", "0")])
def test_refuses_what_it_cannot_measure_before_it_begins(arguments):
    ended = run(*arguments)

    assert ended.returncode == 2
    assert "no bench is named" in ended.stderr or "--rounds" in ended.stderr


def test_the_documents_tell_of_every_bench():
    told = (ROOT / "docs" / "benchmarks" / "README.md").read_text()

    assert [name for name in TASKS if f"`{name}`" not in told] == []
