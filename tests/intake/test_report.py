import pytest
from django.db import IntegrityError

from intake.errors import RowsLostError
from intake.models import ImportReport
from intake.report import Outcome, Report
from intake.source import SourceFile


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "homes.csv"
    path.write_text("name\nA\n")
    return Report(importer="homes", source=SourceFile.open(path), layout="plain")


def test_prints_the_one_line_and_then_the_refusals_in_the_files_order(report):
    report.read = 3
    report.count(Outcome.NEW)
    report.refuse(7, "is not a postcode", "postcode")
    report.refuse(4, "has no name")
    report.notes.append("1,574 beds")

    assert list(report.lines()) == [
        "read 3, new 1, changed 0, same 0, unsure 0, refused 2, gone 0, questions 0",
        "1,574 beds",
        "row 4: has no name",
        "row 7, postcode: is not a postcode",
    ]


def test_says_so_when_a_row_has_vanished(report):
    report.read = 2
    report.count(Outcome.SAME)

    with pytest.raises(RowsLostError, match="2 rows read, 1 accounted for"):
        list(report.lines())


def test_stores_itself_with_every_refusal(report, administrator):
    report.read = 1
    report.refuse(2, "is not a postcode", "postcode")

    kept = report.store(by=administrator)

    kept.refresh_from_db()
    assert (kept.importer, kept.file_name, kept.layout) == ("homes", "homes.csv", "plain")
    assert (kept.rows_read, kept.rows_refused, kept.by) == (1, 1, administrator)
    assert kept.refusals == [{"row": 2, "reason": "is not a postcode", "column": "postcode"}]


def test_the_database_refuses_a_report_that_does_not_add_up(db):
    with pytest.raises(IntegrityError, match="intake_importreport_adds_up"):
        ImportReport.objects.create(
            importer="homes",
            file_name="homes.csv",
            sha256="0" * 64,
            rows_read=2,
            rows_new=1,
            rows_changed=0,
            rows_same=0,
            rows_unsure=0,
            rows_refused=0,
        )
