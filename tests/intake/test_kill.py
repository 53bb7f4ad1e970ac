"""Three kills in a small import; ``bench/kill_import.py`` does the same at full size."""

from pathlib import Path

import pytest

from bench import kill_import
from bench.private_postgres import find_tools

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc here")
@pytest.mark.skipif(find_tools() is None, reason="PostgreSQL is not installed here")
@pytest.mark.skipif(
    not (ROOT / "frontend/static/frontend/build/manifest.json").exists(),
    reason="the front end is not built",
)
def test_an_import_outlives_its_worker_the_web_server_and_the_database():
    outcome = kill_import.run(rows=3_000, kills=3, seed=1, within_s=300)

    assert sorted(outcome.kills) == sorted(kill_import.VICTIMS)
    assert outcome.counts["read"] == 3_000
    assert outcome.counts["new"] > 2_500
    assert outcome.counts["refused"] > 0
