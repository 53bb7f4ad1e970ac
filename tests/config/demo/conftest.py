"""The demo, loaded once for all tests of a module and rolled back after them."""

import pytest
from django.db import transaction
from django.test import override_settings

from config.demo.ground import ensure_ground
from config.demo.load import DEFAULT_SEED, load


@pytest.fixture(scope="module")
def bare_ground(django_db_setup, django_db_blocker):
    """The outlines and the demo's postcodes, for the tests of one module."""
    with django_db_blocker.unblock(), transaction.atomic():
        ensure_ground()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def made(bare_ground, django_db_blocker, tmp_path_factory):
    """What ``load`` says it made; the demo stands in the database meanwhile."""
    folder = tmp_path_factory.mktemp("state")
    state = override_settings(STATE_DIR=folder, MEDIA_ROOT=folder / "media")
    with django_db_blocker.unblock(), state, transaction.atomic():
        yield load(seed=DEFAULT_SEED)
        transaction.set_rollback(True)


@pytest.fixture
def demo_loaded(made, db):
    """The demo, for one test that may change it."""
    return made
