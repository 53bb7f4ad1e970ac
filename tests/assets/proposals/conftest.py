"""What the tests of suggestions share."""

import uuid

import pytest
from django.core.cache import cache

from assets.proposals import limits
from tests import factories


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


@pytest.fixture
def patient(monkeypatch):
    """Whoever fills in the forms here is as fast as tests are."""
    monkeypatch.setattr(limits, "FASTEST_S", 0.0)


@pytest.fixture
def kettle(db):
    """The Copper Kettle is on the map, with a mailbox that looks like somebody's own."""
    return factories.AssetFactory(
        name="Copper Kettle",
        category="food_drink",
        phone="0161 496 0111",
        email="jo.bloggs@example.org",
        who_to_ask="Jo, at the till",
        address="2 School Road, Sale",
    )


@pytest.fixture
def open_form(client):
    """Open a form as a browser does: what it holds comes back as it was shown."""

    def fields(url: str, form: str = "form") -> dict[str, str]:
        page = client.get(url)
        assert page.status_code == 200
        shown = page.context[form]
        sent = {}
        for field in shown:
            value = field.value()
            sent[field.html_name] = "" if value is None else str(value)
        name = shown.add_prefix("client_uuid")
        sent[name] = str(uuid.uuid4())
        return sent

    return fields
