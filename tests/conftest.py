"""What every test can use: a warm spatial cache, real data or a reason, the cast."""

import os
from pathlib import Path

import pytest
from django.contrib.gis.db.models.fields import get_srid_info
from django.db import connection
from hypothesis import HealthCheck, settings

from fans.people.models import Person
from geo.srid import WGS84
from tests import factories
from tests.emptying import empty_quickly

empty_quickly()

# Slow machines make slow examples, not wrong ones.
settings.register_profile(
    "steady",
    deadline=None,
    # What a machine's load or a seed's luck decides fails nothing.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.load_profile("steady")

REAL_DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


@pytest.hookimpl(trylast=True)  # after those that shuffle
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes minutes: at the end a worker would be alone with it."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def srid_in_cache(django_db_setup, django_db_blocker):
    """GeoDjango's first spatial query reads ``spatial_ref_sys`` and caches it.

    Done here, so that query counts do not depend on which test runs first.
    """
    with django_db_blocker.unblock():
        get_srid_info(WGS84, connection)


@pytest.fixture(autouse=True)
def _no_second_step_asked(settings):
    """Sign people in without a second step; the tests of it ask for one again."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture(autouse=True)
def _warm_srid_cache(request):
    # Not without a test database: where no test wants one, pytest-django makes none.
    if (
        request.node.get_closest_marker("django_db")
        or "_django_db_helper" in request.fixturenames
    ):
        request.getfixturevalue("srid_in_cache")


@pytest.fixture(autouse=True, scope="session")
def _no_session_outlives_the_tests(django_db_setup, django_db_blocker):
    """Close what served pages in threads of their own, or the database cannot be dropped."""
    yield
    others = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(others)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real UK files; skips with that reason where it is absent."""
    if not REAL_DATA.is_dir():
        if os.environ.get("FANS_TEST_WITH_DATA"):
            pytest.fail("bin/test --with-data, but ../shared/data is absent")
        pytest.skip("the real files of ../shared/data are absent")
    return REAL_DATA


@pytest.fixture
def home(db):
    """Larkfield House, 40 beds, in Sale."""
    return factories.HomeFactory()


@pytest.fixture
def cohort(db, home):
    """A cohort with Larkfield House in it."""
    return factories.EnrolmentFactory(home=home).cohort


@pytest.fixture
def champion(db) -> Person:
    """Ben is community champion of the area around Sale."""
    return factories.member("champion", area=factories.AreaFactory(), name="Ben")


@pytest.fixture
def coordinator(home) -> Person:
    """Ada coordinates activities at Larkfield House."""
    return factories.member("coordinator", home=home, name="Ada")


@pytest.fixture
def manager(home) -> Person:
    """Mo manages Larkfield House."""
    return factories.member("manager", home=home, name="Mo")


@pytest.fixture
def facilitator(cohort) -> Person:
    """Fay facilitates the cohort of Larkfield House."""
    return factories.member("facilitator", cohort=cohort, name="Fay")


@pytest.fixture
def researcher(cohort) -> Person:
    """Ravi does research on the cohort."""
    return factories.member("researcher", cohort=cohort, name="Ravi")


@pytest.fixture
def administrator(db) -> Person:
    """Ann administers the site."""
    return factories.member("administrator", name="Ann")


@pytest.fixture
def stranger(db) -> Person:
    """Cy has an account and no role: may do nothing."""
    return factories.PersonFactory(name="Cy")
