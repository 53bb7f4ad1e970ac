import datetime as dt
import os
import stat

import pytest
from django.db import IntegrityError
from django.utils import timezone

from intake import jobs, running, uploads
from intake.errors import JobMovedOnError
from intake.models import Decision, ImportJob, JobState, StagedRow
from tests.intake.fake import words
from tests.intake.steps import bring_in, job_of, outcomes, run_to_preview

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_tasks_left")]


ALL_SORTS = ["place one", None, "two=2", "two=2", "three?", "old", "kept=4"]


@pytest.fixture
def known(start):
    """Two words are known from before, one of them with another count."""
    bring_in(run_to_preview(start, ["old", "kept=1"]))
    ImportJob.objects.all().delete()


def test_a_try_out_says_what_would_become_of_each_row_and_writes_nothing(start, known):
    job_id = run_to_preview(start, ALL_SORTS)

    assert list(outcomes(job_id).values()) == [
        "new",
        "refused",
        "new",
        "repeat",
        "unsure",
        "same",
        "changed",
    ]
    job = job_of(job_id)
    assert (job.rows_done, job.rows_total) == (7, 7)
    assert job.counts == dict.fromkeys(
        ["refused", "repeat", "unsure", "same", "changed"], 1
    ) | {"new": 2}
    changed = job.rows.get(number=7)
    assert changed.changes == {"Count": ["1", "4"]}
    assert words() == {"old": 0, "kept": 1}


def test_bringing_in_writes_what_the_try_out_said_and_the_report_adds_up(
    start, known, champion
):
    job_id = run_to_preview(start, ALL_SORTS)
    jobs.bring_in(job_id=job_id, by=champion)
    running.run_job(job_id)

    job = job_of(job_id)
    assert job.state == JobState.DONE
    assert words() == {"kept": 4, "old": 0, "place one": 0, "two": 2}
    report = job.report
    assert report.by == champion
    counted = (report.rows_new, report.rows_changed, report.rows_same, report.rows_unsure)
    assert (*counted, report.rows_refused, report.rows_read) == (2, 1, 2, 1, 1, 7)
    assert report.refusals == [{"row": 2, "reason": "there is no word", "column": "word"}]
    assert job.notes == ["Done."]


def test_what_is_done_keeps_neither_the_file_nor_what_stood_in_it(start):
    job_id = run_to_preview(start, ["one", None, "two?", "one"])
    path = uploads.folder() / job_of(job_id).stored_name
    assert path.exists()

    bring_in(job_id)

    assert not path.exists()
    assert job_of(job_id).stored_name == ""
    rows = StagedRow.objects.filter(job=job_id)
    assert {(row.written, str(row.payload)) for row in rows} == {(True, "{}")}


def test_a_second_import_of_the_same_file_changes_nothing(start):
    bring_in(run_to_preview(start, ["one=1", "two"]))

    job = bring_in(run_to_preview(start, ["one=1", "two"]))

    assert job.report.rows_same == job.report.rows_read == 2


def test_rows_go_to_the_importer_in_batches_of_its_own_size(start, importer):
    run_to_preview(start, ["a", None, "b", "c", "d", "e"])

    assert importer.calls == [[1, 3], [4, 5], [6]]


def test_a_file_that_is_one_transaction_is_written_in_one(start, importer):
    importer.batch_rows = None
    job_id = run_to_preview(start, ["a", "b", None, "c"])

    bring_in(job_id)

    assert importer.calls == [[1, 2, 4], [1, 2, 4]]


def test_a_file_of_refusals_alone_ends_with_a_report(start):
    job = bring_in(run_to_preview(start, [None, None]))

    assert (job.report.rows_read, job.report.rows_refused) == (2, 2)


def test_a_file_without_rows_ends_with_a_report(start):
    assert bring_in(run_to_preview(start, [])).report.rows_read == 0


def test_options_reach_the_importer(start):
    bring_in(run_to_preview(start, ["one"], shout=True))

    assert words() == {"ONE": 0}


def test_somebody_decides_on_what_the_importer_is_unsure_of(start):
    job_id = run_to_preview(start, ["one?", "two?", "three?"])

    jobs.decide(job_id=job_id, number=1, decision=Decision.TAKE)
    jobs.decide(job_id=job_id, number=2, decision=Decision.LEAVE)
    job = bring_in(job_id)

    assert words() == {"one?": 0}
    assert (job.report.rows_new, job.report.rows_unsure) == (1, 2)


def test_only_rows_in_doubt_are_decided_on_and_only_before_they_are_written(start):
    job_id = run_to_preview(start, ["one", "two?"])
    with pytest.raises(StagedRow.DoesNotExist):
        jobs.decide(job_id=job_id, number=1, decision=Decision.TAKE)
    jobs.bring_in(job_id=job_id, by=None)

    with pytest.raises(JobMovedOnError, match="being brought in already"):
        jobs.decide(job_id=job_id, number=2, decision=Decision.TAKE)


# --- what goes wrong ----------------------------------------------------------------------


def test_a_refused_file_stops_with_its_sentence_and_leaves_no_rows(start, importer):
    job_id = start(["one", "two", "three", "stop"])

    running.run_job(job_id)

    job = job_of(job_id)
    assert (job.state, job.error) == ("failed", "words.json, row 4: the file stops here")
    assert not job.rows.exists()


def test_a_fault_of_ours_stops_with_a_plain_sentence_and_can_be_tried_again(
    start, importer, caplog
):
    importer.before = lambda rows: 1 / 0
    job_id = start(["one", "two", "three"])
    running.run_job(job_id)
    assert job_of(job_id).error == running.OUR_FAULT
    assert "ZeroDivisionError" in caplog.text

    importer.before = lambda rows: None
    jobs.try_again(job_id=job_id)
    running.run_job(job_id)

    assert job_of(job_id).state == JobState.PREVIEW


