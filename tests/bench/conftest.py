"""The cluster that the tests run in, for databases of a bench's own."""

import pytest
from django.conf import settings

from bench.databases import Databases


@pytest.fixture
def bench_databases():
    """Databases of one test's own, dropped after it."""
    databases = Databases({**settings.DATABASES["default"]})
    yield databases
    databases.drop_all()
