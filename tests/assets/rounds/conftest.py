"""A street of places that nobody has ever checked, and who walks there."""

import pytest

from assets.rounds.finding import Reach
from tests import factories
from tests.factories import SALE, metres_east

EVERYWHERE = Reach(everywhere=True, area_ids=frozenset())


@pytest.fixture
def street(db):
    """Ten places, 60 m apart, going east from the middle of Sale."""
    return [
        factories.AssetFactory(name=f"Shop {n}", location=metres_east(SALE, 60 * n))
        for n in range(1, 11)
    ]
