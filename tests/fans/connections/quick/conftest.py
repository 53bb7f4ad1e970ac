"""A sheet of Larkfield House, and the token that its code holds."""

import datetime as dt
import uuid

import pytest
from django.core.cache import cache
from django.utils import timezone

from fans.connections.quick.services.codes import make_code
from fans.connections.quick.services.noting import note_entry
from tests.factories import ConnectionFactory, PartnershipFactory


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def sheet(home, coordinator, today):
    """The code and its token."""
    return make_code(
        home=home, by=coordinator, hangs_at="Staff room", expires_on=today + dt.timedelta(30)
    )


@pytest.fixture
def code(sheet):
    return sheet[0]


@pytest.fixture
def token(sheet):
    return sheet[1]


@pytest.fixture
def choir(home, today):
    """A place that the home meets."""
    tie = PartnershipFactory(home=home, partner__asset__name="The Pellow Singers")
    ConnectionFactory(partnership=tie, happened_on=today - dt.timedelta(days=20))
    return tie


@pytest.fixture
def note(token, today):
    """Note something from the sheet."""

    def say(**said):
        least = {"happened_on": today, "direction": "in", "client_uuid": uuid.uuid4()}
        if "partnership" not in said:
            least["who"] = "Bell ringers"
        return note_entry(token=token, **(least | said))

    return say
