"""Versions of the instrument: published once, frozen, drafted, withdrawn, chosen."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fans.openness.errors import InstrumentFrozenError, RefusedError
from fans.openness.instruments import services
from fans.openness.instruments.canonical import fingerprint, instrument_as_text
from fans.openness.instruments.errors import (
    ChangedMeanwhileError,
    NotADraftError,
    NotPublishedError,
    VersionTakenError,
)
from fans.openness.instruments.models import Choice
from fans.openness.instruments.services import load_instrument
from fans.openness.models import Assessment, Instrument, Wave
from fans.openness.services import plan_waves
from tests import factories
from tests.fans.openness.instruments.versions import as_file, v2
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


# --- drafts -----------------------------------------------------------------------------


def test_a_version_comes_in_as_a_draft_and_goes_out_the_same():
    row = services.draft_from_json(document=as_file(v2()))

    assert row.published_at is None
    assert row.indicators.count() == 0
    row.refresh_from_db()
    assert row.body == v2()
    text = instrument_as_text(services.instrument_of(row))
    assert json.loads(text) == v2()


def test_a_version_that_is_wrong_leaves_nothing_behind():
    with pytest.raises(RefusedError, match="levels"):
        services.draft_from_json(document=as_file(v2(levels=[])))

    assert not Instrument.objects.filter(version="v2").exists()


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_no_second_version_of_a_name(version):
    services.draft_from_json(document=as_file(v2()))

    with pytest.raises(VersionTakenError, match=f"a version {version} already"):
        services.draft_from_json(document=as_file(v2(version=version)))


def test_a_draft_is_changed_by_who_saw_it_as_it_stands():
    row = services.draft_from_json(document=as_file(v2()))
    seen = fingerprint(row.body)

    services.change_draft(version="v2", body=v2(title="Second"), seen=seen)
    with pytest.raises(ChangedMeanwhileError):
        services.change_draft(version="v2", body=v2(title="Third"), seen=seen)

    row.refresh_from_db()
    assert row.body["title"] == "Second"


def test_a_change_that_does_not_hold_together_is_refused_whole():
    row = services.draft_from_json(document=as_file(v2()))

    with pytest.raises(RefusedError, match=r"^title: "):
        services.change_draft(
            version="v2", body=v2(title=" ", algorithm=1), seen=fingerprint(row.body)
        )

    row.refresh_from_db()
    assert row.body == v2()


def test_publishing_freezes_a_draft_and_names_its_signs():
    row = services.draft_from_json(document=as_file(v2()))

    services.publish_draft(version="v2", seen=fingerprint(row.body))

    row.refresh_from_db()
    assert row.published_at is not None
    assert row.indicators.count() == 21
    assert row.indicators.get(code="H2").is_assessed
    for refused in (
        lambda: services.publish_draft(version="v2"),
        lambda: services.withdraw_draft(version="v2"),
        lambda: services.change_draft(version="v2", body=v2(), seen=fingerprint(row.body)),
    ):
        with pytest.raises(NotADraftError, match="v2 is published"):
            refused()
    with (
        pytest.raises(IntegrityError, match="openness_instrument_frozen"),
        transaction.atomic(),
    ):
        Instrument.objects.filter(pk=row.pk).update(body=v2(title="Other"))


def test_what_changed_since_it_was_looked_at_is_not_published():
    row = services.draft_from_json(document=as_file(v2()))
    seen = fingerprint(row.body)
    services.change_draft(version="v2", body=v2(title="Second"), seen=seen)

    with pytest.raises(ChangedMeanwhileError):
        services.publish_draft(version="v2", seen=seen)

    row.refresh_from_db()
    assert row.published_at is None


def test_a_draft_that_was_withdrawn_comes_back_as_it_was():
    services.draft_from_json(document=as_file(v2(title="Mine")))

    services.withdraw_draft(version="v2")
    assert not Instrument.objects.filter(version="v2").exists()
    row = services.put_back_draft(version="v2")

    assert row.body == v2(title="Mine")
    with pytest.raises(VersionTakenError):
        services.put_back_draft(version="v2")
    with pytest.raises(Instrument.DoesNotExist):
        services.put_back_draft(version="v7")


# --- the version that new waves take ----------------------------------------------------


def published_v2():
    services.draft_from_json(document=as_file(v2()))
    return services.publish_draft(version="v2")


def test_new_waves_take_v1_until_another_is_chosen(home, administrator):
    assert services.current_version().version == "v1"

    published_v2()
    assert services.current_version().version == "v1"
    services.choose_version(version="v2", by=administrator)

    assert services.current_version().version == "v2"
    waves = plan_waves(enrolment=factories.EnrolmentFactory(home=home))
    assert {wave.instrument.version for wave in waves} == {"v2"}
    assert Choice.objects.get().by == administrator


def test_one_can_go_back_to_the_version_that_comes_with_the_site():
    published_v2()
    services.choose_version(version="v2", by=None)

    services.choose_version(version="v1", by=None)

    assert services.current_version().version == "v1"


def test_a_draft_cannot_be_chosen():
    row = services.draft_from_json(document=as_file(v2()))

    with pytest.raises(NotPublishedError, match="Publish it first"):
        services.choose_version(version="v2", by=None)
    with (
        pytest.raises(IntegrityError, match="instruments_choice_published"),
        transaction.atomic(),
    ):
        Choice.objects.create(instrument=row)


def test_waves_that_are_there_keep_their_version(home):
    waves = plan_waves(enrolment=enrolment_of(home))
    published_v2()

    services.choose_version(version="v2", by=None)

    for wave in waves:
        wave.refresh_from_db()
        assert wave.instrument.version == "v1"


def test_planned_waves_take_it_where_that_is_wanted_and_no_others(home):
    begun, planned, answered = plan_waves(enrolment=enrolment_of(home))
    Assessment.objects.create(wave=answered, group="staff")
    published_v2()

    changed = services.choose_version(version="v2", by=None, planned_too=True)

    assert changed == 1
    versions = [
        Wave.objects.get(pk=w.pk).instrument.version for w in (begun, planned, answered)
    ]
    assert versions == ["v1", "v2", "v1"]


def enrolment_of(home):
    """An enrolment that began today: month 0 is open, months 3 and 6 are planned."""
    return factories.EnrolmentFactory(home=home, starts_on=timezone.localdate())
