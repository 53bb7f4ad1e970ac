"""Headers and kinds of other people's files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets import categories, columns, mapping_files
from assets.candidates import RowRefusedError


def read(row, *, category):
    layout = mapping_files.generic()
    return columns.read_columns(columns.cells_of(row), layout, category=category)


@pytest.mark.parametrize(
    ("kind", "slug"),
    [
        ("Place Of Worship", "faith"),
        ("place_of_worship", "faith"),
        ("Allotments Or Community Growing Spaces", "garden_nature"),
        ("Children's Centre", "early_years"),
        ("CAFÉ", "food_drink"),
        ("faith", "faith"),
        ("Libraries and books", "library_learning"),
        ("Croquet; Tennis Court", "sport"),
        ("A neighbour's gift", None),
        ("individual_gift", None),
        ("Cemetery", "garden_nature"),
        ("Landfill", None),
        ("", None),
    ],
)
def test_knows_kinds_in_words(kind, slug):
    assert mapping_files.generic().category_named(kind) == slug


def test_every_category_but_a_persons_gift_can_be_named():
    named = {
        mapping_files.generic().category_named(category.label)
        for category in categories.CATEGORIES
    }

    assert named == set(categories.SLUGS) - {"individual_gift"} | {None}
    assert set(mapping_files.generic().kinds.values()) <= set(categories.SLUGS)


@pytest.mark.parametrize(
    ("headers", "given_", "missing"),
    [
        (["Name", "Type"], False, None),
        (["SITE_NAME"], True, None),
        (["site name"], False, "category"),
        (["area_name", "type"], False, "name"),
        ([], True, "name"),
    ],
)
def test_says_which_column_is_missing(headers, given_, missing):
    assert mapping_files.generic().missing(headers, category_given=given_) == missing


def test_takes_the_first_header_that_holds_something():
    row = {"Title": "The hall", "name": "n/a", "TEL": "", "Telephone": "0161 496 0101"}

    found = read(row, category="civic")

    assert (found.values["name"], found.values["phone"]) == ("The hall", "0161 496 0101")


def test_an_id_of_words_alone_is_an_id():
    def id_of(row):
        return columns.id_of(columns.cells_of(row), mapping_files.generic())

    assert id_of({"ID": " 7 "}) == "7"
    assert id_of({"id": None, "UPRN": 100}) == "100"
    assert id_of({"identity": "x"}) == ""


_cells = st.one_of(st.none(), st.text(max_size=30), st.integers(), st.floats(), st.booleans())
_headers = st.sampled_from(
    ["name", "Title", "category", "Type", "address1", "Post Code", "contact", "fee", "??", ""]
)


@given(st.dictionaries(_headers, _cells))
def test_any_row_is_read_or_refused(row):
    try:
        values = read(row, category=None).values
    except RowRefusedError as error:
        assert error.column in ("name", "category")  # noqa: PT017
    else:
        assert values["name"]
        assert values["category"] in categories.SLUGS
