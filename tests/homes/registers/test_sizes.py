"""A register of a few thousand homes as a spreadsheet: one answer, whatever the file's kind."""

import pytest
from django.core import serializers

from homes.importer import HomesImporter
from homes.models import Home, RegisterChange, Registration
from homes.register_rows import AT_ONCE
from homes.register_sync import import_homes
from intake.models import ImportReport
from intake.source import SourceFile
from tests.homes.register_columns import DIRECTORY_COLUMNS, HSCA_COLUMNS
from tests.homes.register_files import (
    MANAGER,
    directory_rows,
    hsca_rows,
    write_directory_csv,
    write_hsca_csv,
    write_hsca_ods,
)

MANY = AT_ONCE + 500
"""More than one batch; the whole 20,000 are ``bin/bench``'s."""


@pytest.mark.django_db
def test_a_spreadsheet_a_csv_file_and_the_directory_say_the_same(tmp_path):
    sheet = import_homes(str(write_hsca_ods(tmp_path / "hsca.ods", hsca_rows(MANY))))

    assert (sheet.layout, sheet.read, sheet.new) == ("hsca", MANY, MANY)
    assert Home.objects.count() == Registration.objects.count() == MANY
    same = import_homes(str(write_hsca_csv(tmp_path / "hsca.csv", hsca_rows(MANY))))
    assert (same.same, same.notes) == (MANY, sheet.notes)
    other = import_homes(
        str(write_directory_csv(tmp_path / "directory.csv", directory_rows(MANY)))
    )
    assert (other.read, other.new, other.gone) == (MANY, 0, 0)
    assert other.notes == [f"{MANY} care homes, the file says nothing of beds."]
    assert Registration.objects.filter(beds__isnull=True).count() == 0


@pytest.mark.django_db
def test_many_changes_are_written_at_once(tmp_path, django_assert_max_num_queries):
    import_homes(str(write_hsca_csv(tmp_path / "a.csv", hsca_rows(300))))
    rows = [row | {"Provider Name": "Wren Limited"} for row in hsca_rows(300)]
    path = str(write_hsca_csv(tmp_path / "b.csv", rows))

    with django_assert_max_num_queries(25):
        report = import_homes(path)

    assert report.changed == 300
    assert Registration.objects.filter(provider="Wren Limited").count() == 300


@pytest.mark.django_db
@pytest.mark.parametrize("write", [write_hsca_ods, write_hsca_csv])
def test_no_managers_name_reaches_staging_report_or_database(tmp_path, write):
    path = write(tmp_path / "hsca", hsca_rows(20))

    staged = list(HomesImporter().stage(SourceFile.open(path), {}))
    import_homes(str(path))

    kept = [
        *Home.objects.all(),
        *Registration.objects.all(),
        *RegisterChange.objects.all(),
        *ImportReport.objects.all(),
    ]
    assert len(staged) == 20
    assert MANAGER not in repr(staged)
    assert MANAGER not in serializers.serialize("json", kept)


@pytest.mark.with_data
@pytest.mark.parametrize(
    ("name", "columns"),
    [("hsca_active_locations", HSCA_COLUMNS), ("cqc_directory", DIRECTORY_COLUMNS)],
)
def test_the_columns_are_those_of_the_real_files(real_data, name, columns):
    lines = (real_data / "cqc" / f"{name}_columns.csv").read_text().splitlines()[1:]

    assert [line.partition(",")[2].strip('"') for line in lines] == list(columns)
