"""A small gazetteer to make countries on: two towns and a scatter of hamlets."""

import datetime as dt

import pytest
from django.db import connection

from config.country.make import Maker
from config.country.plan import Plan
from geo.models import Area, AreaKind, Place, Postcode

UNTIL = dt.date(2026, 10, 31)
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def _codes(sector):
    return [f"{sector}{a}{b}" for a in _LETTERS for b in _LETTERS[:5]]


@pytest.fixture
def gazetteer(db):
    """Sale in England and Leith in Scotland, each a hundred postcodes; ten hamlets apart."""
    towns = [("M332", -2.32, 53.425, "E08000009"), ("EH66", -3.17, 55.97, "S12000036")]
    rows = [
        Postcode(
            code=code,
            location=f"POINT({lon + 0.0008 * (n % 10)} {lat + 0.0005 * (n // 10)})",
            lad_code=lad,
        )
        for sector, lon, lat, lad in towns
        for n, code in enumerate(_codes(sector))
    ]
    rows += [
        Postcode(code=code, location=f"POINT({-2.9 + 0.07 * n} 54.6)", lad_code="E07000163")
        for n, code in enumerate(_codes("LA230")[:10])
    ]
    Postcode.objects.bulk_create(rows)
    Place.objects.create(geonames_id=1, name="Sale", location="POINT(-2.32 53.42)")
    Place.objects.create(geonames_id=2, name="Leith", location="POINT(-3.17 55.97)")
    box = "MULTIPOLYGON(((-2.4 53.4,-2.2 53.4,-2.2 53.5,-2.4 53.5,-2.4 53.4)))"
    Area.objects.create(
        name="Trafford",
        kind=AreaKind.LOCAL_AUTHORITY,
        code="E08000009",
        boundary=box,
        source="a test",
    )


def planned(**changed):
    """A small plan, with what a test changes in it."""
    numbers = {"homes": 40, "assets": 600, "connections": 800, "seed": 7, "cohorts": 2}
    return Plan(**{**numbers, "until": UNTIL, **changed})


def make(**changed):
    """Make a small country."""
    return Maker(planned(**changed)).make()


@pytest.fixture
def country(gazetteer):
    """40 homes, 600 assets, 800 connections and 2 cohorts."""
    return make()


def rows_of(table, columns="*"):
    """Every row of a table as PostgreSQL writes it, in the order of its keys."""
    query = f"SELECT t::text FROM (SELECT {columns} FROM {table}) t ORDER BY 1"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [text for (text,) in cursor.fetchall()]


def ask(query, *values):
    """The first row of an answer."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchone()
