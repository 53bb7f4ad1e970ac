from django.contrib.gis.geos import Point
from django.core.management import call_command

from geo.ground import load_ground
from geo.models import Area, Place
from geo.srid import WGS84
from tests.factories import NORWICH, SALE, AreaFactory


def area_at(point: Point) -> Area:
    return Area.objects.get(boundary__contains=point)


def test_loads_the_outline_of_the_whole_country(db):
    loaded = load_ground()

    assert (loaded.areas, loaded.places) == (233, 5_911)
    assert (area_at(SALE).name, area_at(SALE).kind) == ("Trafford", "local_authority")
    assert (area_at(NORWICH).name, area_at(NORWICH).kind) == ("Norfolk", "county")


def test_names_what_the_outline_misnames(db):
    load_ground()

    birkenhead, widnes = Point(-3.05, 53.38, srid=WGS84), Point(-2.73, 53.37, srid=WGS84)
    assert area_at(birkenhead).name == "Wirral"
    assert area_at(widnes).name == "Halton"
    assert not Area.objects.filter(name__in=["City", "Merseyside", "North Ayshire"]).exists()


def test_every_county_of_the_list_is_a_shape(db):
    load_ground()

    assert Area.objects.filter(kind="county").count() == 52


def test_loads_place_names_with_their_size(db):
    load_ground()

    sale = Place.objects.get(geonames_id=2638678)
    assert (sale.name, sale.population) == ("Sale", 62_550)
    assert sale.location.distance(SALE) * 111_000 < 400


def test_loading_again_changes_nothing(db, django_assert_max_num_queries):
    load_ground()
    before = list(Area.objects.order_by("pk").values_list("pk", "name"))

    with django_assert_max_num_queries(12):
        load_ground()

    assert list(Area.objects.order_by("pk").values_list("pk", "name")) == before


def test_leaves_an_official_boundary_alone(db):
    official = AreaFactory(
        name="Trafford", kind="local_authority", source="OS", code="E08000009"
    )

    load_ground()

    assert Area.objects.get(name="Trafford") == official


def test_the_command_says_how_much(db, capsys):
    call_command("load_ground")

    assert capsys.readouterr().out == "233 areas, 5,911 places, 0 authority codes noted\n"
