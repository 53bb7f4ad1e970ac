import json

import pytest
from django.contrib.gis.geos import Point
from django.http import QueryDict
from rest_framework import generics, serializers
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.test import APIRequestFactory

from geo.drf import (
    FormatNegotiation,
    GeoJSONRenderer,
    InBBoxFilter,
    NearFilter,
    PointField,
    read_param,
)
from geo.models import Place
from geo.params import read_metres
from geo.srid import WGS84
from tests.factories import NORWICH, SALE, metres_east


class PlaceSerializer(serializers.ModelSerializer):
    id = serializers.IntegerField(source="pk")
    location = PointField()

    class Meta:
        model = Place
        fields = ["id", "name", "location"]


class Places(generics.ListAPIView):
    """Just enough of a view to filter and render."""

    queryset = Place.objects.all()
    serializer_class = PlaceSerializer
    permission_classes = ()
    authentication_classes = ()
    throttle_classes = ()
    filter_backends = (InBBoxFilter, NearFilter)
    renderer_classes = (JSONRenderer, GeoJSONRenderer)
    content_negotiation_class = FormatNegotiation


def get(query: str = "", **headers):
    return Places.as_view()(APIRequestFactory().get(f"/?{query}", **headers)).render()


@pytest.fixture
def places(db):
    for number, name, location in (
        (1, "Sale", SALE),
        (2, "Brooklands", metres_east(SALE, 900)),
        (3, "Norwich", NORWICH),
    ):
        Place.objects.create(geonames_id=number, name=name, location=location)


def names(response) -> list[str]:
    return [row["name"] for row in json.loads(response.content)]


def test_keeps_rows_inside_the_box(places):
    assert names(get("in_bbox=-2.33,53.42,-2.315,53.43")) == ["Sale"]


def test_orders_rows_by_distance_and_keeps_those_near(places):
    here = "near=-2.308,53.424"

    assert names(get(here)) == ["Brooklands", "Sale", "Norwich"]
    assert names(get(f"{here}&within_m=500")) == ["Brooklands"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("in_bbox=nan,nan,nan,nan", "in_bbox"),
        ("in_bbox=1,2&in_bbox=3,4", "in_bbox"),
        ("near=53.4,-2.3", "near"),
        ("near=-2.3,53.4&within_m=nan", "within_m"),
        ("within_m=500", "within_m"),
        ("format=xml", "format"),
    ],
)
def test_a_bad_parameter_is_a_400_that_names_it(places, query, field):
    response = get(query)

    body = json.loads(response.content)
    assert response.status_code == 400
    assert list(body["errors"]) == [field]
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("query", "headers"),
    [("format=geojson", {}), ("", {"HTTP_ACCEPT": "application/geo+json"})],
)
def test_answers_in_geojson_when_asked(places, query, headers):
    response = get(query, **headers)

    assert response["Content-Type"] == "application/geo+json"
    assert len(json.loads(response.content)["features"]) == 3


def test_a_page_of_rows_is_a_feature_collection_with_its_counts():
    page = {"count": 1, "results": [{"id": 7, "name": "A", "location": None}]}

    written = json.loads(GeoJSONRenderer().render(page))

    assert written == {
        "type": "FeatureCollection",
        "count": 1,
        "features": [
            {"type": "Feature", "id": 7, "geometry": None, "properties": {"name": "A"}}
        ],
    }


def test_one_row_is_a_feature():
    written = json.loads(GeoJSONRenderer().render({"id": 7, "location": None, "name": "A"}))

    assert (written["type"], written["id"]) == ("Feature", 7)


def test_a_point_is_written_with_digits_that_mean_something():
    written = PointField().to_representation(Point(-2.3220001234, 53.4, srid=WGS84))

    assert written == {"type": "Point", "coordinates": [-2.322, 53.4]}


def test_a_point_is_read_strictly():
    field = PointField()

    assert field.run_validation({"type": "Point", "coordinates": [-2.3, 53.4]}).x == -2.3
    with pytest.raises(ValidationError, match=r"coordinates: .* swapped"):
        field.run_validation({"type": "Point", "coordinates": [53.4, -2.3]})
    with pytest.raises(ValidationError, match="a GeoJSON object belongs here"):
        field.run_validation("POINT(-2.3 53.4)")


def test_an_empty_parameter_is_none():
    assert read_param(QueryDict("within_m="), "within_m", read_metres) is None
    assert read_param(QueryDict(""), "within_m", read_metres) is None
