"""Which models are recorded: all of ours, or with a reason why not."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from pghistory.core import event_models
from pghistory.models import Event
from pgtrigger import core
from pgtrigger.registry import registered

from fans.people.audit.erasing import APPEND_ONLY

ROOMS = ("config", "frontend", "fans", "assets", "homes", "geo", "intake")

NOT_RECORDED = {
    "assets.Dataset": "noted by imports, each of which leaves a report that is recorded",
    "audit.AccessLog": "is itself a record that stands",
    "checking.Listed": "noted by imports; what comes of it is a question, which is recorded",
    "checking.Listing": "noted by imports, each of which leaves a report that is recorded",
    "connections.Reach": "kept by triggers; follows from where homes and assets lie",
    "geo.LoadedGazetteer": "says itself when a file was loaded",
    "geo.Place": "loaded from a file as a whole",
    "geo.Postcode": "loaded from a file as a whole",
    "geo.PostcodeCell": "follows from the postcodes",
    "geo.PyramidCell": "follows from the places, and is compared with them each night",
    "geo.PyramidChange": "a count on its way into the pyramid's cells",
    "geo.PyramidCheck": "is itself a record, of counts alone",
    "geo.SettlementTile": "drawn from the postcodes",
    "grid.FromSheet": "says of a row of the log, which is recorded, how it came there",
    "homes.RegisterChange": "is itself a note of a change, and of who saw it",
    "intake.StagedRow": "waits for its import, and says itself what became of it",
    "learning.Reminded": "is itself a book of what was mailed when",
    "lived.Difference": "is itself a finding of a nightly check",
    "lived.Due": "a note that a home is to be scored, gone once it is",
    "lived.LivedScore": "follows from the log, and is computed anew each night",
    "lived.NightlyCheck": "is itself a record, of counts alone",
    "openness.Score": "follows from its evidence, and is computed anew each night",
    "nudges.Mailing": "is itself a book of what was mailed when",
    "nudges.Told": "is itself a book of what was mailed when",
    "post.Mail": "is on its way for a while; what became of it stands in it",
    "matches.MatchStep": "is itself a history that stands",
    "privacy.Erasure": "is itself a record, of counts alone",
    "privacy.RetentionRun": "is itself a record, of counts alone",
    "respond.Draft": "waits to be sent, and then is no more; what was sent is recorded",
    "twins.Sweep": "says itself how far a search came; nobody's doing",
    "waves.Asking": "is itself a book of who had whom reminded when",
    "waves.Told": "is itself a book of what was mailed when",
    "volunteers.Application": "waits for a click in a mail, and then says nothing any more",
    "volunteers.StageEvent": "is itself a history that stands",
}

SECRET = ("password", "token", "secret", "key", "last_login", "hash")
NO_SECRET = {
    "partners.ClaimEvent.address_hash": "of an address, under a key of its own; opens no door",
    "partners.QuestionEvent.address_hash": "the same",
    "post.ApprovalEvent.address_hash": "of an address, under a key of its own; opens no door",
    "post.ReturnedEvent.address_hash": "the same",
    "post.StopEvent.address_hash": "the same",
    "ties.ApproachEvent.address_hash": "the same",
}


def _ours():
    for model in apps.get_models():
        own = model.__module__.split(".")[0] in ROOMS
        if own and not issubclass(model, Event) and not model._meta.proxy:
            yield model


def test_every_model_is_recorded_or_a_reason_stands_here():
    recorded = {model.pgh_tracked_model for model in event_models()}
    missing = {model._meta.label for model in _ours() if model not in recorded}

    assert sorted(missing) == sorted(NOT_RECORDED)


def test_no_secret_is_recorded():
    kept = {
        f"{model._meta.label}.{field.name}"
        for model in event_models()
        for field in model._meta.fields
        if any(word in field.name for word in SECRET)
    }

    assert kept == set(NO_SECRET)


@pytest.mark.parametrize("model", event_models(), ids=lambda model: model._meta.label)
def test_inserts_changes_and_deletions_are_recorded_a_statement_at_a_time(model):
    of_table = [t for m, t in registered() if m is model.pgh_tracked_model]
    recording = {str(t.operation): t for t in of_table if hasattr(t, "event_model")}

    assert set(recording) == {"INSERT", "UPDATE", "DELETE"}
    assert {str(t.level) for t in recording.values()} == {str(core.Statement)}
    assert recording["UPDATE"].row == "OLD"


@pytest.mark.parametrize("model", event_models(), ids=lambda model: model._meta.label)
def test_lines_are_locked_and_found_by_time_row_and_doing(model):
    locks = [t for m, t in registered() if m is model and t.name == APPEND_ONLY]
    indexed = {f.name for f in model._meta.fields if f.db_index or f.primary_key}

    assert len(locks) == 1
    assert indexed == {"pgh_id", "pgh_created_at", "pgh_obj", "pgh_context"}


@pytest.mark.django_db
def test_the_triggers_stand_in_the_database_as_in_the_code():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled = 'O'")
        standing = {row[0] for row in cursor.fetchall()}

    wanted = {trigger.get_pgid(model) for model, trigger in registered()}
    assert wanted <= standing


IGNORED = re.compile(r"pgtrigger\.ignore\(([^)]*)\)")
OF_WAVES = ("openness.Score:{SCORE_FROZEN}", "openness.Wave:{WAVE_STAYS_CLOSED}")
"""What keeps a closed wave as it is; taking back a close and the made-up take it off."""


def test_nobody_but_erasing_takes_the_locks_off():
    taken_off = {
        (path.name, lock)
        for room in ROOMS
        for path in (settings.BASE_DIR / room).rglob("*.py")
        for lock in IGNORED.findall(path.read_text(encoding="utf-8"))
    }

    assert {(name, lock.strip('f"')) for name, lock in taken_off} == {
        ("erasing.py", "*locks"),
        ("closing.py", OF_WAVES[1]),
        ("remove.py", OF_WAVES[0]),
    }
