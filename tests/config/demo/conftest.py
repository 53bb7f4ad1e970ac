"""The demo, loaded once for all tests of a module and rolled back after them."""

import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from config.demo import ground
from config.demo.load import DEFAULT_SEED, load
from geo.models import Area

# A rough outline of Trafford, as coarse as the one that comes with the project.
OUTLINE = (
    (-2.3167, 53.3599),
    (-2.4288, 53.3803),
    (-2.4606, 53.3883),
    (-2.4467, 53.4188),
    (-2.4088, 53.4524),
    (-2.3204, 53.4524),
    (-2.3031, 53.4265),
    (-2.3311, 53.3876),
    (-2.3167, 53.3599),
)


@pytest.fixture(scope="module")
def bare_ground(django_db_setup, django_db_blocker):
    """Trafford's outline and the demo's postcodes, for the tests of one module."""
    with django_db_blocker.unblock(), transaction.atomic():
        Area.objects.create(
            name=ground.TRAFFORD,
            kind="local_authority",
            source="test",
            boundary=MultiPolygon(Polygon(OUTLINE), srid=4326),
        )
        call_command("load_postcodes", only=",".join(ground.OUTCODES), verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def made(bare_ground, django_db_blocker, tmp_path_factory):
    """What ``load`` says it made; the demo stands in the database meanwhile."""
    folder = tmp_path_factory.mktemp("state")
    state = override_settings(STATE_DIR=folder)
    with django_db_blocker.unblock(), state, transaction.atomic():
        yield load(seed=DEFAULT_SEED)
        transaction.set_rollback(True)


@pytest.fixture
def demo_loaded(made, db):
    """The demo, for one test that may change it."""
    return made
