"""Versions of the instrument: published once, frozen, drafted, withdrawn, chosen."""

import json

import pytest
from django.db import IntegrityError, transaction

from fans.openness.errors import InstrumentFrozenError
from fans.openness.instruments import services
from fans.openness.instruments.services import load_instrument
from fans.openness.models import Instrument
from tests.fans.openness.larkfield import V1

pytestmark = pytest.mark.django_db


def test_publishes_the_instrument_once():
    first = load_instrument()
    again = load_instrument()

    assert again.pk == first.pk
    assert again.published_at == first.published_at
    assert first.indicators.count() == 20
    assert [i.code for i in first.indicators.filter(is_assessed=True)] == [
        i.id for i in V1.asked
    ]


def test_publishes_a_draft_of_the_same_version():
    Instrument.objects.create(version="v1", algorithm=1, body={})

    assert load_instrument().body["version"] == "v1"


def test_refuses_to_change_a_published_instrument(monkeypatch, tmp_path):
    load_instrument()
    changed = json.loads((services.PUBLISHED / "v1.json").read_text(encoding="utf-8"))
    changed["title"] = "Another one"
    (tmp_path / "v1.json").write_text(json.dumps(changed), encoding="utf-8")
    monkeypatch.setattr(services, "PUBLISHED", tmp_path)

    with pytest.raises(InstrumentFrozenError, match="v1 is published"):
        load_instrument()


def test_freezes_a_published_instrument_in_the_database():
    row = load_instrument()

    with (
        pytest.raises(IntegrityError, match="openness_instrument_frozen"),
        transaction.atomic(),
    ):
        Instrument.objects.filter(pk=row.pk).update(algorithm=2)
    with (
        pytest.raises(IntegrityError, match="openness_instrument_frozen"),
        transaction.atomic(),
    ):
        Instrument.objects.filter(pk=row.pk).delete()
