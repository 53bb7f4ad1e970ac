import pytest
from django.urls import reverse

from fans.people.volunteers import limits
from tests import factories
from tests.fans.people.volunteers.offers import send

pytestmark = pytest.mark.usefixtures("cells")


def test_an_answer_takes_as_long_for_one_address_as_for_another(client, monkeypatch):
    factories.PersonFactory(email="known@example.org")
    waits = []
    monkeypatch.setattr(limits, "sleep", waits.append)
    monkeypatch.setattr(limits, "monotonic", lambda: 100.0)

    send(client, email="known@example.org")
    send(client, email="new@example.org")
    client.post(reverse("volunteers:adult_link"), {"email": "known@example.org"})
    client.post(reverse("volunteers:adult_link"), {"email": "new@example.org"})

    assert waits == [pytest.approx(limits.ANSWERS_AFTER_S)] * 4


def test_work_that_took_long_is_not_made_longer(monkeypatch):
    moments, waits = iter([100.0, 107.0]), []
    monkeypatch.setattr(limits, "sleep", waits.append)
    monkeypatch.setattr(limits, "monotonic", lambda: next(moments))

    with limits.at_one_pace():
        pass

    assert waits == [0]
