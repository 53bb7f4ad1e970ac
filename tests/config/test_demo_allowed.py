"""Where the settings allow the demo: asked of a fresh process, as an operator starts it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OWN = {"DATABASE_URL": "postgres://fans@db.example.org/fans", "SECRET_KEY": "x" * 50}


def _run(*arguments, tmp_path, **environment):
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={
            **kept,
            "FANS_STATE_DIR": str(tmp_path),
            "FANS_PG_DIR": str(tmp_path),
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "allowed"),
    [
        ({}, "True"),
        (OWN, "False"),
        ({"ALLOWED_HOSTS": "fans.example.org"}, "False"),
        ({"ALLOWED_HOSTS": "localhost,10.0.0.7"}, "False"),
        ({"ALLOWED_HOSTS": "*"}, "False"),
    ],
)
def test_allowed_beside_the_projects_own_cluster_on_this_machine_alone(
    tmp_path, environment, allowed
):
    ask = "from config import settings; print(settings.DEMO_ALLOWED)"

    said = _run("-c", ask, tmp_path=tmp_path, **environment)

    assert said.stdout.strip() == allowed, said.stderr


def test_the_command_refuses_with_exit_code_2_and_before_asking_a_database(tmp_path):
    refused = _run("manage.py", "load_demo", tmp_path=tmp_path, **OWN)

    assert refused.returncode == 2
    assert "DATABASE_URL names your own database" in refused.stderr
    assert "Traceback" not in refused.stderr
