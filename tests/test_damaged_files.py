"""Damaged files of more than a hundred kinds: a clear sentence each, nothing half-written.

By command, and handed in with a browser: each is read to where it is refused, or to the
last of its rows.
"""

import html
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

import tests.damaged  # noqa: F401  (lists the kinds)
from intake.command import REFUSED
from intake.models import ImportJob, JobState
from intake.running import report_of, run_job
from tests import factories
from tests.damaged.kinds import KINDS, UPLOADS, Damaged

ROOMS = ("homes", "assets", "geo", "connections")
WITH_WORDS = ("homes_home", "homes_registration", "assets_asset", "geo_area")
MOST_SECONDS = 60.0
MOST_MEGABYTES = 400
PEAK = Path("/proc/self/clear_refs")

# What only a programmer would understand.
JARGON = re.compile(
    r"Traceback|NoneType|codec|Exception|\w+Error\b|invalid literal|list index|<class"
    r"|could not convert|has no attribute|not subscriptable|unhashable|must be str|\[Errno"
    r"|\bstr\b|\bint\b|\bdict\b|\bNone\b|newline=|field limit|Expecting|utf-8-sig"
    r"|char \d|DETAIL|psycopg|constraint|\\x[0-9a-f]{2}|\\u[0-9a-f]{4}"
)
# Nothing that would turn a page's text round, or ring a terminal's bell, is kept or shown.
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")

_FINGERPRINT = """
SELECT count(*) || md5(coalesce(string_agg(t::text, ';' ORDER BY t::text), '')) FROM "{}" AS t
"""

pytestmark = pytest.mark.django_db


def standing() -> dict[str, str]:
    """Return a fingerprint of every table of the rooms that importers write to."""
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    found = {}
    with connection.cursor() as cursor:
        for table in [model._meta.db_table for model in models]:
            cursor.execute(_FINGERPRINT.format(table))
            found[table] = cursor.fetchone()[0]
    return found


def written_words() -> str:
    """Return all that stands in the tables which hold what files say."""
    with connection.cursor() as cursor:
        parts = (f'SELECT t::text FROM "{table}" AS t' for table in WITH_WORDS)
        cursor.execute(" UNION ALL ".join(parts))
        return "\n".join(line for (line,) in cursor.fetchall())


def megabytes(field: str) -> float:
    status = Path("/proc/self/status").read_text()
    return int(re.search(rf"{field}:\s+(\d+) kB", status)[1]) / 1024


@contextmanager
def within_bounds() -> Iterator[None]:
    """Hold what is done to its time and, where the kernel measures it, to its memory."""
    started = time.monotonic()
    if PEAK.exists():
        PEAK.write_text("5")  # forget the largest size so far
        before = megabytes("VmRSS")
    yield
    assert time.monotonic() - started < MOST_SECONDS
    if PEAK.exists():
        assert megabytes("VmHWM") - before < MOST_MEGABYTES


@pytest.fixture(autouse=True)
def somebody_was_here(db, settings, tmp_path):
    """A home and a place that stand already: a file that is refused leaves them alone."""
    settings.STATE_DIR = tmp_path / "state"
    home = factories.HomeFactory(local_authority="Norwich", beds=0)
    home.registrations.update(local_authority="Norwich")
    factories.AssetFactory()
    factories.AreaFactory()


def command(kind: Damaged, path: Path, capsys) -> tuple[int, str]:
    """Run the command; return its exit code and all that it says."""
    try:
        call_command(*kind.arguments, str(path))
    except CommandError as error:
        out, err = capsys.readouterr()
        return error.returncode, out + err + str(error)
    out, err = capsys.readouterr()
    return 0, out + err


def check(kind: Damaged, words: str, before: dict[str, str]) -> None:
    """Hold an answer to what every answer must be."""
    assert re.search(kind.says, words), words[:1000]
    assert not JARGON.search(words), words[:1000]
    assert not UNSEEN.search(words)
    assert not UNSEEN.search(written_words())
    if kind.whole:
        assert standing() == before


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_damaged_file_is_answered_in_a_sentence(kind, tmp_path, capsys):
    path = kind.write(tmp_path)
    if path.is_file() and os.geteuid() == 0 and not path.stat().st_mode & 0o777:
        pytest.skip("the superuser may read every file")
    before = standing()

    with within_bounds():
        code, words = command(kind, path, capsys)

    assert code == (REFUSED if kind.whole else 0)
    check(kind, words, before)


def upload(kind: Damaged, path: Path, client):
    """Hand a file in as an administrator does."""
    slug, chosen = UPLOADS[kind.importer]
    options = {f"options-{name}": value for name, value in chosen.items()}
    if kind.encoding:
        options["options-encoding"] = kind.encoding
    client.force_login(factories.member("administrator"))
    file = SimpleUploadedFile(path.name, path.read_bytes())
    return client.post(reverse("intake:new", args=[slug]), {"file": file, **options})


def pages_of(job: ImportJob, client) -> str:
    """Return the import's page, once its other addresses have answered too."""
    for name in ("points", "job_csv"):
        assert client.get(reverse(f"intake:{name}", args=[job.pk])).status_code == 200
    page = client.get(reverse("intake:job", args=[job.pk]))
    assert page.status_code == 200
    return html.unescape(page.text)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.importer in UPLOADS], ids=str)
def test_a_damaged_upload_is_answered_in_a_sentence(kind, tmp_path, client):
    path = kind.write(tmp_path)
    if path.is_symlink() or not path.is_file() or not path.stat().st_mode & 0o777:
        pytest.skip("a browser hands in files that it can read")
    before = standing()

    with within_bounds():
        answer = upload(kind, path, client)
        job = ImportJob.objects.first()
        if job is not None:
            run_job(job.pk)
            job.refresh_from_db()

    if job is None:
        assert answer.status_code == 400
        assert "error-" in answer.text
        assert standing() == before
    elif kind.whole:
        assert job.state == JobState.FAILED
        check(kind, job.error, before)
        assert job.error in pages_of(job, client)
    else:
        assert job.state == JobState.PREVIEW, job.error
        assert standing() == before
        check(kind, "\n".join(report_of(job).lines()), before)
        pages_of(job, client)


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.importer in UPLOADS and not kind.whole], ids=str
)
def test_what_is_left_of_a_damaged_upload_is_brought_in(kind, tmp_path, client):
    upload(kind, kind.write(tmp_path), client)
    job = ImportJob.objects.get()
    run_job(job.pk)

    client.post(reverse("intake:bring_in", args=[job.pk]))
    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.DONE, "")
    report = report_of(job)
    check(kind, "\n".join(report.lines()), {})
    assert report.new == job.report.rows_new > 0
    pages_of(job, client)


def test_there_are_more_than_forty_kinds():
    assert len({kind.damage for kind in KINDS}) > 40
