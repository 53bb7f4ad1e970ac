"""The worker as it runs: a process of its own, told to stop by a signal."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.mail import send_mail
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateWorker

from fans.people.post.models import Mail, State

ROOT = Path(__file__).resolve().parents[4]
AT_ONCE_S = 3.0
"""Below the five seconds at which a worker looks by itself: it was told."""


def database_url() -> str:
    at = connection.settings_dict
    query = "&".join(f"{key}={value}" for key, value in at["OPTIONS"].items())
    account = f"{quote(at['USER'])}:{quote(at['PASSWORD'] or '')}"
    host = quote(at["HOST"], safe="")
    return f"postgres://{account}@/{at['NAME']}?host={host}&{query}".rstrip("&")


def until(happened, within_s=30.0) -> float:
    since = time.monotonic()
    while not happened():
        assert time.monotonic() - since < within_s, "it did not happen"
        time.sleep(0.05)
    return time.monotonic() - since


@pytest.fixture
def worker(server, transactional_db, no_jobs_left):
    """``run_worker`` on the database of the tests, once both of its parts are there."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")  # of tests that were cut short
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "FANS_TESTING": "1",
        "FANS_MAIL_TRANSPORT": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(server.port),
    }
    command = [sys.executable, "manage.py", "run_worker"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        until(lambda: ProcrastinateWorker.objects.count() == 2)
        time.sleep(0.5)  # they register before they listen
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_code_leaves_at_once_and_the_worker_stops_when_told(worker, server):
    send_mail("Your code", "482913", None, ["ada@example.org"])

    assert until(lambda: server.taken) < AT_ONCE_S
    until(lambda: Mail.objects.get().state == State.SENT)

    worker.send_signal(signal.SIGTERM)
    _, said = worker.communicate(timeout=20)
    assert worker.returncode == 0, said
    assert "Traceback" not in said
    assert "482913" not in said
    assert "ada@" not in said
