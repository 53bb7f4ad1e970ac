import pytest
from django.core.management import CommandError, call_command

from intake.command import ImportCommand
from intake.errors import IntakeError
from intake.models import ImportReport
from intake.report import Report
from intake.source import SourceFile
from intake.transactions import one_import


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
