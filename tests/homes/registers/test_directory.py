"""The 15-column directory: a few lines of title, then the header; postcodes alone."""

import pytest

from geo.models import Postcode
from homes.models import Home, Registration
from homes.register_sync import import_homes
from intake.errors import IntakeError
from tests import factories
from tests.homes.register_columns import DIRECTORY_COLUMNS
from tests.homes.register_files import directory_rows, write_directory_csv

pytestmark = pytest.mark.django_db

AS_OF_OLD = tuple(
    {
        "Local authority": "Local Authority",
        "Service's website (if available)": "Service’s website",
        "CQC Location ID (for office use only)": "CQC Location (for office use only",
    }.get(column, column)
    for column in DIRECTORY_COLUMNS
)


@pytest.fixture
def directory(tmp_path):
    """Write a directory of made-up homes; some cells of the first one changed."""

    def write(columns=DIRECTORY_COLUMNS, homes=5, **cells) -> str:
        rows = list(directory_rows(homes))
        rows[0] |= cells
        return str(write_directory_csv(tmp_path / "directory.csv", rows, columns))

    return write


def test_takes_every_home_and_nothing_the_second_time(directory):
    report = import_homes(directory())

    assert report.layout == "directory"
    assert report.summary().startswith("read 5, new 5, changed 0, same 0,")
    assert report.notes[0] == "5 care homes, the file says nothing of beds."
    assert import_homes(directory()).same == 5
    assert set(Registration.objects.values_list("beds", flat=True)) == {None}


@pytest.mark.parametrize("columns", [DIRECTORY_COLUMNS, AS_OF_OLD])
def test_headers_of_older_files_are_known_too(directory, columns):
    path = directory(columns, **{"Local authority": "Salford"})

    assert import_homes(path).new == 5
    home = Registration.objects.get(regulator_id="1-7000000000").home
    assert (home.local_authority, home.website) == ("Salford", "http://www.home0.example.org")


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        ("Nursing homes|Nursing homes", "nursing"),
        ("Residential homes|Homecare agencies|Residential homes", "residential"),
        ("Residential homes|Nursing homes", "both"),
    ],
)
def test_the_kind_follows_the_service_types(directory, types, kind):
    import_homes(directory(**{"Service types": types}))

    assert Registration.objects.get(regulator_id="1-7000000000").home.kind == kind


def test_other_services_are_passed_over(directory):
    report = import_homes(directory(**{"Service types": "Doctors/GPs|Doctors/GPs"}))

    assert report.read == 4
    assert "1 rows are of other services" in report.notes[0]


def test_the_postcode_gives_the_place(directory):
    Postcode.objects.create(code="M332DH", location=factories.SALE)

    import_homes(directory(Postcode="M33 2DH"))

    home = Home.objects.get(postcode="M33 2DH")
    assert home.location.equals_exact(factories.SALE, 1e-9)
    assert home.location_source == "postcode"


def test_rows_are_numbered_as_the_spreadsheet_shows_them(directory):
    report = import_homes(directory(Postcode="nowhere"))

    assert [(each.row, each.column) for each in report.refusals] == [(6, "Postcode")]


@pytest.mark.parametrize("missing", ["Local authority", "Service types", "Name"])
def test_a_missing_column_is_refused_by_name(directory, missing):
    columns = tuple("Else" if each == missing else each for each in DIRECTORY_COLUMNS)

    with pytest.raises(IntakeError, match=rf'row 5, column "{missing}"'):
        import_homes(directory(columns))
    assert not Home.objects.exists()
