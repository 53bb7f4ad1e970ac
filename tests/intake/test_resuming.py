"""Imports that are cut short, at any point, end as if they had not been."""

import psycopg
import pytest
from django.db import OperationalError, connection, connections, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from intake import jobs, running, tasks
from intake.models import ImportJob, ImportReport, JobState
from tests.intake.fake import words
from tests.intake.steps import job_of, outcomes, run_to_preview

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_tasks_left")]


def lose_database(*_):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


def cut_short(importer, at, *, hook):
    """Lose the database in the ``at``-th call of ``write``, before or after its rows."""
    first = len(importer.calls)

    def lose(rows):
        if len(importer.calls) - first == at:
            lose_database()

    setattr(importer, hook, lose)


GIVEN = ["a", "b=1", None, "c", "d?", "e", "a", "f"]


@pytest.mark.parametrize("hook", ["before", "after"])
@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_lost_database_leaves_whole_batches_and_the_import_goes_on(
    start, importer, at, hook, caplog
):
    job_id = run_to_preview(start, GIVEN)
    told = outcomes(job_id)
    jobs.bring_in(job_id=job_id, by=None)
    if at < 4:
        cut_short(importer, at, hook=hook)
        with pytest.raises(OperationalError):
            running.run_job(job_id)
        job = job_of(job_id)
        assert (job.state, job.error) == (JobState.APPLYING, "")
        assert job.rows.filter(written=True).count() == job.rows_done == 2 * (at - 1)
        assert not ImportReport.objects.filter(importer="words").exists()

    importer.before = importer.after = lambda rows: None
    running.run_job(job_id)

    assert outcomes(job_id) == told
    assert words() == {"a": 0, "b": 1, "c": 0, "e": 0, "f": 0}
    report = job_of(job_id).report
    assert (report.rows_new, report.rows_same, report.rows_unsure) == (5, 1, 1)


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_lost_database_while_comparing_is_compared_on(start, importer, at):
    job_id = start(GIVEN)
    cut_short(importer, at, hook="after")
    with pytest.raises(OperationalError):
        running.run_job(job_id)
    assert job_of(job_id).state == JobState.READING

    importer.before = importer.after = lambda rows: None
    running.run_job(job_id)

    job = job_of(job_id)
    assert (job.state, job.rows_done, job.rows_total) == (JobState.PREVIEW, 8, 8)
    assert list(outcomes(job_id).values()).count("new") == 5


def test_a_reading_that_was_cut_short_starts_from_scratch(start, importer, monkeypatch):
    monkeypatch.setattr(running, "COPIED_AT_ONCE", 2)
    job_id = start(["a", "b", "c", "d", "e"])
    stage = importer.stage

    def half(source, options):
        for row in stage(source, options):
            if row.number == 4:
                lose_database()
            yield row

    monkeypatch.setattr(importer, "stage", half)
    with pytest.raises((OperationalError, psycopg.OperationalError)):
        running.run_job(job_id)
    assert job_of(job_id).rows_done == 2
    assert job_of(job_id).rows_total is None

    monkeypatch.setattr(importer, "stage", stage)
    running.run_job(job_id)

    assert list(outcomes(job_id)) == [1, 2, 3, 4, 5]
    assert job_of(job_id).state == JobState.PREVIEW


@pytest.fixture
def other_session():
    """A database session beside the test's own."""
    other = connections["default"].copy()
    other.ensure_connection()
    yield other
    other.close()


def hold(session, job_id):
    with session.cursor() as cursor:
        cursor.execute(running._KEY.format("pg_advisory_lock"), [job_id])


def let_go(session, job_id):
    with session.cursor() as cursor:
        cursor.execute(running._KEY.format("pg_advisory_unlock"), [job_id])


def test_one_runner_a_job(start, importer, other_session):
    job_id = start(["one"])
    hold(other_session, job_id)

    assert running.run_job(job_id) is False
    assert importer.calls == []
    assert running.is_held(job_id)
    let_go(other_session, job_id)
    assert running.run_job(job_id) is True


def test_nothing_is_written_over_another_session_than_the_one_that_holds_the_job(
    start, importer
):
    job_id = run_to_preview(start, ["a", "b", "c"])
    jobs.bring_in(job_id=job_id, by=None)

    def reconnect(rows):
        connection.close()

    importer.after = reconnect
    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever the closed connection says
        running.run_job(job_id)

    assert words() == {}
    assert job_of(job_id).state == JobState.APPLYING


def test_what_nobody_is_at_is_asked_for_once(start, other_session):
    idle, held, over = start(["one"]), start(["two"]), start(["three"])
    running.run_job(over)
    hold(other_session, held)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")

    assert tasks.resume_jobs() == [idle]
    assert tasks.resume_jobs() == [idle]

    asked = ProcrastinateJob.objects.filter(task_name="intake.run_job")
    assert [job.args for job in asked] == [{"job_id": idle}]


def test_a_job_is_asked_for_in_the_transaction_that_makes_it(start):
    with transaction.atomic():
        start(["one"])
        assert ProcrastinateJob.objects.filter(task_name="intake.run_job").exists()
        transaction.set_rollback(True)

    assert not ProcrastinateJob.objects.filter(task_name="intake.run_job").exists()
    assert not ImportJob.objects.exists()


def test_the_task_brings_a_job_to_its_try_out(start):
    job_id = start(["one"])

    tasks.run_job(job_id=job_id)

    assert job_of(job_id).state == JobState.PREVIEW


def test_a_job_that_was_thrown_away_meanwhile_is_left_alone(start, importer):
    job_id = start(["one", "two", "three"])
    importer.after = lambda rows: None
    running.run_job(job_id)
    jobs.throw_away(job_id=job_id)

    running.run_job(job_id)

    assert job_of(job_id).state == JobState.THROWN_AWAY
