"""The Docker files, read: the machines that test this have no engine to try them with."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from tests.test_floors import locked

ROOT = Path(__file__).resolve().parent.parent
OURS = ["migrate", "web", "worker"]


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


@pytest.fixture(scope="module")
def services(compose):
    return compose["services"]


@pytest.fixture(scope="module")
def stages():
    """The Dockerfile's instructions, stage by stage."""
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    lines = [line.split(None, 1) for line in text.splitlines() if line and line[0] != "#"]
    stages = []
    for instruction, rest in ((word, " ".join(tail)) for word, *tail in lines):
        if instruction == "FROM":
            stages.append([])
        stages[-1].append((instruction, rest))
    return stages


def instructions(stage, name):
    return [rest for instruction, rest in stage if instruction == name]


def test_runs_the_database_the_site_the_worker_and_one_migration(services):
    assert set(services) == {"db", *OURS}


def test_every_image_is_pinned_to_a_debian_version(services, stages):
    bases = [instructions(stage, "FROM")[0].split()[0] for stage in stages]

    assert services["db"]["image"] == "postgis/postgis:15-3.4"
    assert bases == ["node:24-bookworm-slim", *["python:3.11-slim-bookworm"] * 2]


def test_only_the_site_has_a_port_and_only_on_this_machine(services):
    ports = {name: service["ports"] for name, service in services.items() if "ports" in service}

    assert list(ports) == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in ports["web"])


def test_nothing_runs_as_root(services, stages):
    users = {name: str(service["user"]) for name, service in services.items()}

    assert users.pop("db") == "postgres"
    assert set(users.values()) == {"10001:10001"}
    assert instructions(stages[-1], "USER") == ["fans"]
    assert "--uid 10001" in instructions(stages[-1], "RUN")[0]


@pytest.mark.parametrize("name", OURS)
def test_our_containers_can_change_nothing_but_their_files(services, name):
    service = services[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["volumes"] == ["media:/app/var/media", "imports:/app/var/imports"]


def test_the_site_and_the_worker_wait_for_database_and_tables(services):
    for name in ("web", "worker"):
        waits = {on: how["condition"] for on, how in services[name]["depends_on"].items()}
        assert waits == {"db": "service_healthy", "migrate": "service_completed_successfully"}
    assert services["migrate"]["depends_on"]["db"]["condition"] == "service_healthy"
    assert services["migrate"]["restart"] == "no"


def test_what_keeps_running_has_a_health_check(services, stages):
    assert "pg_isready" in services["db"]["healthcheck"]["test"]
    assert services["worker"]["healthcheck"]["test"][1:3] == ["python", "manage.py"]
    assert "/healthz" in instructions(stages[-1], "HEALTHCHECK")[0]
    assert "healthcheck" not in services["web"]  # the image's own


def test_a_missing_secret_stops_the_start(services):
    for name in OURS:
        environment = services[name]["environment"]
        assert environment["SECRET_KEY"].startswith("${SECRET_KEY:?")
        assert "${POSTGRES_PASSWORD:?" in environment["DATABASE_URL"]
    assert services["db"]["environment"]["POSTGRES_PASSWORD"].startswith(
        "${POSTGRES_PASSWORD:?"
    )


def test_no_secret_stands_in_the_files(compose, stages):
    text = (ROOT / "docker-compose.yml").read_text() + (ROOT / "Dockerfile").read_text()
    given = re.findall(r"(?:PASSWORD|SECRET_KEY)(?:=|: *\"?)([^\s\"?]+)", text)

    assert {value for value in given if not value.startswith("${")} == {"only-to-collect-files"}


def test_volumes_are_declared(compose, services):
    mounted = {
        mount.split(":")[0] for service in services.values() for mount in service["volumes"]
    }

    assert mounted == set(compose["volumes"])


def test_commands_exist(services, stages):
    text = (ROOT / "Dockerfile").read_text() + str(
        [
            (services[name].get("command"), services[name].get("healthcheck"))
            for name in services
        ]
    )
    named = set(re.findall(r"manage\.py(?:', '|\W+)([a-z_]+)", text))

    assert named == {
        "migrate",
        "createcachetable",
        "procrastinate",
        "run_worker",
        "collectstatic",
    }
    assert named <= set(get_commands())


def test_the_server_and_what_it_serves_exist(stages):
    (command,) = instructions(stages[-1], "CMD")

    assert '"granian"' in command
    assert "granian" in locked("requirements.txt")
    assert '"config.wsgi:application"' in command
    assert find_spec("config.wsgi")


def test_copied_files_exist(stages):
    copied = [rest.split()[:-1] for stage in stages for rest in instructions(stage, "COPY")]
    paths = [path for sources in copied if "--from" not in sources[0] for path in sources]

    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_image_carries_no_secret_and_nobodys_data():
    ignored = (ROOT / ".dockerignore").read_text().split()

    assert {".env", ".pg", "var", ".git", ".venv"} <= set(ignored)
