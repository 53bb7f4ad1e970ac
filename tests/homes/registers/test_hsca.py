"""The 122-column file: what is taken from it, and what never is."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from django.core import serializers

from homes.models import Home, Registration
from homes.register_sync import import_homes
from homes.registers import hsca
from intake.errors import IntakeError
from intake.models import ImportReport

HSCA = Path(__file__).parents[1] / "data" / "hsca.csv"

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(tmp_path):
    """Write a copy with one cell of its first home changed."""

    def write(column: str, value: str) -> str:
        with HSCA.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        rows[0][column] = value
        path = tmp_path / "hsca.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return str(path)

    return write


def test_counts_homes_and_beds_and_passes_over_other_services():
    report = import_homes(str(HSCA))

    assert report.layout == "hsca"
    assert report.summary().startswith("read 6, new 6, changed 0, same 0, unsure 0, refused 0")
    assert report.notes[0] == (
        "6 care homes, 156 beds; 2 rows are of other services and were passed over."
    )
    assert import_homes(str(HSCA)).same == 6


def test_reads_what_the_register_says_of_a_home():
    import_homes(str(HSCA))

    home = Home.objects.get(name="Beacon Lodge")
    assert (home.kind, home.postcode, home.phone) == ("residential", "OL9 6LD", "01615550101")
    assert home.website == "http://www.beaconlodge.example.org"
    assert home.address == "1 Mill Lane, Oldham, Greater Manchester"
    assert (home.location.x, home.location.y) == (-2.1324876, 53.5436643)
    registration = home.registrations.get()
    assert (registration.beds, registration.from_on) == (22, dt.date(2010, 12, 7))
    assert registration.provider == "Beacon Care Limited"


def test_reads_dates_and_beds_as_spreadsheets_leave_them():
    import_homes(str(HSCA))

    court = Registration.objects.get(name="Weaver Court")
    assert (court.beds, court.from_on, court.provider) == (39, dt.date(2011, 1, 29), "")
    assert court.home.phone == "01615550102"
    assert court.home.postcode == "OL8 2BA"
    assert Registration.objects.get(name="Unknown Beds").beds is None


def test_mends_what_can_be_mended():
    import_homes(str(HSCA))

    elms = Home.objects.get(name='"The Elms", Chadderton')
    assert elms.address == "8 Elm Street Chadderton, Oldham, Greater Manchester"
    assert (elms.postcode, elms.website) == ("OL9 0HF", "")
    assert elms.registrations.get().provider == ""


def test_the_kind_follows_the_service_types():
    import_homes(str(HSCA))

    kinds = dict(Home.objects.values_list("name", "kind"))
    assert kinds["Weaver Court"] == "nursing"
    assert kinds["Two Gates"] == "both"


def test_no_managers_name_is_kept_anywhere(register):
    path = register("Registered manager", "Unforgettable, Ursula")

    report = import_homes(path)

    kept = [
        *Home.objects.all(),
        *Registration.objects.all(),
        *ImportReport.objects.all(),
    ]
    assert report.new == 6
    assert "Unforgettable" not in serializers.serialize("json", kept)
    assert "Registered manager" not in hsca.COLUMNS


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("Location Postal Code", "OL9 6L", '"OL9 6L" is not a UK postcode'),
        ("Location Name", "", "this cell is empty"),
        ("Care homes beds", "many", '"many" is not a number of beds up to 2000'),
        ("Care homes beds", "99999", '"99999" is not a number of beds up to 2000'),
        ("Location HSCA start date", "31/02/2020", '"31/02/2020" is not a date'),
        ("Service type - Care home service without nursing", "", "neither a nursing nor"),
        ("Location Name", "A" * 201, "more than 200 characters"),
        ("Location Street Address", "A" * 301, "the address is too long"),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused_alone(register, column, value, words):
    report = import_homes(register(column, value))

    assert (report.new, report.refused) == (5, 1)
    (refusal,) = report.refusals
    assert refusal.row == 2
    assert refusal.column
    assert words in refusal.reason


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("Location Longitude", "53.54", 'row 2, column "Location Longitude": the point'),
        ("Location Latitude", "", 'row 2, column "Location Latitude": "" is not a number'),
        ("Location ID", "1-8000000002", 'row 3, column "Location ID": .* stands in row 2'),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_whole(register, column, value, words):
    with pytest.raises(IntakeError, match=words):
        import_homes(register(column, value))

    assert not Home.objects.exists()
