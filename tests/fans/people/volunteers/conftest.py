"""Places that are large enough to be told, and no limits left over."""

import pytest
from django.core.cache import cache

from geo.models import PostcodeCell
from tests.factories import SALE


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


@pytest.fixture
def cells(db):
    """Sale's district and one of its sectors."""
    for code, kind in (("M33", "outcode"), ("M33 2", "sector")):
        PostcodeCell.objects.create(code=code, kind=kind, location=SALE, postcodes_count=100)
