"""A study begins; an extract is taken, logged, and there whole or not at all."""

import hashlib
import io
import stat
import threading
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections

from fans.research import services
from fans.research.errors import FileExistsAlreadyError, NobodyAgreedError
from fans.research.extract import snapshot
from fans.research.models import Extract, Study
from fans.research.services import make_study, save_extract, take_extract
from tests import factories
from tests.fans.research.scene import asset, met, tie


@pytest.mark.django_db
def test_a_study_gets_a_key_of_its_own():
    cohort = factories.CohortFactory()

    one = make_study(name=" Ties ", cohort=cohort)
    other = make_study(name="More ties", cohort=cohort)

    assert one.name == "Ties"
    assert len(one.key) == 64
    assert one.key != other.key


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "Ties"])
def test_refuses_a_study_without_a_name_of_its_own(name):
    cohort = factories.CohortFactory()
    make_study(name="Ties", cohort=cohort)

    with pytest.raises(ValidationError):
        make_study(name=name, cohort=cohort)

    assert Study.objects.count() == 1


def test_logs_who_took_what(scene, researcher):
    out = io.BytesIO()

    extract = take_extract(study=scene.study, into=out, by=researcher)

    assert extract == Extract.objects.get()
    assert (extract.study, extract.by) == (scene.study, researcher)
    assert extract.sha256 == hashlib.sha256(out.getvalue()).hexdigest()
    assert extract.counts["bytes"] == len(out.getvalue())
    assert extract.counts["rows"] == {
        "homes": 6,
        "partnerships": 9,
        "connections": 9,
        "waves": 0,
    }
    assert extract.counts["left_out"]["homes_without_agreement"] == 2


def test_logs_nothing_where_nobody_agreed(scene):
    scene.study.cohort.enrolments.update(research_agreed_on=None)

    with pytest.raises(NobodyAgreedError, match="The Kingfisher cohort"):
        take_extract(study=scene.study, into=io.BytesIO(), by=None)

    assert not Extract.objects.exists()


def test_writes_a_file_that_its_owner_alone_may_read(scene, tmp_path):
    out = tmp_path / "ties.zip"

    extract = save_extract(study=scene.study, out=out)

    assert hashlib.sha256(out.read_bytes()).hexdigest() == extract.sha256
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert zipfile.ZipFile(out).testzip() is None
    assert list(tmp_path.iterdir()) == [out]


def test_refuses_to_write_over_a_file(scene, tmp_path):
    out = tmp_path / "ties.zip"
    out.write_text("mine")

    with pytest.raises(FileExistsAlreadyError, match="--force"):
        save_extract(study=scene.study, out=out)

    assert out.read_text() == "mine"
    assert not Extract.objects.exists()


def test_writes_over_a_file_where_told_to(scene, tmp_path):
    out = tmp_path / "ties.zip"
    out.write_text("mine")

    save_extract(study=scene.study, out=out, force=True)

    assert zipfile.is_zipfile(out)


def test_leaves_nothing_behind_where_writing_fails(scene, tmp_path, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError(28, "No space left on device")

    out = tmp_path / "ties.zip"
    out.write_text("before")
    monkeypatch.setattr(services.os, "fsync", fail)

    with pytest.raises(OSError, match="No space"):
        save_extract(study=scene.study, out=out, force=True)

    assert [file.name for file in tmp_path.iterdir()] == ["ties.zip"]
    assert out.read_text() == "before"


@pytest.mark.django_db(transaction=True)
def test_sees_the_database_at_one_moment(home):
    place = tie(home, asset("Hall"))

    def log_meanwhile():
        met(place, "2026-11-01")
        connections.close_all()

    with snapshot() as cursor:
        cursor.execute("SELECT count(*) FROM connections_connection")
        [before] = cursor.fetchone()
        other = threading.Thread(target=log_meanwhile)
        other.start()
        other.join()
        cursor.execute("SELECT count(*) FROM connections_connection")
        [after] = cursor.fetchone()
        cursor.execute("SHOW transaction_isolation")
        [level] = cursor.fetchone()

    assert (before, after, level) == (0, 0, "repeatable read")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM connections_connection")
        assert cursor.fetchone() == (1,)
