"""The register as an import that is looked at before it is written."""

from pathlib import Path

import pytest
from django.db import transaction

from homes.forms import RegisterForm
from homes.importer import HomesImporter
from homes.models import Home, Registration
from homes.register_sync import import_homes
from intake.errors import IntakeError
from intake.importers import importer_named
from intake.report import Outcome
from intake.source import SourceFile

PLAIN = Path(__file__).parent / "data" / "plain.csv"
OPTIONS = {"layout": "auto", "encoding": "utf-8", "whole": True, "allow_vanished": False}

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(tmp_path):
    def write(*replacements: tuple[str, str], drop: str = "") -> SourceFile:
        lines = PLAIN.read_text(encoding="utf-8").splitlines()
        text = "\n".join(line for line in lines if not (drop and drop in line)) + "\n"
        for before, after in replacements:
            assert before in text
            text = text.replace(before, after)
        path = tmp_path / "register.csv"
        path.write_text(text, encoding="utf-8")
        return SourceFile.open(path)

    return write


def _write(source, **options):
    importer = HomesImporter()
    rows = [row for row in importer.stage(source, OPTIONS) if row.refusal is None]
    return importer.write(rows, OPTIONS | options)


def test_is_known_to_the_upload_page():
    assert isinstance(importer_named("homes"), HomesImporter)


def test_stages_every_row_with_its_place(register):
    first, *_, last = HomesImporter().stage(register(("M32 8LH", "nowhere")), OPTIONS)

    assert (first.number, first.key, first.title) == (2, "1-900000001", "Larkfield House")
    assert (first.lon, first.lat) == (-2.3220, 53.4240)
    assert last.refusal.reason == '"nowhere" is not a UK postcode'
    assert not Home.objects.exists()


def test_says_in_words_what_would_change(register):
    _write(register())
    Home.objects.filter(name="Elm Bank").update(phone="0161 999")

    written = _write(
        register(
            ("Larkfield House", "Larkfield Lodge"),
            ("1610000002", "1610000022"),
            ("Residential homes|Homecare agencies", "Nursing homes"),
            ("Fern Limited", "Wren Limited"),
        )
    )

    said = {verdict.number: verdict for verdict in written.verdicts}
    assert said[2].changes == {"Name": ("Larkfield House", "Larkfield Lodge")}
    assert said[3].changes == {"Telephone": ("01610000002", "01610000022")}
    assert said[3].reason == "Stays as it was put right here: Telephone."
    assert said[4].outcome is Outcome.SAME
    assert said[5].changes == {"Kind": ("Residential home", "Nursing home")}
    assert said[6].changes == {"Run by": ("Fern Limited", "Wren Limited")}


def test_says_which_new_home_may_be_one_that_is_gone(register):
    _write(register())

    written = _write(register(("Ash View,1-900000006", "Ash View Home,1-900000016")))

    assert written.verdicts[-1].reason == "May be Ash View, which is no longer listed."
    assert (written.gone, written.questions) == (1, 1)


def test_a_refused_row_keeps_its_registration_open(register):
    _write(register())

    assert _write(register(("M33 2DH", "nowhere"))).gone == 0


def test_part_of_a_register_ends_nothing(register):
    _write(register())

    assert _write(register(drop="Ash View"), whole=False).gone == 0
    assert import_homes(str(register(drop="Fern").path), whole=False).gone == 0
    assert Registration.objects.filter(until__isnull=False).count() == 0


def test_too_many_gone_is_refused_and_nothing_is_written(register):
    _write(register())
    short = register(
        ("Fern Court,1-900000005", "Fern Court,1-900000015"),
        ("Ash View,1-900000006", "Ash View,1-900000016"),
    )

    with pytest.raises(IntakeError, match=r"register.csv: 2 of 6"), transaction.atomic():
        _write(short)
    assert _write(short, allow_vanished=True).gone == 2


def test_nothing_to_write_is_no_fault():
    assert HomesImporter().write([], OPTIONS).verdicts == []


def test_the_form_fills_in_what_was_left_out():
    form = RegisterForm({})

    assert form.is_valid()
    assert form.cleaned_data == OPTIONS | {"whole": False}
    assert not RegisterForm({"layout": "xml"}).is_valid()