def test_a_fault_while_writing_goes_on_where_it_stopped(start, importer):
    job_id = run_to_preview(start, ["a", "b", "c", "d", "e"])
    importer.after = lambda rows: 1 / 0 if rows[0].number == 3 else None
    assert bring_in(job_id).state == JobState.FAILED
    assert words() == {"a": 0, "b": 0}

    importer.after = lambda rows: None
    jobs.try_again(job_id=job_id)
    running.run_job(job_id)

    assert list(words()) == ["a", "b", "c", "d", "e"]
    assert job_of(job_id).report.rows_new == 5


def test_a_stopped_import_that_has_written_ends_with_a_report_of_what_it_did(start, importer):
    job_id = run_to_preview(start, ["a", "b", "c", None])
    importer.after = lambda rows: 1 / 0 if rows[0].number == 3 else None
    bring_in(job_id)

    jobs.throw_away(job_id=job_id)

    report = job_of(job_id).report
    assert (report.rows_new, report.rows_refused) == (2, 2)
    assert report.refusals[0]["reason"] == jobs.ENDED_EARLY


def test_an_importer_without_a_verdict_on_each_row_is_stopped(start, importer, monkeypatch):
    monkeypatch.setattr(importer, "write", lambda rows, options, by=None: running.Written([]))
    job_id = start(["one"])

    running.run_job(job_id)

    assert job_of(job_id).state == JobState.FAILED


def test_a_file_that_changed_on_disk_is_refused(start):
    job_id = start(["one"])
    (uploads.folder() / job_of(job_id).stored_name).write_text('["two"]')

    running.run_job(job_id)

    assert "has changed since it was uploaded" in job_of(job_id).error


def test_a_file_that_is_gone_is_refused_by_its_own_name(start):
    job_id = start(["one"])
    (uploads.folder() / job_of(job_id).stored_name).unlink()

    running.run_job(job_id)

    assert job_of(job_id).error.startswith("words.json: the file could not be opened")


# --- two people, and what nobody wants any more -----------------------------------------------


def test_of_two_people_who_bring_it_in_the_second_is_told_who_was_first(start, champion):
    job_id = run_to_preview(start, ["one"])
    jobs.bring_in(job_id=job_id, by=champion)

    with pytest.raises(JobMovedOnError, match=r"being brought in already, by Ben"):
        jobs.bring_in(job_id=job_id, by=None)


def test_thrown_away_is_gone_with_its_rows_and_its_file(start):
    job_id = run_to_preview(start, ["one"])
    path = uploads.folder() / job_of(job_id).stored_name

    jobs.throw_away(job_id=job_id)

    assert not path.exists()
    assert job_of(job_id).state == JobState.THROWN_AWAY
    assert not StagedRow.objects.exists()
    with pytest.raises(JobMovedOnError, match="thrown away"):
        jobs.bring_in(job_id=job_id, by=None)


def test_a_try_out_of_more_than_two_weeks_goes_and_a_younger_one_stays(start):
    old, young, done = (run_to_preview(start, [name]) for name in "abc")
    bring_in(done)
    fortnight_ago = timezone.now() - dt.timedelta(days=14, minutes=1)
    ImportJob.objects.filter(pk__in=[old, done]).update(created_at=fortnight_ago)

    assert jobs.tidy() == 1

    states = [job_of(pk).state for pk in (old, young, done)]
    assert states == [JobState.THROWN_AWAY, JobState.PREVIEW, JobState.DONE]


def test_a_file_that_belongs_to_no_import_goes_after_a_day(start):
    job_id = start(["one"])
    ours = uploads.folder() / job_of(job_id).stored_name
    orphan, fresh = uploads.folder() / "orphan", uploads.folder() / "fresh"
    for path in (orphan, fresh):
        path.write_text("x")
    for path in (orphan, ours):
        os.utime(path, (0, 0))

    jobs.tidy()

    assert (ours.exists(), orphan.exists(), fresh.exists()) == (True, False, True)


def test_uploads_are_for_their_owner_alone(start):
    start(["one"])

    (path,) = uploads.folder().iterdir()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(uploads.folder().stat().st_mode) == 0o700
    assert path.suffix == ".json"
    assert "words" not in path.name


# --- constraints -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"state": "lost"}, "state_known"),
        ({"state": "done", "confirmed_at": timezone.now()}, "done_has_report"),
        ({"state": "applying"}, "applied_was_confirmed"),
        ({"rows_total": 1, "rows_done": 2}, "done_within_total"),
    ],
)
def test_the_database_keeps_jobs_in_order(start, values, constraint):
    job_id = start(["one"])

    with pytest.raises(IntegrityError, match=f"intake_importjob_{constraint}"):
        ImportJob.objects.filter(pk=job_id).update(**values)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"outcome": "lost"}, "outcome_known"),
        ({"decision": "maybe"}, "decision_known"),
        ({"lon": 1.0}, "place_in_degrees"),
        ({"lon": 181.0, "lat": 1.0}, "place_in_degrees"),
        ({"outcome": "", "written": True}, "written_has_outcome"),
        ({"number": 2}, "once"),
    ],
)
def test_the_database_keeps_rows_in_order(start, values, constraint):
    job_id = run_to_preview(start, ["one", "two"])

    with pytest.raises(IntegrityError, match=f"intake_stagedrow_{constraint}"):
        StagedRow.objects.filter(job=job_id, number=1).update(**values)
