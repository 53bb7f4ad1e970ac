"""docs/security.md claims nothing that no test holds."""

import ast
import re
from pathlib import Path

from django.contrib.auth.hashers import Argon2PasswordHasher
from packaging.version import Version

from tests.test_floors import GDAL_FLOOR, NPM_FLOORS, OPTIONAL_FLOORS, PYTHON_FLOORS

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs/security.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::([\w:]+)`", TEXT)
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.partition("## OWASP")[2].partition("## What is missing")[0].splitlines()
    if re.match(r"\| V\d", line)
]


def defined_in(path):
    """The names of a file's tests; those in a class with the class before them."""
    names = set()
    for node in ast.parse((ROOT / path).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            names.add(node.name)
        if isinstance(node, ast.ClassDef):
            names |= {
                f"{node.name}::{each.name}" for each in node.body if hasattr(each, "name")
            }
    return names


def test_every_test_that_the_document_names_exists():
    files = {path for path, _ in NAMED}
    known = {path: defined_in(path) for path in files if (ROOT / path).exists()}

    assert len(NAMED) > 40
    assert [f"{path}::{name}" for path, name in NAMED if name not in known.get(path, ())] == []


def test_every_item_has_a_test_or_says_that_it_is_not_used():
    assert len(ROWS) >= 20
    assert [
        row[0] for row in ROWS if "`tests/" not in row[3] and "not used" not in row[2]
    ] == []


def test_the_document_tells_the_floors_that_are_tested():
    floors = TEXT.partition("## Floors")[2]
    versions = [*PYTHON_FLOORS.values(), *OPTIONAL_FLOORS.values(), *NPM_FLOORS.values()]

    assert [
        version for version in [*versions, GDAL_FLOOR] if f"| {version}" not in floors
    ] == []
    assert Version(PYTHON_FLOORS["django"]) >= Version("5.2.19")


def test_passwords_are_hashed_with_argon2():
    # Tests run with a quick hasher: what counts is what the settings say to everybody else.
    source = (ROOT / "config/settings/people.py").read_text(encoding="utf-8")
    chosen = re.findall(r"^PASSWORD_HASHERS = \[(.*)\]$", source, re.MULTILINE)

    assert chosen == [f'"django.contrib.auth.hashers.{Argon2PasswordHasher.__name__}"']
    assert Argon2PasswordHasher().encode("correct horse", "salt-of-eight").startswith("argon2$")
