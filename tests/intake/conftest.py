"""A list of words on its way in."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from intake import importers, jobs, uploads
from tests.intake.fake import WordImporter


@pytest.fixture
def importer(monkeypatch, settings, tmp_path):
    """The importer of words, the only one; uploads go to a folder of the test's own."""
    settings.STATE_DIR = tmp_path
    importer = WordImporter()
    monkeypatch.setattr(importers, "_importers", {importer.slug: importer})
    return importer


def upload(words, name="words.json"):
    content = words if isinstance(words, bytes) else json.dumps(words).encode()
    return SimpleUploadedFile(name, content)


@pytest.fixture
def start(importer):
    """Hand in a list of words; returns the import's number."""

    def start_with(words, *, by=None, **options) -> int:
        kept = uploads.keep_upload(upload(words))
        job = jobs.start_job(importer="words", kept=kept, options=options, by=by)
        return job.pk

    return start_with


@pytest.fixture
def no_tasks_left(db):
    """Take back what was asked of workers: tests that commit would leave it behind."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
