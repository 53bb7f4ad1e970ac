"""The rules that the database holds of codes and of sheets that are begun."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fans.openness.respond.models import Draft, RespondCode
from tests import factories


def _refused(name, **columns):
    rows = columns.pop("model", RespondCode).objects
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        rows.update(**columns)


def test_a_code_is_of_a_group_that_there_is(code):
    _refused("respond_code_group_known", group="cooks")


def test_a_code_is_kept_as_a_hash_alone(code):
    _refused("respond_code_hash_only", code_hash=code.letters)


def test_who_ended_a_code_did_so_at_a_time(code, coordinator):
    _refused("respond_code_ended_when", ended_by=coordinator)


def test_a_group_has_one_code_at_a_time(code, wave):
    with pytest.raises(IntegrityError, match="respond_code_one_a_group"), transaction.atomic():
        factories.RespondCodeFactory(wave=wave)

    RespondCode.objects.update(ended_at=timezone.now())
    assert factories.RespondCodeFactory(wave=wave)


@pytest.fixture
def sheet(wave, code):
    return Draft.objects.create(wave=wave, group="relatives", code=code, token_hash="a" * 64)


def test_a_sheet_is_begun_by_a_code_or_by_somebody_in_office(sheet, manager):
    _refused("respond_draft_by_code_or_person", model=Draft, person=manager)
    _refused("respond_draft_by_code_or_person", model=Draft, token_hash="")
    _refused("respond_draft_by_code_or_person", model=Draft, code=None)


def test_a_sheet_is_of_a_group_and_in_a_language_that_there_is(sheet):
    _refused("respond_draft_group_known", model=Draft, group="cooks")
    _refused("respond_draft_language_known", model=Draft, language="fr")


def test_a_token_opens_one_sheet(sheet, wave, code):
    with pytest.raises(IntegrityError, match="respond_draft_token_once"), transaction.atomic():
        Draft.objects.create(wave=wave, group="staff", code=code, token_hash="a" * 64)


def test_somebody_in_office_has_one_sheet_a_wave(wave, manager):
    Draft.objects.create(wave=wave, group="manager", person=manager)

    with (
        pytest.raises(IntegrityError, match="respond_draft_one_a_person"),
        transaction.atomic(),
    ):
        Draft.objects.create(wave=wave, group="manager", person=manager)


def test_a_code_and_a_sheet_say_what_they_are(code, sheet):
    assert str(code) == "Code of relatives and friends"
    assert str(sheet) == "A sheet of relatives and friends, begun"
    assert sheet.permission_scope() == code.permission_scope()
    assert sheet.client_uuid != uuid.UUID(int=0)
