"""Children, databases and peers: each apart from the rest, each measured by itself."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from bench.child import run_child
from bench.databases import bare_table, copy_in, copy_out
from bench.peers import Peer
from bench.task import BenchError

PYTHON = [sys.executable, "-c"]


def test_a_childs_own_memory_is_measured():
    small = run_child([*PYTHON, "pass"], {})
    large = run_child([*PYTHON, "x = bytearray(150_000_000); print(len(x))"], {})

    assert large.peak_mb - small.peak_mb > 120
    assert large.output == "150000000\n"
    assert small.seconds > 0


def test_a_child_that_fails_is_told_with_its_last_words():
    with pytest.raises(BenchError, match="no such road"):
        run_child([*PYTHON, "raise SystemExit('no such road')"], {})


def test_databases_are_copied_and_only_our_own_are_dropped(bench_databases):
    bench_databases.make("first")
    with bench_databases.connect("first") as connection:
        connection.execute("CREATE TABLE apple AS SELECT generate_series(1, 5) AS id")
    bench_databases.make("second", like="first")

    with bench_databases.connect("second") as connection:
        assert connection.execute("SELECT count(*) FROM apple").fetchall() == [(5,)]
    bench_databases.drop_all()
    with pytest.raises(psycopg.OperationalError):
        bench_databases.connect("first")
    with psycopg.connect(
        dbname="postgres",
        user=bench_databases.default["USER"],
        password=bench_databases.default["PASSWORD"] or None,
        host=bench_databases.default["HOST"],
    ) as connection:
        query = "SELECT count(*) FROM pg_database WHERE starts_with(datname, %s)"
        assert connection.execute(query, [bench_databases.prefix]).fetchall() == [(0,)]


def test_a_bare_table_takes_the_rows_that_were_copied_out(bench_databases, tmp_path):
    bench_databases.make("bare")
    with bench_databases.connect("bare") as connection:
        connection.execute(
            "CREATE TABLE pear (id int PRIMARY KEY, name text CHECK (name <> ''))"
        )
        connection.execute(
            "INSERT INTO pear SELECT n, 'pear ' || n FROM generate_series(1, 9) n"
        )
        copy_out(connection, "pear", tmp_path / "rows")
        with bare_table(connection, "pear", "bare_pear"):
            copy_in(connection, "bare_pear", tmp_path / "rows")
            copy_in(connection, "bare_pear", tmp_path / "rows")  # no key stands in the way
            found = connection.execute("SELECT count(*), min(name) FROM bare_pear").fetchall()
        left = connection.execute("SELECT to_regclass('bare_pear')").fetchall()

    assert found == [(18, "pear 1")]
    assert left == [(None,)]


@pytest.fixture
def peer(tmp_path):
    """A peer that needs nothing, so that no network is needed."""
    folder = tmp_path / "peer_nobody"
    folder.mkdir()
    (folder / "requirements.txt").write_text("")
    return Peer("nobody", folder)


def test_a_peer_has_an_environment_of_its_own_which_is_made_once(peer, tmp_path):
    said = []

    python = peer.python(tmp_path / "peers", said.append)
    again = peer.python(tmp_path / "peers", said.append)

    assert python == again
    assert said == ["making an environment for nobody"]
    sees_ours = subprocess.run(
        [python, "-c", "import django"], capture_output=True, text=True, check=False, env={}
    )
    assert "No module named 'django'" in sees_ours.stderr


def test_a_changed_list_makes_the_environment_anew(peer, tmp_path):
    said = []
    peer.python(tmp_path / "peers", said.append)
    (peer.folder / "requirements.txt").write_text("\n")

    peer.python(tmp_path / "peers", said.append)

    assert len(said) == 2


def test_a_peer_that_cannot_be_installed_is_told_in_a_sentence(peer, tmp_path, monkeypatch):
    (peer.folder / "requirements.txt").write_text(
        "no-such-package==1.0 --hash=sha256:" + 64 * "0" + "\n"
    )
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")

    with pytest.raises(BenchError, match="nobody could not be installed"):
        peer.python(tmp_path / "peers", print)


@pytest.mark.parametrize("listing", sorted(Path("bench").glob("*/requirements.txt")), ids=str)
def test_every_peers_list_is_locked_by_hash(listing):
    lines = listing.read_text().splitlines()

    named = [line for line in lines if line[:1].isalpha()]
    assert named
    assert all("==" in line and line.endswith("\\") for line in named)
