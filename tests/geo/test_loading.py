import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from geo.gazetteers import read_code_point_open, read_package
from geo.loading import _CELLS, load_all, load_some
from geo.models import LoadedGazetteer, Postcode, PostcodeCell, Precision
from geo.settlement import draw_settlement
from intake.errors import IntakeError
from intake.source import SourceFile
from tests.factories import NORWICH, SALE, HomeFactory
from tests.geo.gazetteers import (
    SALE_ROWS,
    code_point_line,
    write_code_point_open,
    write_package,
)


def silent(sentence: str) -> None:
    pass


def load_package(say=silent):
    return load_all(read_package(), source="package", file="", say=say)


@pytest.fixture
def package(tmp_path, monkeypatch):
    write_package(tmp_path, monkeypatch)


def test_places_postcodes_where_they_are(db, package):
    loaded = load_package()

    place = Postcode.objects.get(code="M332DH")
    assert place.location.distance(SALE) * 111_000 < 800
    assert place.lad_code == "E08000009"
    assert list(loaded.sentences()) == ["1 without coordinates passed over", "4 placed"]


def test_finds_the_middle_of_every_sector_and_district(db, package):
    load_package()

    cells = dict(PostcodeCell.objects.values_list("code", "postcodes_count"))
    assert cells == {"M33 2": 2, "M33 7": 1, "M33": 3, "M1 1": 1, "M1": 1}
    sector = PostcodeCell.objects.get(code="M33 2")
    ends = [Postcode.objects.get(code=code).location for code in ("M332DH", "M332DJ")]
    assert sector.kind == Precision.SECTOR
    assert sector.location.x == pytest.approx((ends[0].x + ends[1].x) / 2)
    assert sector.location.y == pytest.approx((ends[0].y + ends[1].y) / 2)


def test_no_home_is_held_while_what_takes_minutes_is_drawn(db, package, monkeypatch):
    home = HomeFactory(beds=4, postcode="M33 2DH", location=SALE)
    homes, drawn = [], []

    def draw(**tables):
        homes.append(_version_of(home))
        drawn.append(draw_settlement(**tables))

    monkeypatch.setattr("geo.loading.draw_settlement", draw)
    monkeypatch.setattr("geo.loading._CELLS", _CELLS.replace("count(*)", "50"))
    before = _version_of(home)

    load_package()
    home.refresh_from_db()

    assert homes == [before]  # not written to yet, so nobody waits for it
    assert drawn[0] > 0
    assert (home.cell, home.shown_name) == ("M33 2", "Small home in M33 2")


def _version_of(home):
    with connection.cursor() as cursor:
        cursor.execute("SELECT ctid::text FROM homes_home WHERE id = %s", [home.pk])
        return cursor.fetchone()


def test_a_cell_that_is_in_no_gazetteer_any_more_goes(db, package):
    PostcodeCell.objects.create(
        code="ZE1 0", kind=Precision.SECTOR, location=SALE, postcodes_count=60
    )

    load_package()

    assert not PostcodeCell.objects.filter(code="ZE1 0").exists()


def test_loading_again_changes_nothing(db, package):
    load_package()
    before = list(Postcode.objects.order_by("code").values_list("code", "location"))

    load_package()

    assert list(Postcode.objects.order_by("code").values_list("code", "location")) == before
    assert PostcodeCell.objects.count() == 5


def test_another_gazetteer_takes_the_place_of_the_first(db, package, tmp_path):
    load_package()
    source = SourceFile.open(write_code_point_open(tmp_path / "codepo_gb.zip"))

    load_all(read_code_point_open(source), source="file", file=source.name, say=silent)

    codes = set(Postcode.objects.values_list("code", flat=True))
    assert codes == {"M332DH", "M337AA", "WA142AA"}
    (noted,) = LoadedGazetteer.objects.all()
    assert (noted.source, noted.rows_placed) == ("file", 3)


