"""Kill the worker, the web server and PostgreSQL in the middle of an import, many times.

    .venv/bin/python bench/kill_import.py --rows 100000 --kills 20 --seed 1

Starts a PostgreSQL of its own and the site as bin/run does, imports made-up places, and
kills -9 at random points of the work. After each kill every batch must be there whole or
not at all; at the end everything must be as after the same import undisturbed.
"""

import argparse
import csv
import hashlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.private_postgres import Postgres, children_of, find_tools, kill  # noqa: E402

VICTIMS = ("worker", "web", "PostgreSQL")
BATCH = 1_000
COPIED_AT_ONCE = 5_000
# Restarts are the site's own; here they wait a second at most, not half a minute.
SERVE = (
    "import sys; sys.path.insert(0, 'bin/lib'); import serve; serve.LONGEST_WAIT_S = 1.0; "
    "sys.exit(serve.main())"
)
TOKEN = f"csrfmiddlewaretoken={'a' * 32}".encode()
BEGIN = """
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from fans.people.models import Membership, Role
from intake.jobs import start_job
from intake.source import SourceFile
from intake.uploads import keep_copy
ann = get_user_model().objects.create(email="ann@example.org", name="Ann")
since = {"from_on": timezone.localdate()}
Membership.objects.create(person=ann, role=Role.ADMINISTRATOR, **since)
kept = keep_copy(SourceFile.open(FILE))
options = {"source": "csv", "mapping": "", "category": "", "licence": "OGL v3.0"}
job = start_job(importer="assets", kept=kept, options=options, by=ann, title="Made-up places")
Authenticator.objects.create(user=ann, type="totp", data={})
client = Client()
client.force_login(ann)
session = client.cookies[settings.SESSION_COOKIE_NAME].value
print("BEGUN", job.pk, session, settings.SESSION_COOKIE_NAME)
"""
UNDISTURBED = """
from intake.jobs import bring_in
from intake.running import run_job
run_job({job})
bring_in(job_id={job}, by=None)
run_job({job})
"""
PROGRESS = """
SELECT state, rows_total, rows_done, error,
    (SELECT count(*) FROM intake_stagedrow WHERE job_id = job.id),
    (SELECT count(*) FROM intake_stagedrow WHERE job_id = job.id AND written),
    (SELECT count(*) FROM intake_stagedrow WHERE job_id = job.id AND written
        AND outcome = 'new'),
    (SELECT count(*) FROM assets_asset),
    (SELECT count(*) FROM intake_importreport)
FROM intake_importjob AS job WHERE id = %s
"""
QUICK = "SELECT state, rows_total, rows_done FROM intake_importjob WHERE id = %s"


@dataclass
class Outcome:
    """What came of a disturbed import."""

    kills: list[str] = field(default_factory=list)
    seconds: float = 0.0
    counts: dict[str, int] = field(default_factory=dict)


def write_places(path: Path, rows: int, seed: int) -> None:
    """Write a made-up register: mostly new places, some repeated, some refused."""
    kinds = ("park", "library", "cafe", "church", "sports club", "museum")
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", "name", "category", "longitude", "latitude", "postcode"])
        for number in range(rows):
            said = number - 7 if number % 97 == 96 else number
            name = "" if said % 53 == 52 else f"Made-up {kinds[said % 6]} {said}"
            place = random.Random(f"{seed} {said}")  # noqa: S311
            lon, lat = place.uniform(-2.9, -0.2), place.uniform(51.2, 54.5)
            table.writerow([f"p{said}", name, kinds[said % 6], f"{lon:.5f}", f"{lat:.5f}", ""])


