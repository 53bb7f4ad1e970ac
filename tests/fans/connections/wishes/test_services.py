"""Pegging up, granting, letting go, waiting again, thanking: what goes, and what is refused."""

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from fans.connections.errors import PersonNumberError
from fans.connections.services import undo_connection
from fans.connections.wishes import services
from fans.connections.wishes.errors import (
    NotOpenError,
    NotToThankError,
    TooLateError,
    WishesError,
    WordsGoneError,
    WrongConnectionError,
    WrongDayError,
)
from fans.connections.wishes.models import Thanks, Wish
from tests import factories
from tests.factories import (
    NORWICH,
    ConnectionFactory,
    HomeFactory,
    PartnershipFactory,
    ThanksFactory,
    WishFactory,
)

pytestmark = pytest.mark.django_db
SEPTEMBER = dt.date(2026, 9, 1)


@pytest.fixture
def wish(home):
    return WishFactory(home=home)


@pytest.fixture
def relative(home):
    return factories.member("relative", home=home, name="Rae")


@pytest.fixture
def entry(home):
    tie = PartnershipFactory(home=home)
    return ConnectionFactory(partnership=tie, happened_on=timezone.localdate())


def again(wish):
    wish.refresh_from_db()
    return wish


def test_a_wish_goes_up_today_with_who_took_it_down(home, coordinator):
    wish = services.peg(
        by=coordinator, home=home, text="  to hear\nan accordion ", tags=["music", "music"],
        from_whom="relative", how_many="few",
    )  # fmt: skip

    kept = again(wish)
    assert (kept.text, kept.tags) == ("to hear an accordion", ["music"])
    assert (kept.from_whom, kept.how_many, kept.status) == ("relative", "few", "open")
    assert (kept.taken_by, kept.taken_on) == (coordinator, timezone.localdate())


def test_a_relative_pegs_up_and_does_nothing_else(home, relative, wish):
    own = services.peg(by=relative, home=home, text="to see the sea")

    for refused in (
        lambda: services.change(
            wish=own, by=relative, text="x", tags=[], from_whom="staff", how_many="one"
        ),
        lambda: services.grant(wish=own, by=relative, on=timezone.localdate()),
        lambda: services.let_go(wish=own, by=relative, why="done"),
        lambda: services.reopen(wish=own, by=relative),
        lambda: services.take_back(wish=wish, by=relative),
    ):
        with pytest.raises(PermissionDenied):
            refused()
    services.take_back(wish=own, by=relative)
    assert list(Wish.objects.all()) == [wish]


def test_another_home_is_out_of_reach(coordinator, entry):
    elsewhere = HomeFactory(location=NORWICH)
    wish = WishFactory(home=elsewhere)

    with pytest.raises(PermissionDenied):
        services.peg(by=coordinator, home=elsewhere, text="to see the sea")
    with pytest.raises(PermissionDenied):
        services.grant(wish=wish, by=coordinator, on=SEPTEMBER)
    assert Wish.objects.get().status == "open"


def test_the_same_submission_is_one_wish_and_another_text_is_refused(home, coordinator):
    number = uuid.uuid4()
    first = services.peg(by=coordinator, home=home, text="the sea", client_uuid=number)

    assert services.peg(by=coordinator, home=home, text="the sea", client_uuid=number) == first
    with pytest.raises(WishesError, match="before you changed it"):
        services.peg(by=coordinator, home=home, text="the moon", client_uuid=number)
    assert Wish.objects.count() == 1


@pytest.mark.parametrize("text", ["943 476 5919 would love tea", "call 9434765919"])
def test_an_nhs_number_is_never_kept(home, coordinator, text):
    with pytest.raises(PersonNumberError) as refused:
        services.peg(by=coordinator, home=home, text=text)

    assert refused.value.field == "text"
    assert not Wish.objects.exists()


def test_an_open_wish_is_put_in_better_words_and_one_that_is_over_is_not(wish, coordinator):
    said = {"text": "an accordion", "tags": [], "from_whom": "staff", "how_many": "many"}

    services.change(wish=wish, by=coordinator, **said)

    assert (again(wish).text, wish.tags, wish.how_many) == ("an accordion", [], "many")
    services.let_go(wish=wish, by=coordinator, why="no_longer")
    with pytest.raises(NotOpenError):
        services.change(wish=wish, by=coordinator, **said)


def test_a_slip_comes_off_with_its_history_for_ten_minutes(home, coordinator):
    wish = services.peg(by=coordinator, home=home, text="Doris would love tea")
    late = WishFactory(home=home)
    Wish.objects.filter(pk=late.pk).update(pegged_at=timezone.now() - dt.timedelta(minutes=11))

    services.take_back(wish=wish, by=coordinator)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM wishes_wishevent WHERE text ILIKE '%doris%'")
        assert cursor.fetchone()[0] == 0
    with pytest.raises(TooLateError):
        services.take_back(wish=late, by=coordinator)
    assert list(Wish.objects.all()) == [late]


def test_an_entry_of_the_log_grants_a_wish_on_its_own_day(wish, coordinator, entry):
    services.grant(wish=wish, by=coordinator, connection=entry, on=SEPTEMBER)

    assert (again(wish).status, wish.granted_on) == ("granted", timezone.localdate())
    assert wish.connection == entry


