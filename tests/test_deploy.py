"""Django's own checks for a site that others can reach, as the site is really run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "DATABASE_URL": "postgres://fans:password@db.example.org:5432/fans",
    "SECRET_KEY": "not a secret, but long: 3f9c1b7e5d2a8046-Zq7_Lw2_Xv9_Rk4_Tp6_Bn1",
    "ALLOWED_HOSTS": "fans.example.org",
    "FANS_SITE_URL": "https://fans.example.org",
    "FANS_PROXY_COUNT": "1",
    "CSRF_TRUSTED_ORIGINS": "https://fans.example.org",
    "FANS_MAIL_TRANSPORT": "django.core.mail.backends.smtp.EmailBackend",
    "FANS_FROM_EMAIL": "friends@fans.example.org",
}
OF_TESTS = ("FANS_", "DJANGO_", "DEBUG", "PYTEST")
"""How the names of variables begin that a test run sets and an operator does not."""


def check(folder: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run the checks in a process of its own, which knows nothing of a test."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OF_TESTS)}
    state = {"FANS_STATE_DIR": str(folder), "FANS_PG_DIR": str(folder / "pg")}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={**kept, **state, **PRODUCTION, **changes},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "installation",
    [{}, {"FANS_PROXY_COUNT": "0", "FANS_TILE_URL": ""}],
    ids=["as explained", "without proxy and tiles of others"],
)
def test_the_checks_before_going_live_find_nothing(installation, tmp_path):
    result = check(tmp_path, **installation)

    assert result.returncode == 0, result.stderr
    assert result.stderr.strip() == ""
    assert "no issues (0 silenced)" in result.stdout


def test_the_checks_would_tell(tmp_path):
    result = check(tmp_path, FANS_HTTPS="false")

    assert result.returncode == 1
    assert "SECURE_SSL_REDIRECT" in result.stderr
    assert "SESSION_COOKIE_SECURE" in result.stderr


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"DEBUG": "true"}, "DEBUG must not be on"),
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
    ],
    ids=["debug", "no key"],
)
def test_a_site_that_others_reach_does_not_start_carelessly(changes, words, tmp_path):
    result = check(tmp_path, **changes)

    assert result.returncode == 1
    assert words in result.stderr
