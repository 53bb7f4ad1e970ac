"""Rows of the log as PostgreSQL streams them."""

import pytest
from django.db import connection

from fans.disclosure import band
from fans.research.log_rows import _band


@pytest.mark.django_db
def test_the_database_names_the_same_bands():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT n, {_band('n')} FROM generate_series(0, 300) n")
        found = cursor.fetchall()
        cursor.execute(f"SELECT {_band('n')} FROM (SELECT NULL::int AS n) unknown")
        [unknown] = cursor.fetchone()

    assert found == [(n, band(n)) for n in range(301)]
    assert unknown is None
