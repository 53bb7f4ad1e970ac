"""Words of wishes and thanks: kept while they are of use, and the counts for good."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from fans.connections.wishes.models import Thanks, Wish
from fans.people.audit.erasing import erasing
from fans.people.privacy.retention import rule_named
from tests.factories import ThanksFactory, WishFactory

pytestmark = pytest.mark.django_db
D = dt.date(2027, 3, 10)


def _at(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(3)))


def _apply(slug, day):
    with time_machine.travel(_at(day), tick=False), erasing():
        return rule_named(slug).apply()


def _found(slug, day):
    with time_machine.travel(_at(day), tick=False):
        return rule_named(slug).find().count


def _history(table, word):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE text LIKE %s", [f"%{word}%"])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    "over",
    [
        {"status": "granted", "granted_on": D},
        {"status": "let_go", "let_go_on": D, "let_go_why": "done"},
    ],
)
def test_words_of_a_wish_that_is_over_go_after_a_year_and_not_a_day_earlier(over):
    wish = WishFactory(text="an accordion", tags=["music"], **over)
    open_one = WishFactory(text="a dog", taken_on=dt.date(2026, 1, 1))
    Wish.objects.update(how_many="many")  # so that history holds the words of both
    assert _history("wishes_wishevent", "accordion") == 1

    assert _found("wish_words", dt.date(2028, 3, 9)) == 0
    assert _apply("wish_words", dt.date(2028, 3, 10)) == 1
    assert _apply("wish_words", dt.date(2028, 3, 11)) == 0

    wish.refresh_from_db()
    assert (wish.text, wish.words_gone_on) == ("", dt.date(2028, 3, 10))
    assert (wish.tags, wish.over_on, wish.status) == (["music"], D, over["status"])
    assert Wish.objects.get(pk=open_one.pk).text == "a dog"
    assert _history("wishes_wishevent", "accordion") == 0
    assert _history("wishes_wishevent", "dog") == 1


def test_a_wish_that_waits_for_three_years_is_let_go_without_words():
    WishFactory(text="an accordion", taken_on=D)
    Wish.objects.update(how_many="many")

    assert _found("wishes_waiting", dt.date(2030, 3, 9)) == 0
    assert _apply("wishes_waiting", dt.date(2030, 3, 10)) == 1

    wish = Wish.objects.get()
    assert (wish.status, wish.text, wish.let_go_why) == ("let_go", "", "no_longer")
    assert _history("wishes_wishevent", "accordion") == 0


def test_words_of_thanks_go_after_a_year():
    with time_machine.travel(_at(D), tick=False):
        ThanksFactory(text="You sang!")
        Thanks.objects.update(given_on=D)

    assert _found("thanks_words", dt.date(2028, 3, 9)) == 0
    assert _apply("thanks_words", dt.date(2028, 3, 10)) == 1

    thanks = Thanks.objects.get()
    assert (thanks.text, thanks.words_gone_on) == ("", dt.date(2028, 3, 10))
    assert _history("wishes_thanksevent", "sang") == 0
