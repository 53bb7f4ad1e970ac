"""Steps of an import that tests take again and again."""

from intake import jobs, running
from intake.models import ImportJob, JobState, StagedRow


def job_of(job_id) -> ImportJob:
    return ImportJob.objects.select_related("report").get(pk=job_id)


def outcomes(job_id):
    return dict(
        StagedRow.objects.filter(job=job_id).order_by("number").values_list("number", "outcome")
    )


def run_to_preview(start, given, **options):
    job_id = start(given, **options)
    running.run_job(job_id)
    assert job_of(job_id).state == JobState.PREVIEW
    return job_id


def bring_in(job_id):
    jobs.bring_in(job_id=job_id, by=None)
    running.run_job(job_id)
    return job_of(job_id)