def test_the_table_keeps_its_indexes_and_constraints(db, package):
    def shape():
        with connection.cursor() as cursor:
            return connection.introspection.get_constraints(cursor, "geo_postcode")

    before = shape()
    load_package()

    assert shape() == before
    assert {"geo_postcode_pkey", "geo_postcode_location_gist"} <= set(before)
    with pytest.raises(IntegrityError, match="geo_postcode_code_shape"), transaction.atomic():
        Postcode.objects.create(code="SALE", location=SALE)


def test_rows_outside_the_uk_are_counted_and_not_placed(db, tmp_path, monkeypatch):
    paris = ("M33 9AA", "E08000009", 600_000.0, -100_000.0)
    write_package(tmp_path, monkeypatch, [*SALE_ROWS, paris])

    loaded = load_package()

    assert (loaded.placed, loaded.outside) == (4, 1)
    assert "1 outside the UK passed over" in loaded.sentences()


def test_the_southernmost_homes_of_the_uk_are_placed(db, tmp_path, monkeypatch):
    st_agnes = ("TR22 0PL", "E06000053", 88_200.0, 8_200.0)
    write_package(tmp_path, monkeypatch, [st_agnes])

    assert load_package().placed == 1


def test_a_postcode_that_stands_twice_refuses_the_file(db, tmp_path):
    path = write_code_point_open(
        tmp_path / "codepo_gb.zip", code_point_line("M33 2DH", 378741, 391931)
    )
    source = SourceFile.open(path)

    with pytest.raises(IntakeError, match=r"codepo_gb.zip: a postcode stands twice: .*M332DH"):
        load_all(read_code_point_open(source), source="file", file=source.name, say=silent)
    assert not LoadedGazetteer.objects.exists()


def test_some_districts_are_added_beside_others(db, package):
    load_some(read_package(["M1"]), file="", say=silent)

    loaded = load_some(read_package(["M33"]), file="", say=silent)

    assert loaded is not None
    assert loaded.placed == 3
    assert Postcode.objects.count() == 4
    assert PostcodeCell.objects.get(code="M1").postcodes_count == 1
    assert LoadedGazetteer.objects.get().rows_placed == 4


def test_some_districts_never_erase_a_whole_gazetteer(db, package):
    load_package()

    assert load_some(read_package(["M33"]), file="", say=silent) is None

    assert Postcode.objects.count() == 4
    assert LoadedGazetteer.objects.get().source == "package"


def test_districts_without_a_postcode_are_refused(db, package):
    with pytest.raises(IntakeError, match="no postcode with coordinates was found"):
        load_some(read_package(["WA14"]), file="", say=silent)


@pytest.mark.django_db(transaction=True)
def test_readers_see_the_old_gazetteer_until_the_new_one_stands_whole(package):
    Postcode.objects.create(code="NR21AA", location=NORWICH)
    seen = []

    def look(sentence: str) -> None:
        with psycopg.connect(**_connection_of_another_session()) as other:
            seen.append(other.execute("SELECT array_agg(code) FROM geo_postcode").fetchone()[0])

    load_package(say=look)

    assert len(seen) == 5  # read, placing, indexing, middles, drawing
    assert all(codes == ["NR21AA"] for codes in seen)
    assert Postcode.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_load_that_is_stopped_leaves_everything_as_it_was(package):
    Postcode.objects.create(code="NR21AA", location=NORWICH)

    def stop(sentence: str) -> None:
        if sentence == "Indexing them":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_package(say=stop)

    assert list(Postcode.objects.values_list("code", flat=True)) == ["NR21AA"]
    assert load_package().placed == 4


def _connection_of_another_session() -> dict:
    params = connection.get_connection_params()
    return {key: params[key] for key in ("dbname", "user", "password", "host") if key in params}


def test_an_index_that_an_operator_has_tuned_stays_as_it_is(db, package):
    with connection.cursor() as cursor:
        cursor.execute("ALTER INDEX geo_postcode_location_gist SET (fillfactor = 80)")
        load_package()
        cursor.execute(
            "SELECT reloptions FROM pg_class WHERE relname = 'geo_postcode_location_gist'"
        )
        assert cursor.fetchone() == (["fillfactor=80"],)