def test_a_wish_is_granted_on_a_day_that_nothing_was_logged(wish, coordinator):
    services.grant(wish=wish, by=coordinator, on=SEPTEMBER)

    assert (again(wish).granted_on, wish.connection) == (SEPTEMBER, None)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (None, "Choose what granted it"),
        (dt.date(2026, 8, 31), "pegged up on 1 September 2026"),
        (dt.date(2126, 1, 1), "still to come"),
    ],
)
def test_a_day_before_the_wish_or_to_come_is_refused(wish, coordinator, day, words):
    with pytest.raises(WrongDayError, match=words) as refused:
        services.grant(wish=wish, by=coordinator, on=day)

    assert refused.value.field == "on"
    assert again(wish).status == "open"


def test_an_entry_that_is_not_ours_or_does_not_stand_grants_nothing(wish, coordinator, entry):
    theirs = ConnectionFactory(happened_on=timezone.localdate())
    before = ConnectionFactory(
        partnership=entry.partnership, happened_on=SEPTEMBER - dt.timedelta(days=1)
    )
    undone = ConnectionFactory(partnership=entry.partnership, undone_at=timezone.now())
    for other in (theirs, before, undone):
        with pytest.raises(WrongConnectionError):
            services.grant(wish=wish, by=coordinator, connection=other)

    assert again(wish).status == "open"


def test_a_wish_comes_true_once(wish, coordinator, entry):
    services.grant(wish=wish, by=coordinator, connection=entry)

    for twice in (
        lambda: services.grant(wish=wish, by=coordinator, on=timezone.localdate()),
        lambda: services.let_go(wish=wish, by=coordinator, why="done"),
    ):
        with pytest.raises(NotOpenError):
            twice()
    assert again(wish).connection == entry


def test_taking_the_entry_back_lets_the_wish_wait_again(wish, coordinator, entry):
    other = WishFactory(home=wish.home, status="granted", granted_on=timezone.localdate())
    services.grant(wish=wish, by=coordinator, connection=entry)

    undo_connection(connection=entry, by=coordinator)

    assert (again(wish).status, wish.connection, wish.granted_on) == ("open", None, None)
    assert again(other).status == "granted"


def test_what_is_over_hangs_up_again_as_it_was(wish, coordinator):
    services.let_go(wish=wish, by=coordinator, why="cannot")
    assert (again(wish).let_go_on, wish.let_go_why) == (timezone.localdate(), "cannot")

    services.reopen(wish=wish, by=coordinator)
    services.reopen(wish=wish, by=coordinator)

    assert (again(wish).status, wish.let_go_on, wish.let_go_why) == ("open", None, "")
    assert wish.taken_on == SEPTEMBER


def test_a_reason_that_is_not_in_the_list_is_refused(wish, coordinator):
    with pytest.raises(ValidationError):
        services.let_go(wish=wish, by=coordinator, why="she died")

    assert again(wish).status == "open"


def test_a_wish_without_words_stays_down(home, coordinator):
    day = timezone.localdate()
    wish = WishFactory(home=home, status="granted", granted_on=day, text="", words_gone_on=day)

    with pytest.raises(WordsGoneError):
        services.reopen(wish=wish, by=coordinator)


@pytest.mark.django_db(transaction=True)
def test_two_who_grant_at_once_grant_once(wish, coordinator, entry):
    start = Barrier(2)

    def one(kind):
        start.wait()
        try:
            services.grant(wish=wish, by=coordinator, **kind)
        except NotOpenError:
            return "refused"
        finally:
            connection.close()
        return "granted"

    with ThreadPoolExecutor(2) as pool:
        kinds = ({"connection": entry}, {"on": timezone.localdate()})
        assert sorted(pool.map(one, kinds)) == ["granted", "refused"]


def test_thanks_wait_for_their_card(wish, coordinator, entry):
    services.grant(wish=wish, by=coordinator, connection=entry)

    thanks = services.thank(
        by=coordinator, partnership=entry.partnership, text=" Come\nagain! ", wish=wish
    )

    assert (thanks.text, thanks.home, thanks.wish) == ("Come again!", wish.home, wish)
    assert list(Thanks.objects.of_tie(entry.partnership).not_given()) == [thanks]
    services.give(thanks=thanks, by=coordinator)
    assert services.give(thanks=thanks, by=coordinator).given_on == timezone.localdate()
    assert not Thanks.objects.not_given().exists()
    services.not_given(thanks=thanks, by=coordinator)
    assert services.not_given(thanks=thanks, by=coordinator).given_on is None


def test_thanks_for_what_has_not_come_true_here_are_refused(wish, coordinator, entry):
    theirs = WishFactory(status="granted", granted_on=SEPTEMBER)
    for other in (wish, theirs):
        with pytest.raises(NotToThankError):
            services.thank(
                by=coordinator, partnership=entry.partnership, text="Thanks", wish=other
            )
    with pytest.raises(PersonNumberError):
        services.thank(by=coordinator, partnership=entry.partnership, text="943 476 5919")
    with pytest.raises(PermissionDenied):
        services.thank(by=coordinator, partnership=PartnershipFactory(), text="Thanks")
    assert not Thanks.objects.exists()


def test_thanks_are_torn_up_until_they_are_handed_over(entry, coordinator):
    thanks = ThanksFactory(partnership=entry.partnership)
    given = ThanksFactory(partnership=entry.partnership, given_on=timezone.localdate())

    services.tear_up(thanks=thanks, by=coordinator)

    later = timezone.now() + dt.timedelta(minutes=11)
    with time_machine.travel(later, tick=False), pytest.raises(TooLateError):
        services.tear_up(thanks=given, by=coordinator)
    assert list(Thanks.objects.all()) == [given]