class Scene:
    """A database, the site over it, and an import on its way."""

    def __init__(self, postgres: Postgres, state: Path, database: str) -> None:
        """Name them."""
        self.postgres, self.state, self.database = postgres, state, database
        self.job, self.session, self.cookie = 0, "", ""
        self.environment = {
            **os.environ,
            "DATABASE_URL": postgres.url(database),
            "FANS_TESTING": "1",
            "FANS_STATE_DIR": str(state / database),
        }

    def manage(self, *arguments: str, given: str | None = None) -> str:
        """Run a management command and return what it printed."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment,
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{arguments}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    def begin(self, file: Path) -> None:
        """Hand in the file, as an administrator who is signed in."""
        printed = self.manage("shell", "-v", "0", "-c", f"FILE = {str(file)!r}\n{BEGIN}")
        words = next(line for line in printed.splitlines() if line.startswith("BEGUN")).split()
        self.job, self.session, self.cookie = int(words[1]), words[2], words[3]

    def facts(self) -> dict[str, Any]:
        """Return everything that the import has written, but ids and times."""
        places = (
            "SELECT source, source_ref, name, category, ST_AsText(location), postcode, state,"
            " visibility, source_licence, source_values::text FROM assets_asset"
        )
        rows = (
            'SELECT number, key, title, lon, lat, payload::text, outcome, reason, "column",'
            " changes::text, written, decision FROM intake_stagedrow"
        )
        report = (
            "SELECT importer, file_name, sha256, rows_read, rows_new, rows_changed, rows_same,"
            " rows_unsure, rows_refused, rows_gone, questions, refusals::text"
            " FROM intake_importreport"
        )
        with self.postgres.connect(self.database) as session:
            return {
                "places": _digest(session, places),
                "rows": _digest(session, rows),
                "report": session.execute(report).fetchall(),
            }


def _digest(session: psycopg.Connection, query: str) -> tuple[int, str]:
    digest, count = hashlib.sha256(), 0
    for line in sorted(repr(row) for row in session.execute(query)):
        digest.update(line.encode())
        count += 1
    return count, digest.hexdigest()


class Site:
    """The web server and the worker, kept alive by what bin/run runs."""

    def __init__(self, scene: Scene) -> None:
        """Start both."""
        self.scene = scene
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        logs = scene.state / "logs"
        logs.mkdir(exist_ok=True)
        self.log = (scene.state / "serve.log").open("wb")
        command = [sys.executable, "-c", SERVE, "--port", str(self.port), "--logs", str(logs)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=scene.environment, stdout=self.log, stderr=self.log
        )

    def ask(self, path: str, data: bytes | None = None, **headers: str) -> Any:
        """Ask the site as the administrator."""
        cookies = f"{self.scene.cookie}={self.scene.session}; fans-csrftoken={'a' * 32}"
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data, {"Cookie": cookies, **headers}
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=20) as answer:
            return answer.read().decode()

    def insist(self, path: str, data: bytes | None = None) -> str:
        """Ask until the site answers: it may be on its way back."""
        for _ in range(240):
            try:
                return str(self.ask(path, data))
            except OSError:
                time.sleep(0.25)
        raise RuntimeError(f"the site did not come back: see {self.scene.state}")

    def press_bring_in(self) -> None:
        """Press the button."""
        self.insist(f"/imports/{self.scene.job}/bring-in/", TOKEN)

    def pids(self, victim: str) -> list[int]:
        """Return the processes of the worker or of the web server."""
        word = b"run_worker" if victim == "worker" else b"granian"
        own = [pid for pid in children_of(self.process.pid) if word in _command(pid)]
        return [*own, *(pid for parent in own for pid in children_of(parent))]

    def stop(self) -> None:
        """Stop both, kindly."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        self.log.close()


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def far(state: str, total: int | None, done: int, rows: int) -> float:
    """Return how far the work is: 0 to 1 read, to 2 compared, to 3 written."""
    if state in ("applying", "done"):
        return 2 + (1 if state == "done" else done / rows)
    return done / rows if total is None else 1 + done / rows


def check_whole_batches(found: tuple[Any, ...], rows: int) -> None:
    """Fail unless what is there is whole batches, and nothing else."""
    state, total, done, error, staged, written, new, places, reports = found
    assert error == "", error
    assert places == new, f"{places} places, {new} rows written as new"
    assert reports == (1 if state == "done" else 0)
    if total is None:
        assert staged % COPIED_AT_ONCE == 0 or staged == rows, f"{staged} rows staged"
    else:
        assert staged == total == rows
    if state in ("applying", "done"):
        assert written == done, f"{written} rows written, {done} counted"
        assert written % BATCH == 0 or written == rows, f"{written} rows written"
    else:
        assert written == places == 0


