"""Nothing private of the database is in any file of an extract, whatever its column."""

import datetime as dt
import re
import uuid

import pytest
from django.apps import apps
from django.contrib.gis.db.models import PointField
from django.db import models

from fans.people.models import Person
from tests.fans.research.scene import BIG, extracted, score_month_6

ROOMS = ("homes", "assets", "geo", "people", "cohorts", "connections", "openness", "research")
TOLD = {  # texts that an extract is meant to tell
    ("Home", "local_authority"),
    ("Registration", "local_authority"),
    ("Home", "location_source"),  # "register", "map": words of ours
    ("Asset", "location_source"),
    ("Instrument", "version"),
    ("Indicator", "code"),
    ("Indicator", "dimension"),
}
LEAST_LETTERS = 4
"""A shorter text stands in other words by accident."""


@pytest.fixture
def everything(scene):
    """All files of an extract as one text; a researcher and others have accounts."""
    Person.objects.create(name="Evangeline Montague", email="evangeline@montague.example")
    for each in scene.agreed[:2]:
        score_month_6(scene, of=each)
    return "\n".join(extracted(scene.study).files.values())


def values(field_types):
    """Give every stored value of such fields, as (model, field, value)."""
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            for field in model._meta.concrete_fields:
                if isinstance(field, field_types):
                    stored = model._default_manager.values_list(field.name, flat=True)
                    yield from (
                        (model, field, value) for value in stored if value not in (None, "")
                    )


def test_no_name_address_mailbox_postcode_or_note(everything):
    texts = {
        value
        for model, field, value in values((models.CharField, models.TextField))
        if not field.choices
        and (model.__name__, field.name) not in TOLD
        and len(value) >= LEAST_LETTERS
    }

    assert len(texts) > 50
    assert [text for text in texts if text.lower() in everything.lower()] == []


def test_no_word_of_a_list_that_somebody_typed(everything):
    assert "Ignatius" not in everything


def test_no_number_of_a_record(everything):
    numbers = {
        value
        for _, _, value in values((models.BigAutoField, models.ForeignKey))
        if isinstance(value, int) and value >= BIG
    }

    assert len(numbers) > 40
    assert [number for number in numbers if str(number) in everything] == []


def test_no_day(everything):
    days = {
        value.date() if isinstance(value, dt.datetime) else value
        for _, _, value in values((models.DateField, models.DateTimeField))
    }

    written = {day.strftime(f) for day in days for f in ("%Y-%m-%d", "%d/%m/%Y", "%-d %B %Y")}
    assert len(days) > 10
    assert [day for day in written if day in everything] == []
    assert re.findall(r"\d{4}-\d{2}-\d{2}", everything) == []


def test_no_point_on_the_map(everything):
    points = [point for _, _, point in values(PointField)]

    assert len(points) > 8
    for point in points:
        assert f"{point.x:.3f}" not in everything
        assert f"{point.y:.3f}" not in everything


def test_no_number_that_a_browser_gave(everything):
    found = [value for _, _, value in values(models.UUIDField)]

    assert len(found) > 10
    assert all(isinstance(value, uuid.UUID) for value in found)
    assert [u for u in found if str(u) in everything or u.hex in everything] == []


def test_no_key_of_the_study(everything, scene):
    assert scene.study.key not in everything
