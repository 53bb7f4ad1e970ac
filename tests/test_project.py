"""The house: what README, .env.example and the configuration promise is so."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
# Nor is what Django itself reads.
NOT_SETTINGS = {"PATH", "GDAL_DATA", "PROJ_DATA", "FANS_TEST_EXAMPLES", "FANS_PICTURES"}


def tracked():
    """The files that git keeps, or all of a copy without git."""
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listing.returncode:
        pytest.skip("not a git checkout")
    return [
        ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()
    ]


def texts(paths):
    for path in paths:
        try:
            yield path, path.read_text()
        except UnicodeDecodeError:
            continue  # a picture


def documents():
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_models_and_migrations_agree():
    # In a process of its own: once migrations have run, the polygon in a constraint's
    # migration knows its SRID, and no longer equals the one that the model names.
    command = [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout


def test_migrations_are_named_for_what_they_do():
    names = [
        path.stem
        for path in ROOT.glob("**/migrations/[0-9]*.py")
        if not {".venv", "var"} & set(path.relative_to(ROOT).parts)  # other people's packages
    ]

    assert names
    assert [name for name in names if re.search(r"_auto_|_alter_.*_and_more$", name)] == []


def test_commands_of_the_documents_exist():
    named = set()
    for _, text in texts(documents()):
        named |= set(re.findall(r"\b(bin/[a-z]+|\.ci/[a-z]+)\b", text))

    assert {"bin/run", "bin/test"} <= named
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_management_commands_of_the_documents_exist():
    named = set()
    for _, text in texts(documents()):
        named |= set(re.findall(r"\bbin/manage ([a-z_]+)", text))

    assert named - set(get_commands()) == set()


def test_documents_point_to_files_that_exist():
    dead = {
        f"{path.name}: {target}"
        for path, text in texts(documents())
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text)
        if not (path.parent / target).exists()
    }

    assert dead == set()


def variables_read():
    """Names of environment variables that the Python code and the scripts read."""
    pattern = re.compile(
        r"""(?:env\.\w+\(|os\.environ(?:\.get\(|\[)|getenv\()\s*["']([A-Z][A-Z0-9_]+)["']"""
        r"""|\$\{(FANS_[A-Z_]+)[:}]"""
    )
    code = [path for path in tracked() if path.suffix == ".py" or path.parts[-2:-1] == ("bin",)]
    names = {
        name for _, text in texts(code) for match in pattern.findall(text) for name in match
    }
    return {name for name in names if name and not name.startswith("DJANGO_")}


def test_every_variable_is_in_the_example():
    example = (ROOT / ".env.example").read_text()
    explained = set(re.findall(r"^(?:# )?([A-Z][A-Z0-9_]+)=", example, re.MULTILINE))

    read = variables_read() - NOT_SETTINGS

    assert {"DATABASE_URL", "SECRET_KEY", "FANS_PORT"} <= read
    assert read - explained == set()
    assert explained - read - {"POSTGRES_PASSWORD"} == set()


def test_every_room_is_under_the_import_rules():
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    rooms = {path.parent for path in ROOT.glob("*/__init__.py")} - {ROOT / "tests"}
    rooms |= {path.parent for path in ROOT.glob("fans/*/__init__.py")}
    names = {".".join(room.relative_to(ROOT).parts) for room in rooms} - {"fans"}
    layers = next(rule for rule in rules["contracts"] if rule["id"] == "rooms")["layers"]

    assert set(rules["root_packages"]) == {name.split(".")[0] for name in names}
    assert {room.strip() for layer in layers for room in layer.split("|")} == names


def test_lock_files_name_no_package_host():
    locks = [*ROOT.glob("requirements*.txt"), *ROOT.glob("bin/lib/*.txt")]
    locks.append(ROOT / "frontend/package-lock.json")

    naming = [
        f"{path.name}: {line.strip()}"
        for path, text in texts(locks)
        for line in text.splitlines()
        if re.search(r'"resolved"|--(?:extra-)?index-url|--find-links|^\s*-i |@ http', line)
    ]

    assert naming == []


def test_python_locks_have_a_hash_for_every_package():
    for path, text in texts([*ROOT.glob("requirements*.txt"), *ROOT.glob("bin/lib/*.txt")]):
        entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
        bare = [
            entry.split()[0] for entry in entries if entry.strip() and "--hash=" not in entry
        ]
        assert bare == [], path.name


def test_no_file_holds_a_path_of_somebodys_machine():
    homes = re.compile(r"(?:/home/[a-z][\w-]*|/root|/Users/[A-Za-z][\w-]*)/")
    naming = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path, text in texts(tracked())
        if path != Path(__file__).resolve()
        for match in homes.finditer(text)
    ]

    assert naming == []


def test_the_version_comes_from_the_changelog():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert project["dynamic"] == ["version"]
    assert re.search(r"^## ", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)


@pytest.mark.parametrize("name", ["setup", "run", "test", "manage"])
def test_scripts_are_executable_and_plain_sh(name):
    path = ROOT / "bin" / name

    assert path.stat().st_mode & 0o111
    assert path.read_text().startswith("#!/bin/sh\n")


def test_continuous_integration_runs_the_same_tests():
    assert "exec bin/test" in (ROOT / ".ci/run").read_text()