class Killer:
    """Kills at points of the work, and looks each time at what is left."""

    def __init__(self, scene: Scene, site: Site, rows: int, kills: int, seed: int) -> None:
        """Choose when and whom: random, but everybody once."""
        roll = random.Random(seed)  # noqa: S311
        self.scene, self.site, self.rows = scene, site, rows
        # Not in the last batch: then it would be done before it could be killed.
        latest = 3 - 1.5 * BATCH / rows
        self.points = sorted(roll.uniform(0.05, latest) for _ in range(kills))
        self.victims = [VICTIMS[n % 3] for n in range(3)][:kills]
        self.victims += [roll.choice(VICTIMS) for _ in range(kills - len(self.victims))]
        roll.shuffle(self.victims)
        self.outcome = Outcome()

    def run(self, within_s: float) -> Outcome:
        """Let the import run to its end."""
        begun = time.monotonic()
        pressed = False
        while True:
            if time.monotonic() - begun > within_s:
                raise RuntimeError(f"not done within {within_s} s: {self.look()}")
            state, total, done = self._progress()
            assert state not in ("failed", "thrown_away"), self.look()
            assert not (self.points and state == "done"), "it was too quick to be killed"
            if self.points and far(state, total, done, self.rows) >= self.points[0]:
                self._kill(state, done)
            elif state == "preview" and not pressed:
                self.site.press_bring_in()
                pressed = True
            elif state == "done":
                break
            time.sleep(0.01)
        self.outcome.seconds = time.monotonic() - begun
        check_whole_batches(self.look(), self.rows)
        return self.outcome

    def _progress(self) -> tuple[str, int | None, int]:
        with self.scene.postgres.connect(self.scene.database) as session:
            return session.execute(QUICK, [self.scene.job]).fetchone()  # type: ignore[return-value]

    def look(self) -> tuple[Any, ...]:
        """Return what is there, in one statement and so at one moment."""
        with self.scene.postgres.connect(self.scene.database) as session:
            return session.execute(PROGRESS, [self.scene.job]).fetchone()  # type: ignore[return-value]

    def _kill(self, state: str, done: int) -> None:
        victim = self.victims[len(self.outcome.kills)]
        if victim == "PostgreSQL":
            self.scene.postgres.kill()
            self.scene.postgres.start()
        else:
            pids = self.site.pids(victim)
            if not pids:  # not back from the last time
                return
            for pid in pids:
                kill(pid)
        self.points.pop(0)
        self.outcome.kills.append(victim)
        found = self.look()
        check_whole_batches(found, self.rows)
        print(f"  {victim} killed while {state}, {done:,} rows done", flush=True)


def run(rows: int, kills: int, seed: int, within_s: float) -> Outcome:
    """Disturb one import, compare it with an undisturbed one; raise where they differ."""
    tools = find_tools()
    if tools is None:
        raise RuntimeError("PostgreSQL is not installed here")
    postgres = Postgres(tools)
    try:
        return _compare(postgres, rows, kills, seed, within_s)
    finally:
        postgres.remove()


def _compare(postgres: Postgres, rows: int, kills: int, seed: int, within_s: float) -> Outcome:
    state = postgres.folder / "state"
    state.mkdir()
    file = state / "places.csv"
    write_places(file, rows, seed)
    with postgres.connect() as session:
        session.execute("CREATE DATABASE plain")
        plain = Scene(postgres, state, "plain")
        plain.manage("migrate", "-v", "0")
        session.execute("CREATE DATABASE disturbed TEMPLATE plain")
    plain.begin(file)
    begun = time.monotonic()
    plain.manage("shell", "-v", "0", "-c", UNDISTURBED.format(job=plain.job))
    print(f"undisturbed: {time.monotonic() - begun:.1f} s", flush=True)
    disturbed = Scene(postgres, state, "disturbed")
    site = Site(disturbed)
    try:
        site.insist("/healthz")
        time.sleep(1)  # for what starts them again: only what has served is started again
        disturbed.begin(file)
        outcome = Killer(disturbed, site, rows, kills, seed).run(within_s)
        page = site.insist(f"/imports/{disturbed.job}/")
    finally:
        site.stop()
    assert "Brought in" in page
    wanted, found = plain.facts(), disturbed.facts()
    for part in wanted:
        assert found[part] == wanted[part], f"{part}: {found[part]} instead of {wanted[part]}"
    report = found["report"][0]
    assert report[3] == sum(report[4:9]) == rows, f"the report does not add up: {report}"
    names = ("read", "new", "changed", "same", "unsure", "refused")
    outcome.counts = dict(zip(names, report[3:9], strict=True))
    return outcome


def main() -> None:
    """Read the command line, run, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--within", type=float, default=1800, metavar="SECONDS")
    options = parser.parse_args()
    outcome = run(options.rows, options.kills, options.seed, options.within)
    killed = Counter(outcome.kills)
    print(
        f"{options.rows:,} rows, {len(outcome.kills)} kills "
        f"({', '.join(f'{name} {killed[name]}' for name in VICTIMS)}), "
        f"{outcome.seconds:.1f} s: every batch whole or absent after each kill, "
        "the end as if undisturbed"
    )
    print(json.dumps(outcome.counts))


if __name__ == "__main__":
    main()
