"""What a home can say it gave."""

import datetime as dt

import pytest

from fans.connections.gifts import gift_words, offers
from tests.factories import HomeAssetFactory, HomeFactory

pytestmark = pytest.mark.django_db


def test_a_home_offers_what_it_lists_itself_today(home):
    garden = HomeAssetFactory(home=home, description="Greenhouse")
    minibus = HomeAssetFactory(home=home, kind="minibus")
    HomeAssetFactory(home=home, withdrawn_on=dt.date(2026, 2, 1))
    HomeAssetFactory(home=HomeFactory(name="Elmbank"))

    assert offers(home) == [
        (f"asset:{garden.pk}", "Greenhouse"),
        (f"asset:{minibus.pk}", "Minibus"),
    ]


def test_the_log_keeps_the_words_of_what_was_withdrawn(home):
    gone = HomeAssetFactory(home=home, description="Hens", withdrawn_on=dt.date(2026, 2, 1))

    words = gift_words(home)

    assert words[f"asset:{gone.pk}"] == "Hens"
    assert words["tea"] == "Tea or food"
