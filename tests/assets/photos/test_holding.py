"""What is kept of a photo while its form comes back."""

import pytest

from assets.photos import holding
from assets.photos.holding import held, hold
from assets.photos.pictures import read_picture
from tests import factories
from tests.pictures import upload

pytestmark = pytest.mark.django_db


def test_one_person_s_forms_fill_no_disk(monkeypatch):
    monkeypatch.setattr(holding, "MOST_A_DAY", 2)
    person, other = factories.PersonFactory(), factories.PersonFactory()
    picture = read_picture(upload())

    seals = [hold(picture, by=person) for _ in range(3)]

    assert [bool(seal) for seal in seals] == [True, True, False]
    assert held(seals[2], by=person) is None
    assert hold(picture, by=other)
