import pytest
from django.core.management import CommandError, call_command

from intake import running
from intake.command import ImportCommand
from intake.errors import IntakeError
from intake.models import ImportJob, ImportReport
from intake.report import Report
from intake.source import SourceFile
from intake.transactions import one_import
from tests.intake.steps import job_of


class Importer(ImportCommand):
    """Counts the file as one new row."""

    def run_import(self, **options):
        source = SourceFile.open(options["file"])
        report = Report("test", source, read=1, new=1)
        with one_import("test", dry_run=options["dry_run"]):
            report.store()
        if source.path.read_text() == "bad":
            raise IntakeError("no such thing", file=source.name, row=3, column="lon")
        return report


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "homes.csv"
    path.write_text("good")
    return path


def test_prints_the_report_and_keeps_it(db, capsys, file):
    call_command(Importer(), str(file))

    assert capsys.readouterr().out.startswith("read 1, new 1, changed 0")
    assert ImportReport.objects.count() == 1


def test_a_dry_run_prints_the_same_line_and_writes_nothing(db, capsys, file):
    call_command(Importer(), str(file), dry_run=True)

    assert capsys.readouterr().out.startswith("read 1, new 1, changed 0")
    assert not ImportReport.objects.exists()


def test_a_refused_file_ends_with_its_sentence_and_exit_code_2(db, file):
    file.write_text("bad")

    with pytest.raises(
        CommandError, match=r'^homes.csv, row 3, column "lon": no such'
    ) as raised:
        call_command(Importer(), str(file))

    assert raised.value.returncode == 2


class InBackground(Importer):
    importer = "words"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--most", type=int)


def test_in_the_background_a_copy_waits_and_its_address_is_printed(
    db, capsys, tmp_path, importer, settings
):
    path = tmp_path / "mine.json"
    path.write_text('["one"]')

    call_command(InBackground(), str(path), in_background=True)

    job = ImportJob.objects.get()
    assert f"{settings.SITE_URL}/imports/{job.pk}/" in capsys.readouterr().out
    assert (job.state, job.file_name) == ("waiting", "mine.json")
    path.unlink()
    running.run_job(job.pk)
    assert job_of(job.pk).state == "preview"


def test_an_option_that_the_importer_refuses_makes_no_import(db, tmp_path, importer):
    path = tmp_path / "mine.json"
    path.write_text('["one"]')

    with pytest.raises(CommandError, match="most: Ensure this value"):
        call_command(InBackground(), str(path), in_background=True, most=0)

    assert not ImportJob.objects.exists()


def test_what_waits_is_run_in_the_foreground_where_there_is_no_worker(start, db, capsys):
    good, bad = start(["one"]), start(["stop"])

    call_command("run_imports")

    said = capsys.readouterr().out
    assert f"{good}, words.json: A try-out to look at" in said
    assert f"{bad}, words.json: Stopped: words.json, row 1: the file stops here" in said
    assert "No import waits." in said
