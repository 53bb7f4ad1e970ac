import datetime as dt

import pytest

from geo.models import PostcodeCell
from homes.models import Registration
from homes.shown import (
    is_small,
    nearest_shown,
    shown_homes,
    shown_in,
    shown_matching,
    shown_within,
)
from tests.factories import SALE, HomeFactory, metres_east

pytestmark = pytest.mark.django_db


@pytest.fixture
def sector():
    """The middle of M33 2, three kilometres east of the homes."""
    return PostcodeCell.objects.create(
        code="M33 2", kind="sector", location=metres_east(SALE, 3000), postcodes_count=400
    )


def test_shows_a_home_of_seven_beds_as_registered():
    home = HomeFactory(beds=7)

    shown = shown_homes().get(pk=home.pk)

    assert (shown.shown_name, shown.shown_at) == (home.name, home.location)
    assert not is_small(shown)


def test_shows_unknown_beds_as_registered():
    home = HomeFactory(beds=0)

    shown = shown_homes().get(pk=home.pk)

    assert shown.shown_name == home.name
    assert not is_small(shown)


def test_shows_a_home_of_six_beds_by_its_sector_alone(sector):
    home = HomeFactory(beds=6, name="12 Elm Road")

    shown = shown_homes().get(pk=home.pk)

    assert (shown.shown_name, shown.shown_at) == ("Small home in M33 2", sector.location)
    assert is_small(shown)


def test_a_small_home_of_an_unknown_sector_is_nowhere():
    home = HomeFactory(beds=6)

    shown = shown_homes().get(pk=home.pk)

    assert (shown.shown_name, shown.shown_at, shown.cell) == ("Small home", None, None)


def test_a_small_home_in_a_sector_of_few_postcodes_is_shown_by_its_district(sector):
    PostcodeCell.objects.filter(pk=sector.pk).update(postcodes_count=49)
    district = PostcodeCell.objects.create(
        code="M33", kind="outcode", location=metres_east(SALE, 5000), postcodes_count=900
    )
    home = HomeFactory(beds=6)

    shown = shown_homes().get(pk=home.pk)
    assert (shown.shown_name, shown.shown_at) == ("Small home in M33", district.location)
    assert (shown.cell, shown.cell_kind) == ("M33", "outcode")

    PostcodeCell.objects.filter(pk=district.pk).update(postcodes_count=49)
    shown = shown_homes().get(pk=home.pk)
    assert (shown.shown_name, shown.shown_at) == ("Small home", None)


def test_a_sector_of_fifty_postcodes_is_enough(sector):
    PostcodeCell.objects.filter(pk=sector.pk).update(postcodes_count=50)
    PostcodeCell.objects.create(code="M33", kind="outcode", location=SALE, postcodes_count=900)

    home = HomeFactory(beds=6)

    assert shown_homes().get(pk=home.pk).shown_name == "Small home in M33 2"


@pytest.mark.parametrize("world", [(-180, -85.05, 180, 85.05), (-180, 0, 0, 85.05)])
def test_homes_are_in_a_box_around_the_world(world):
    HomeFactory(location=metres_east(SALE, 0))

    assert shown_in(shown_homes(), world).count() == 1
    assert not shown_in(shown_homes(), (10, 0, 180, 85)).exists()


def test_leaves_out_a_home_that_has_closed():
    home = HomeFactory()
    Registration.objects.filter(home=home).update(until=dt.date(2026, 1, 31))

    assert not shown_homes().exists()


def test_counts_beds_of_open_registrations_only():
    home = HomeFactory(beds=6)
    Registration.objects.create(
        home=home, regulator="cqc", regulator_id="old", name="Old", beds=40, until="2020-01-01"
    )

    assert is_small(shown_homes().get(pk=home.pk))


def test_a_small_home_is_in_the_box_of_its_sector_not_of_its_house(sector):
    HomeFactory(beds=6)
    at_home = (SALE.x - 0.01, SALE.y - 0.01, SALE.x + 0.01, SALE.y + 0.01)
    at_sector = (SALE.x + 0.03, SALE.y - 0.01, SALE.x + 0.06, SALE.y + 0.01)

    assert not shown_in(shown_homes(), at_home).exists()
    assert shown_in(shown_homes(), at_sector).count() == 1


def test_orders_by_where_homes_are_shown(sector):
    small = HomeFactory(beds=6)  # at Sale, but shown three kilometres east
    far = HomeFactory(location=metres_east(SALE, 2000))

    ordered = list(nearest_shown(shown_homes(), to=SALE))

    assert ordered == [far, small]
    assert ordered[1].distance.m == pytest.approx(3000, abs=1)


def test_within_measures_to_where_a_home_is_shown(sector):
    HomeFactory(name="Small", beds=6)

    there = sector.location
    assert not shown_within(shown_homes(), 500, of=SALE).exists()
    assert shown_within(shown_homes(), 500, of=metres_east(there, 499)).exists()
    assert not shown_within(shown_homes(), 500, of=metres_east(there, 501)).exists()


@pytest.mark.parametrize(
    ("words", "found"),
    [("larkfield", True), ("lane 2dh", True), ("trafford", True), ("larkfield norwich", False)],
)
def test_every_word_must_occur_in_what_is_known_of_a_home(words, found):
    HomeFactory(address="1 Lark Lane, Sale")

    assert shown_matching(shown_homes(), words).exists() is found
