"""A register goes in: what is new, changed, same, gone, and asked."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from geo.models import Postcode, PostcodeCell
from homes.models import Home, Registration, RegistrationQuestion
from homes.register_sync import import_homes
from intake.errors import IntakeError
from intake.models import ImportReport
from tests import factories

PLAIN = Path(__file__).parent / "data" / "plain.csv"

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(tmp_path):
    """Write a changed copy of the plain register and return its path."""

    def write(*replacements: tuple[str, str], drop: str = "") -> Path:
        lines = PLAIN.read_text(encoding="utf-8").splitlines()
        text = "\n".join(line for line in lines if not (drop and drop in line)) + "\n"
        for before, after in replacements:
            assert before in text
            text = text.replace(before, after)
        path = tmp_path / "register.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def _counts(path, **options):
    return import_homes(str(path), **options).summary()


def test_takes_in_every_home_and_nothing_the_second_time():
    assert _counts(PLAIN).startswith("read 6, new 6, changed 0, same 0, unsure 0, refused 0")
    assert _counts(PLAIN).startswith("read 6, new 0, changed 0, same 6, unsure 0, refused 0")
    assert Home.objects.count() == Registration.objects.count() == 6


def test_mends_what_spreadsheets_do_to_a_row():
    import_homes(str(PLAIN))

    rivers = Home.objects.get(name="Two Rivers")
    assert rivers.kind == "both"
    assert rivers.website == "http://beta.tworivers.example.org"
    assert rivers.phone == "01610000003"
    oak = Home.objects.get(name="Oak Lodge")
    assert oak.phone == "01610000004"
    assert oak.website == ""
    assert oak.registrations.get().provider == ""
    assert (oak.location.x, oak.location.y) == (-2.3650, 53.4470)
    assert (oak.location_precision, oak.location_source) == ("postcode", "register")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1 Lark Lane, Sale", "1 Lark Lane,Sale"),
        ("https://www.elmbank.example.org/", "http://elmbank.example.org"),
        ("beta.tworivers.example.org", "https://www.tworivers.example.org/"),
        ("-2.3220,53.4240", "-2.322005,53.424004"),
        ("1610000001", "0161 000 0001"),
        ("2024-02-10", "2025-02-10"),
    ],
)
def test_spelling_of_the_same_thing_is_no_change(register, before, after):
    import_homes(str(PLAIN))

    assert ", changed 0, same 6," in _counts(register((before, after)))


@pytest.mark.parametrize(
    ("before", "after", "field", "value"),
    [
        ("Elm Bank", "Elm Banks", "name", "Elm Banks"),
        ("1 Lark Lane, Sale", "9 Lark Lane, Sale", "address", "9 Lark Lane, Sale"),
        ("1610000001", "1610000099", "phone", "01610000099"),
        ("https://www.elmbank.example.org/", "NA", "website", ""),
    ],
)
def test_a_change_is_taken_over(register, before, after, field, value):
    import_homes(str(PLAIN))

    assert ", changed 1, same 5," in _counts(register((before, after)))
    assert Home.objects.filter(**{field: value}).exists()


def test_a_new_provider_is_a_change_of_the_registration(register):
    import_homes(str(PLAIN))

    assert ", changed 1, same 5," in _counts(register(("Lark Care Limited", "Wren Limited")))
    assert Registration.objects.get(regulator_id="1-900000001").provider == "Wren Limited"


def test_a_move_of_more_than_a_metre_is_a_change(register):
    import_homes(str(PLAIN))

    assert ", changed 1, same 5," in _counts(register(("-2.3220,53.4240", "-2.3221,53.4240")))


def test_a_place_put_right_by_hand_stays(register):
    import_homes(str(PLAIN))
    Home.objects.filter(name="Larkfield House").update(location_source="map")

    moved = register(("-2.3220,53.4240", "-2.3300,53.4240"))
    assert ", changed 1, same 5," in _counts(moved)
    assert Home.objects.get(name="Larkfield House").location.x == -2.3220
    assert ", changed 0, same 6," in _counts(moved)


@pytest.mark.parametrize(
    ("field", "ours", "before", "after"),
    [
        ("phone", "0161 000 0077", "1610000001", "1610000099"),
        ("name", "Larkfield", "Larkfield House", "Larkfield Lodge"),
        ("address", "The Old Barn, Sale", "1 Lark Lane, Sale", "9 Lark Lane, Sale"),
    ],
)
def test_what_somebody_here_has_put_right_stays(register, field, ours, before, after):
    import_homes(str(PLAIN))
    home = Home.objects.get(name="Larkfield House")
    Home.objects.filter(pk=home.pk).update(**{field: ours})

    assert ", changed 0, same 6," in _counts(PLAIN)
    assert ", changed 1, same 5," in _counts(register((before, after)))

    home.refresh_from_db()
    assert getattr(home, field) == ours


def test_a_layout_without_beds_takes_none_away(register):
    import_homes(str(PLAIN))
    Registration.objects.update(beds=40)

    import_homes(str(register(("Elm Bank", "Elm Banks"))))

    assert set(Registration.objects.values_list("beds", flat=True)) == {40}


def test_small_moves_do_not_add_up_unseen(register):
    import_homes(str(PLAIN))
    for lon in ("-2.322010", "-2.322020"):  # 0.7 m, then 1.3 m from the first
        report = import_homes(str(register(("-2.3220,", f"{lon},"))))

    assert report.changed == 1
    assert Home.objects.get(name="Larkfield House").location.x == -2.32202


def test_what_is_no_longer_listed_ends_and_stays(register):
    import_homes(str(PLAIN))

    assert _counts(register(drop="Ash View")).endswith("gone 1, questions 0")
    ended = Registration.objects.get(regulator_id="1-900000006")
    assert ended.until is not None
    assert Home.objects.filter(name="Ash View").exists()
    assert not Home.objects.registered().filter(name="Ash View").exists()


def test_what_is_listed_again_opens_again(register):
    import_homes(str(PLAIN))
    import_homes(str(register(drop="Ash View")))

    assert ", changed 1, same 5," in _counts(PLAIN)
    assert Registration.objects.get(regulator_id="1-900000006").until is None


def test_more_than_a_fifth_gone_stops_until_somebody_says_it_is_right(register):
    import_homes(str(PLAIN))
    short = register(
        ("Fern Court,1-900000005", "Fern Court,1-900000015"),
        ("Ash View,1-900000006", "Ash View,1-900000016"),
    )

    with pytest.raises(IntakeError, match=r"2 of 6 registrations would end.*--allow-vanished"):
        import_homes(str(short))
    assert Registration.objects.filter(until__isnull=True).count() == 6
    assert Home.objects.count() == 6

    assert _counts(short, allow_vanished=True).endswith("gone 2, questions 2")


def test_a_new_registration_at_the_same_postcode_is_asked_about(register):
    import_homes(str(PLAIN))
    renewed = register(("Ash View,1-900000006", "Ash View Care Home,1-900000016"))

    assert _counts(renewed) == (
        "read 6, new 1, changed 0, same 5, unsure 0, refused 0, gone 1, questions 1"
    )
    question = RegistrationQuestion.objects.get()
    assert question.gone.regulator_id == "1-900000006"
    assert question.new.regulator_id == "1-900000016"
    assert _counts(renewed).endswith("same 6, unsure 0, refused 0, gone 0, questions 0")


def test_asks_about_what_ended_in_an_earlier_file_too(register):
    import_homes(str(PLAIN))
    import_homes(str(register(drop="Ash View")))

    renewed = register(("Ash View,1-900000006", "Ash View Care Home,1-900000016"))

    assert _counts(renewed).endswith("gone 0, questions 1")


def test_what_is_listed_again_needs_no_answer_any_more(register):
    import_homes(str(PLAIN))
    renewed = register(("Ash View,1-900000006", "Ash View Care Home,1-900000016"))
    import_homes(str(renewed))

    import_homes(str(PLAIN))

    assert not RegistrationQuestion.objects.exists()


def test_a_better_gazetteer_places_a_home_better(register):
    PostcodeCell.objects.create(
        code="M33 2", kind="sector", location=factories.SALE, postcodes_count=9
    )
    path = register(("-2.3220,53.4240", ","))
    import_homes(str(path))
    exactly = factories.metres_east(factories.SALE, 300)
    Postcode.objects.create(code="M332DH", location=exactly)

    assert ", changed 1, same 5," in _counts(path)

    home = Home.objects.get(name="Larkfield House")
    assert home.location_precision == "postcode"
    assert home.location.equals_exact(exactly, 1e-9)
    assert ", changed 0, same 6," in _counts(path)


def test_homes_of_other_authorities_and_made_up_ones_are_left_alone():
    factories.HomeFactory(name="Far Away", local_authority="Oldham").registrations.update(
        local_authority="Oldham"
    )
    factories.HomeFactory(name="Made Up", is_demo=True)

    assert _counts(PLAIN).endswith("gone 0, questions 0")
    assert Registration.objects.filter(until__isnull=False).count() == 0


def test_a_refused_row_is_listed_all_the_same(register):
    import_homes(str(PLAIN))
    report = import_homes(str(register(("M32 8LH", "somewhere"))))

    assert ", same 5, unsure 0, refused 1, gone 0," in report.summary()
    assert list(map(str, report.refusals)) == [
        'row 7, postcode: "somewhere" is not a UK postcode'
    ]


def test_a_dry_run_says_the_same_and_writes_nothing():
    dry = import_homes(str(PLAIN), dry_run=True)

    assert dry.summary().startswith("read 6, new 6,")
    assert not Home.objects.exists()
    assert not ImportReport.objects.exists()


def test_says_what_the_counts_do_not(register):
    import_homes(str(PLAIN))
    path = register(
        ("Ash View,1-900000006", "Ash View Care Home,1-900000016"),
        ("-2.3220,53.4240", ","),
        ("-2.3230,53.4250\n", "-2.3230,53.4250\n,,,,,,,,,,,,,\n"),
    )
    Home.objects.filter(name="Larkfield House").update(
        location=None, location_precision="", location_source=""
    )

    report = import_homes(str(path))

    assert report.notes == [
        "6 care homes, the file says nothing of beds.",
        "1 blank row was passed over.",
        "1 home has no place yet: the postcode is not known either.",
        "Somebody has to say which of them are one home: see /homes/questions/",
    ]


def test_the_report_is_kept():
    import_homes(str(PLAIN))

    kept = ImportReport.objects.get()
    assert (kept.importer, kept.layout, kept.rows_new) == ("homes", "plain", 6)


def test_a_home_without_a_point_is_placed_by_its_postcode(register):
    Postcode.objects.create(code="M332DH", location=factories.SALE)

    import_homes(str(register(("-2.3220,53.4240", ","))))

    home = Home.objects.get(name="Larkfield House")
    assert home.location_source == "postcode"
    assert home.location.equals_exact(factories.SALE, 1e-9)


@pytest.mark.parametrize(
    ("replacement", "words"),
    [
        ((",lon,lat", ",lon,latt"), 'row 1, column "lat": the file has no such column'),
        (("cqc_id", "id"), 'register.csv, row 1, column "cqc_id": the file has no such column'),
        (("-2.3220,53.4240", "53.4240,-2.3220"), 'row 2, column "lon": longitude and latitude'),
        (("-2.3220,53.4240", "2.35,48.85"), 'row 2, column "lon": the point 2.35, 48.85 lies'),
        (("-2.3220,53.4240", "west,53.4240"), 'row 2, column "lon": "west" is not a number'),
        (("-2.3220,53.4240", "nan,53.4240"), 'row 2, column "lon": "nan" is not a number'),
        (("1-900000002", "1-900000001"), 'row 3, column "cqc_id": 1-900000001 stands in row 2'),
    ],
)
def test_refuses_a_file_that_cannot_be_trusted(register, replacement, words):
    path = register(replacement)

    with pytest.raises(CommandError) as refusal:
        call_command("import_homes", str(path))

    assert words in str(refusal.value)
    assert refusal.value.returncode == 2
    assert not Home.objects.exists()
    assert not ImportReport.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (PLAIN.read_bytes()[:700], "is the file cut off"),
        ("name,cafe\nCaf\xe9,1\n".encode("latin-1"), "care home register"),
        (PLAIN.read_bytes().replace(b"Lark Lane", b"L\xe4rk Lane"), "the file is not UTF-8"),
        (b"a,b\n1,2\n", "no care home register known here"),
        (b"\x00\x01\x02\x03\n", "register"),
    ],
)
def test_refuses_a_file_that_is_none(tmp_path, content, words):
    path = tmp_path / "broken.csv"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=words) as refusal:
        call_command("import_homes", str(path))

    assert "broken.csv" in str(refusal.value)
    assert refusal.value.returncode == 2
    assert not Home.objects.exists()


@pytest.mark.with_data
def test_the_registers_of_oldham_and_trafford(real_data):
    cqc = real_data / "cqc"
    factories.HomeFactory(name="Made Up", is_demo=True)

    oldham = import_homes(str(cqc / "oldham_registered_hsca_shape.csv"))
    assert (oldham.read, oldham.new) == (44, 44)
    assert oldham.notes[0].startswith("44 care homes, 1,574 beds")
    again = import_homes(str(cqc / "oldham_registered_hsca_shape.csv"))
    assert (again.new, again.changed, again.same) == (0, 0, 44)

    before = import_homes(str(cqc / "trafford_care_homes_2020-04.csv"))
    assert (before.read, before.new) == (57, 57)
    after = import_homes(str(cqc / "trafford_care_homes_2022-06.csv"))
    assert after.summary() == (
        "read 58, new 9, changed 8, same 41, unsure 0, refused 0, gone 8, questions 6"
    )
    oldhams = Registration.objects.filter(local_authority="Oldham", until__isnull=True)
    assert oldhams.count() == 44
    assert Home.objects.registered().filter(is_demo=True).count() == 1


@pytest.mark.with_data
def test_a_slice_without_ids_is_refused_by_name_of_the_column(real_data):
    with pytest.raises(IntakeError, match='row 1, column "cqc_id"'):
        import_homes(str(real_data / "cqc" / "gm_care_homes_2019-07.csv"))
    assert not Home.objects.exists()
