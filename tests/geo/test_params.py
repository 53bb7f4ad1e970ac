import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.constraints import UK_BOX
from geo.params import ParamError, read_bbox, read_metres, read_near


def test_reads_a_box_in_the_order_of_geojson():
    assert read_bbox("-2.4,53.4,-2.3,53.5") == (-2.4, 53.4, -2.3, 53.5)


def test_cuts_the_world_to_the_uk():
    assert read_bbox("-180,-90,180,90") == UK_BOX


@pytest.mark.parametrize("text", ["10,40,20,45", "3,50,9,55"])
def test_a_box_elsewhere_shrinks_to_an_edge(text):
    west, south, east, north = read_bbox(text)

    assert west == east or south == north


@pytest.mark.parametrize(
    "text",
    [
        "nan,nan,nan,nan",
        "-2.4,53.4,-2.3",
        "-2.4,53.4,-2.3,53.5,1",
        "a,b,c,d",
        "-2.3,53.4,-2.4,53.5",
        "-2.4,53.5,-2.3,53.4",
        "-2.4,53.4,-2.4,53.5",
        "-181,53,2,54",
        "-2.4,53.4,inf,53.5",
        "1_0,53,2,54",
        "٣,53,4,54",
        ",,,",
    ],
)
def test_refuses_what_is_no_box(text):
    with pytest.raises(ParamError, match=r"^Put "):
        read_bbox(text)


def test_reads_a_point_longitude_first():
    assert read_near("-2.322,53.424").coords == (-2.322, 53.424)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("53.424,-2.322", "Outside the UK: longitude comes first"),
        ("nan,53", "Put 2 numbers"),
        ("-2.3", "Put 2 numbers"),
    ],
)
def test_refuses_a_point_that_is_none_of_the_uk(text, words):
    with pytest.raises(ParamError, match=words):
        read_near(text)


@pytest.mark.parametrize("text", ["0", "-1", "50000.1", "nan", "inf", "near", "1,2"])
def test_refuses_a_distance_out_of_range(text):
    with pytest.raises(ParamError, match=r"^Put "):
        read_metres(text)


def test_takes_a_distance_up_to_the_edge():
    assert read_metres("50000") == 50_000


@given(st.text(max_size=40))
def test_any_text_is_a_box_or_a_named_error(text):
    try:
        west, south, east, north = read_bbox(text)
    except ParamError:
        return
    assert UK_BOX[0] <= west <= east <= UK_BOX[2]
    assert UK_BOX[1] <= south <= north <= UK_BOX[3]
