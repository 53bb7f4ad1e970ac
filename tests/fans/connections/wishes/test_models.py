"""The rules of the table, each broken once."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from fans.connections.wishes.models import Wish
from homes.merging import merge_homes
from tests.factories import (
    ConnectionFactory,
    HomeFactory,
    PartnershipFactory,
    ThanksFactory,
    WishFactory,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 10, 1)
GRANTED = {"status": "granted", "granted_on": DAY}
LET_GO = {"status": "let_go", "let_go_on": DAY, "let_go_why": "done"}


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [
        ({"status": "lost"}, "wishes_wish_(status_known|granted_when)"),
        ({"from_whom": "mayor"}, "wishes_wish_voice_known"),
        ({"how_many": "17"}, "wishes_wish_band_known"),
        ({"tags": ["rubbish"]}, "wishes_wish_tags_known"),
        ({"tags": ["music", "food", "games", "sport", "walks"]}, "wishes_wish_few_tags"),
        ({"text": ""}, "wishes_wish_has_words"),
        ({"words_gone_on": DAY, "text": ""}, "wishes_wish_words_gone_when_over"),
        (
            GRANTED | {"words_gone_on": DAY, "text": "still here"},
            "wishes_wish_words_gone_when_over",
        ),
        ({"status": "granted"}, "wishes_wish_granted_when"),
        ({"granted_on": DAY}, "wishes_wish_granted_when"),
        (GRANTED | {"granted_on": dt.date(2026, 8, 31)}, "wishes_wish_granted_after"),
        ({"status": "let_go"}, "wishes_wish_let_go_when"),
        (LET_GO | {"let_go_why": "her daughter moved"[:9]}, "wishes_wish_let_go_when"),
        ({"let_go_why": "done"}, "wishes_wish_let_go_when"),
        (LET_GO | {"let_go_on": dt.date(2026, 8, 31)}, "wishes_wish_let_go_after"),
    ],
)
def test_a_wish_cannot_be_otherwise(broken, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        WishFactory(**broken)


def test_an_open_wish_has_no_entry_that_granted_it():
    with pytest.raises(IntegrityError, match="wishes_wish_entry_grants"):
        WishFactory(connection=ConnectionFactory())


def test_one_submission_is_one_wish():
    number = "6f2b7f0e-0000-4000-8000-000000000001"
    WishFactory(client_uuid=number)

    with pytest.raises(IntegrityError, match="client_uuid"):
        WishFactory(client_uuid=number)


@pytest.mark.parametrize("broken", [{"text": ""}, {"words_gone_on": DAY}])
def test_thanks_have_words_or_had_them(broken):
    with pytest.raises(IntegrityError, match="wishes_thanks_has_words"):
        ThanksFactory(**broken)


def test_thanks_are_of_the_home_of_their_tie():
    tie = PartnershipFactory()

    with pytest.raises(IntegrityError, match="wishes_thanks_home_of_tie"):
        ThanksFactory(partnership=tie, home=HomeFactory())


def test_an_entry_that_granted_a_wish_cannot_be_deleted():
    entry = ConnectionFactory()
    WishFactory(home=entry.home, connection=entry, **GRANTED)

    with pytest.raises(ProtectedError), transaction.atomic():
        entry.delete()


def test_wishes_and_thanks_go_with_the_home_that_stays():
    tie = PartnershipFactory()
    gone, kept = tie.home, HomeFactory(name="The other")
    entry = ConnectionFactory(partnership=tie)
    wish = WishFactory(home=gone, connection=entry, **GRANTED)
    thanks = ThanksFactory(partnership=tie, wish=wish)

    merge_homes(kept=kept, leaving=gone)

    wish.refresh_from_db()
    thanks.refresh_from_db()
    assert {wish.home, thanks.home, thanks.partnership.home, wish.connection.home} == {kept}


def test_a_row_tells_its_scope_and_never_its_words():
    thanks = ThanksFactory()
    wish = WishFactory(home=thanks.home, text="to see the sea")

    assert wish.permission_scope() == thanks.permission_scope() == {"home": {wish.home_id}}
    assert "sea" not in str(wish)
    assert "sang" not in str(thanks)


def test_wishes_are_found_by_home_state_and_theme():
    open_one = WishFactory(taken_on=DAY)
    granted = WishFactory(home=open_one.home, tags=["food", "music"], **GRANTED)
    gone = WishFactory(tags=[], **LET_GO)

    found = Wish.objects
    assert list(found.open()) == [open_one]
    assert list(found.granted()) == [granted]
    assert list(found.let_go()) == [gone]
    assert set(found.of_home(open_one.home)) == {open_one, granted}
    assert set(found.of_homes([gone.home_id])) == {gone}
    assert set(found.about("food")) == {granted}
    assert set(found.waiting_since(DAY)) == {open_one}
    assert not found.waiting_since(DAY - dt.timedelta(days=1)).exists()


def test_a_wish_waits_until_it_is_over():
    wish = WishFactory(taken_on=DAY)
    over = WishFactory(taken_on=DAY, status="granted", granted_on=DAY + dt.timedelta(days=3))

    assert wish.days_waited(DAY + dt.timedelta(days=9)) == 9
    assert over.days_waited(DAY + dt.timedelta(days=9)) == 3


def test_full_clean_says_in_words_what_is_wrong():
    with pytest.raises(ValidationError, match="at most 4 tags"):
        WishFactory.build(
            home=HomeFactory(), tags=["music", "food", "games", "sport", "walks"]
        ).full_clean()


def test_every_change_of_a_wish_is_recorded():
    wish = WishFactory()
    Wish.objects.filter(pk=wish.pk).update(tags=["food"])

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM wishes_wishevent WHERE id = %s", [wish.pk])
        assert cursor.fetchone()[0] == 2
    assert wish.pegged_at <= timezone.now()
