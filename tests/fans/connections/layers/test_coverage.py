"""Where help is, by square: nobody can be found, by subtracting or by waiting."""

import datetime as dt
import itertools

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from fans.connections.layers.coverage import coverage_of
from fans.connections.layers.models import VolunteerCount
from fans.connections.layers.services import count_volunteers
from fans.connections.layers.squares import Square, square_at
from fans.disclosure import HIDDEN, publish_count
from fans.people.permissions import Reach
from fans.people.volunteers.models import Stage, Volunteer
from geo.models import Place
from tests import factories
from tests.factories import SALE, box, metres_east

TODAY = dt.date(2026, 9, 20)
EVERYWHERE = Reach(everywhere=True)
HERE = square_at(SALE.x, SALE.y)


@pytest.fixture
def area(db):
    return factories.AreaFactory(name="Around Sale", boundary=box(SALE, 0.01))


def volunteers(count, point=SALE, **fields):
    """Active adults at a rough place; their way there is not what is asked here."""
    return [
        factories.VolunteerFactory(stage=Stage.ACTIVE, location=point, **fields)
        for _ in range(count)
    ]


def degrees(least, most):
    """Degrees to a tenth of a metre, as places are kept."""
    return st.integers(int(least * 1e6), int(most * 1e6)).map(
        lambda millionths: millionths / 1e6
    )


def here(reach=EVERYWHERE):
    found = {one.square: one for one in coverage_of(reach).squares}
    return found.get(HERE)


# Squares


@given(lon=degrees(-9, 3), lat=degrees(49, 61.5))
def test_a_point_lies_in_its_square_and_squares_are_a_few_km_wide(lon, lat):
    square = square_at(lon, lat)
    west, south, east, north = square.box

    assert west <= lon <= east
    assert south <= lat <= north
    assert 0.03 < north - south < 0.06


@pytest.mark.django_db
@given(lon=degrees(-9, 3), lat=degrees(49, 61.5))
def test_the_database_finds_the_same_square(lon, lat):
    asked = """
        SELECT floor((%(lon)s + 180) / 360 * 4096)::int,
               floor((1 - asinh(tan(radians(%(lat)s))) / pi()) / 2 * 4096)::int
    """
    with connection.cursor() as cursor:
        cursor.execute(asked, {"lon": lon, "lat": lat})
        assert Square(*cursor.fetchone()) == square_at(lon, lat)


# Counting


@pytest.mark.django_db
def test_eight_active_volunteers_are_told_as_ten_and_seven_as_a_star(home):
    volunteers(7)
    assert count_volunteers(day=TODAY).body == {HERE.key: HIDDEN}

    VolunteerCount.objects.all().delete()
    volunteers(1)
    assert count_volunteers(day=TODAY).body == {HERE.key: 10}


@pytest.mark.django_db
def test_only_active_adults_with_a_place_are_counted(home):
    volunteers(8, None, location_precision="", location_source="", cell="")
    factories.VolunteerFactory.create_batch(8, stage=Stage.RESTING)
    for _ in range(8):
        factories.young_volunteer(stage=Stage.ACTIVE)

    assert count_volunteers(day=TODAY).body == {}


@pytest.mark.django_db
def test_who_comes_or_goes_within_a_month_moves_no_figure(home):
    volunteers(12)
    first = count_volunteers(day=dt.date(2026, 9, 1)).body

    volunteers(1)
    assert count_volunteers(day=dt.date(2026, 9, 2)).body == first
    Volunteer.objects.all().delete()
    assert count_volunteers(day=dt.date(2026, 9, 30)).body == first
    assert here().volunteers == 10

    assert count_volunteers(day=dt.date(2026, 10, 1)).body == {}
    assert VolunteerCount.objects.count() == 1  # last month's is gone


@pytest.mark.django_db
@pytest.mark.parametrize("body", [{"1-1": 3}, {"1-1": 12}, {"1-1": 5}, {"2-2": 20, "1-1": 1}])
def test_the_database_keeps_no_exact_count(body):
    with transaction.atomic(), pytest.raises(IntegrityError, match="_published"):
        VolunteerCount.objects.create(month=dt.date(2026, 9, 1), body=body)
    with pytest.raises(ValidationError, match="published, never exact"):
        VolunteerCount(month=dt.date(2026, 9, 1), body=body).full_clean()


@pytest.mark.django_db
def test_a_month_is_counted_once_from_its_first_day_and_never_changed():
    count = VolunteerCount.objects.create(month=dt.date(2026, 9, 1), body={"1-1": 10})

    with transaction.atomic(), pytest.raises(IntegrityError, match="_once"):
        VolunteerCount.objects.create(month=count.month, body={"1-1": 15})
    with transaction.atomic(), pytest.raises(IntegrityError, match="_first_day"):
        VolunteerCount.objects.create(month=dt.date(2026, 9, 2), body={"1-1": 15})
    with transaction.atomic(), pytest.raises((InternalError, ProgrammingError)):
        VolunteerCount.objects.filter(pk=count.pk).update(body={"1-1": 15})


