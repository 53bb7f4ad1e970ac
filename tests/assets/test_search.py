"""Words that are typed begin words of an asset's texts, however both are written."""

import string

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from assets import search
from assets.models import Asset
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    [
        "boathouse",
        "BOATHOUSE CAFÉ",
        "boathouse cafe",
        "cafe boathouse",
        "boat ca",
        "tea by the water",
        "the boathouse",
        "priory row",
        "m33 2dh",
        "m33 2",
        "M332DH",
        "o'hara",
        "OHara’s",
        "saint brides",
        "St. Bride's",
        "choirs",
        "libraries",
        "library",
        "eisteddfod ŵy",
        "drop-in",
        "drop in",
        "arts & crafts",
        "arts and crafts",
        "b",
    ],
)
def test_a_search_finds_each_word_at_the_beginning_of_some_word(text):
    factories.AssetFactory(
        name="Old Boathouse Café & St Bride’s Library",
        description="Tea by the water with Mrs O’Hara's choir (B); Eisteddfod; wyau; drop-in.\n"
        "Arts & crafts",
        address="Priory Row, Sale",
        postcode="M33 2DH",
    )

    assert Asset.objects.matching(text).exists()


@pytest.mark.parametrize(
    "text",
    [
        "oathouse",
        "boathouse library",
        "50%",
        "_____",
        "\\",
        "?!",
        "o",
        "cafes" * 30,
        "' | 'tea",
        "tea:*",
    ],
)
def test_a_search_does_not_find_what_is_inside_a_word_or_nowhere(text):
    factories.AssetFactory(name="Old Boathouse Café", address="Priory Row")

    assert not Asset.objects.matching(text).exists()


def test_accents_are_taken_off_letter_by_letter():
    assert search.words_of("Càfé ŴY’s") == ["cafe", "wys"]
    assert search.plain(" ÀŶ\n-!") == "ay"


def test_little_words_go_unless_there_are_no_others():
    assert search.words_of("the Lowry") == ["lowry"]
    assert search.words_of("The The") == ["the"]


def test_a_saint_is_written_two_ways_and_a_station_is_no_saint():
    saint, station = search.wanted("saint sta")

    assert saint.begins == ("saint", "st")
    assert station.begins == ("sta",)


# What names are written with here; of further signs PostgreSQL and Python think differently.
LETTERS = "àéîõüýÿŵŷñçøÀÉÎÕÜÝŸŴŶÑÇØ" + "łžœ" + "’‘´–—“”" + string.printable
TEXTS = st.text(LETTERS, min_size=1, max_size=40)


@settings(max_examples=150)
@given(text=TEXTS | TEXTS.map(lambda text: text[:3]), name=TEXTS)
def test_index_and_pattern_mean_the_same_for_any_text(text, name):
    """The nearest places are read one by one; all others come from the index."""
    query = " & ".join(word.query for word in search.wanted(text))
    patterns = [word.pattern for word in search.wanted(text)]
    letters = [word.letters for word in search.wanted(text)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT assets_words(%s, '', '', '') @@ %s::tsquery,"
            " assets_search_text(%s, '', '', '') ~ ALL(%s::text[]),"
            " lower(%s) ~ ALL(%s::text[])",
            [name, query, name, patterns, name, letters],
        )
        from_index, from_text, has_letters = cursor.fetchone()

    assert from_index == from_text or not query
    assert has_letters or not from_text


@settings(max_examples=100)
@given(text=TEXTS)
def test_the_database_finds_the_words_in_a_text_that_python_does(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(assets_words(%s, '', '', ''))", [text])
        (words,) = cursor.fetchone()

    assert set(words) == set(search.plain(text).split())


def test_a_search_for_words_walks_their_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Asset.objects.matching("boathouse tea").order_by().explain()

    assert "assets_asset_words" in plan
