"""The dictionary holds for every cell of every table: a small Frictionless validator."""

import re

import pytest

from fans.research.dictionary import TABLES
from tests.fans.research.scene import extracted, score_month_6

PARSERS = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "yearmonth": lambda text: re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text).group(),
}


@pytest.fixture
def opened(scene):
    for each in scene.agreed:
        score_month_6(scene, of=each)
    return extracted(scene.study)


def tables(opened):
    for resource in opened.package["resources"]:
        if resource.get("profile") == "tabular-data-resource":
            yield resource, opened.rows(resource["name"])


def test_every_table_is_described(opened):
    assert [resource["name"] for resource, _ in tables(opened)] == [t.name for t in TABLES]


def test_every_column_is_described_and_every_description_has_its_column(opened):
    for resource, rows in tables(opened):
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == list(rows[0])
        assert all(len(field["description"]) > 10 for field in fields)


def test_every_cell_is_of_its_type_and_keeps_its_constraints(opened):
    checked = 0
    for resource, rows in tables(opened):
        for field in resource["schema"]["fields"]:
            for row in rows:
                check_cell(field, row[field["name"]])
                checked += 1

    assert checked > 1000


def check_cell(field, text):
    limits = field["constraints"]
    if text == "":
        assert not limits["required"], field["name"]
        return
    value = PARSERS[field["type"]](text)
    assert "enum" not in limits or value in limits["enum"], (field["name"], value)
    assert "pattern" not in limits or re.search(limits["pattern"], value)
    assert limits.get("minimum", value) <= value <= limits.get("maximum", value)


def test_primary_keys_are_unique(opened):
    for resource, rows in tables(opened):
        key = resource["schema"].get("primaryKey")
        if key:
            found = [tuple(row[name] for name in key) for row in rows]
            assert len(set(found)) == len(found)
            assert all(all(each) for each in found)


def test_foreign_keys_lead_somewhere(opened):
    checked = 0
    for resource, rows in tables(opened):
        for foreign in resource["schema"].get("foreignKeys", []):
            reference = foreign["reference"]
            there = {
                tuple(row[name] for name in reference["fields"])
                for row in opened.rows(reference["resource"])
            }
            here = {tuple(row[name] for name in foreign["fields"]) for row in rows}
            assert here <= there
            checked += 1

    assert checked == 3


def test_resource_names_are_lower_case_words(opened):
    names = [resource["name"] for resource in opened.package["resources"]]

    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9._-]+", name) for name in [*names, opened.package["name"]])