# No subtraction


@given(
    counts=st.dictionaries(
        st.builds(Square, st.integers(2015, 2030), st.integers(1320, 1335)),
        st.integers(0, 40),
        max_size=12,
    )
)
def test_each_figure_depends_on_its_own_square_alone_and_hides_at_least_three_counts(counts):
    """Nothing else is told, so what a figure hides cannot be had from any other figure."""
    told = {square: publish_count(people) for square, people in counts.items()}

    for square, figure in told.items():
        could_be = [n for n in range(60) if publish_count(n) == figure]
        assert counts[square] in could_be
        assert figure == 0 or len(could_be) >= 5


@pytest.mark.django_db
def test_two_peoples_views_of_a_square_are_the_same_however_their_areas_cut_it(home, area):
    west, south, _, _ = HERE.box
    volunteers(9, SALE)
    volunteers(4, metres_east(SALE, 1500))
    count_volunteers(day=timezone.localdate())
    corner = factories.AreaFactory(
        name="A corner",
        boundary=box(factories.Point(west + 0.005, south + 0.005, srid=4326), 0.002),
    )
    halves = [area, corner]

    seen = [here(Reach(area_ids=frozenset({one.pk}))) for one in halves]
    seen.append(here(EVERYWHERE))

    for one, other in itertools.combinations(seen, 2):
        assert one == other
    assert seen[0].volunteers == 15


@pytest.mark.django_db
def test_no_figure_of_squares_together_is_told(client, home, area):
    volunteers(9)
    volunteers(3, metres_east(SALE, 20_000))
    count_volunteers(day=timezone.localdate())
    client.force_login(factories.member("administrator"))

    answer = client.get("/coverage/")

    text = answer.content.decode()
    assert "about 10" in text
    assert "1 to 7" in text
    assert "12" not in [cell.strip() for cell in text.replace("<", ">").split(">")]
    assert "Vera" not in text


# Squares on the page


@pytest.mark.django_db
def test_champions_areas_are_counted_and_not_champions(home, area):
    for _ in range(2):
        factories.member("champion", area=area)
    assert here().areas == 1

    wide = factories.AreaFactory(name="Wide", boundary=box(SALE, 0.2))
    factories.member("champion", area=wide)
    assert here().areas == 2
    factories.member("champion", area=factories.AreaFactory(boundary=box(factories.NORWICH)))
    assert here().areas == 2


@pytest.mark.django_db
def test_a_small_home_is_asked_by_no_square(area):
    factories.HomeFactory(beds=6)
    assert here() is None

    factories.HomeFactory(beds=7)
    assert here().homes == 1


@pytest.mark.django_db
def test_only_squares_that_touch_ones_areas_are_shown(home, area):
    factories.HomeFactory(name="Far", location=factories.NORWICH)

    assert len(coverage_of(EVERYWHERE).squares) == 2
    assert len(coverage_of(Reach(area_ids=frozenset({area.pk}))).squares) == 1
    assert coverage_of(Reach(area_ids=frozenset())).squares == ()


@pytest.mark.django_db
def test_a_square_is_called_by_its_largest_place_else_by_the_nearest(home):
    Place.objects.all().delete()
    assert here().name == "Somewhere without a name"
    Place.objects.create(
        geonames_id=1, name="Norwich", population=9, location=factories.NORWICH
    )
    assert here().name == "Near Norwich"
    for number, (name, people) in enumerate([("Sale", 5), ("Brooklands", 3)], start=2):
        Place.objects.create(geonames_id=number, name=name, population=people, location=SALE)
    assert here().name == "Sale"


@pytest.mark.django_db
def test_before_the_first_count_the_page_says_so(client, home, area):
    client.force_login(factories.member("commissioner", area=area))

    answer = client.get("/coverage/")

    assert here().volunteers_words == "not counted yet"
    assert "They are not counted yet." in answer.content.decode()


@pytest.mark.django_db
def test_without_homes_the_page_says_so(client, area):
    client.force_login(factories.member("volunteer_lead", area=area))

    assert "No squares yet" in client.get("/coverage/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("volunteer_lead", 200),
        ("commissioner", 200),
        ("administrator", 200),
        ("champion", 403),
        ("manager", 403),
        ("volunteer", 403),
    ],
)
def test_who_sees_the_grid(client, home, area, role, status):
    scopes = {"administrator": {}, "volunteer": {}, "manager": {"home": home}}
    client.force_login(factories.member(role, **scopes.get(role, {"area": area})))

    assert client.get("/coverage/").status_code == status


@pytest.mark.django_db
def test_thirty_squares_cost_no_more_queries_than_one(home, django_assert_num_queries):
    with django_assert_num_queries(3):
        coverage_of(EVERYWHERE)
    for number in range(30):
        factories.HomeFactory(name=f"H{number}", location=metres_east(SALE, 6000 * number))
    with django_assert_num_queries(3):
        assert len(coverage_of(EVERYWHERE).squares) >= 30
