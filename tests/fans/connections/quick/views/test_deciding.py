"""The list of what waits, and the form in which it is put right."""

import re
import uuid

import pytest
from django.utils import timezone

from fans.connections.models import Connection
from fans.connections.quick.models import QuickEntry
from tests.factories import ConnectionFactory, QuickEntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def url(home):
    return f"/homes/{home.pk}/noted/"


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def undo_of(response):
    return re.search(r'action="(/noted/\d+/undo/)"', response.content.decode())[1]


def test_the_page_of_the_day_counts_what_waits(ada, note):
    note()
    note(direction="out")

    assert "2 entries wait until one of you says that it was so." in words(ada.get("/today/"))


def test_and_is_silent_where_nothing_does(ada):
    assert "Noted from your sheets" not in words(ada.get("/today/"))


def test_lists_what_waits_and_what_else_is_known_of_it(ada, url, note, choir, today):
    note(partnership=choir, note="In the sun", residents_count=4)
    note(partnership=choir, direction="out")
    ConnectionFactory(partnership=choir, happened_on=today)
    note(who="Bell ringers")

    shown = words(ada.get(url))

    assert "The Pellow Singers" in shown
    assert "In the sun" in shown
    assert "The log has them on that day already" in shown
    assert "Noted twice?" in shown
    assert "Not one of your ties yet" in shown


def test_costs_as_much_for_many_as_for_few(
    ada, url, note, choir, django_assert_max_num_queries
):
    for number in range(12):
        note(partnership=choir, residents_count=number)

    with django_assert_max_num_queries(14):
        assert ada.get(url).status_code == 200


def test_one_press_puts_one_in_the_log_and_another_takes_it_out(
    ada, url, note, choir, coordinator
):
    entry = note(partnership=choir)

    response = ada.post(url, {"confirm": str(entry.pk)}, follow=True)

    entry.refresh_from_db()
    assert "1 in the log." in words(response)
    assert entry.connection.logged_by == entry.decided_by == coordinator
    assert "Taken back: 1 waits again." in words(ada.post(undo_of(response), follow=True))
    entry.refresh_from_db()
    assert (entry.state, entry.connection) == ("waiting", None)


def test_those_ticked_go_together_and_one_in_doubt_waits_with_the_reason(ada, url, note, choir):
    known, other, nameless = (
        note(partnership=choir), note(partnership=choir, direction="out"), note()
    )  # fmt: skip
    ids = [str(each.pk) for each in (known, other, nameless)]

    shown = words(ada.post(url, {"confirm": "ticked", "entry": ids}, follow=True))

    assert "2 in the log." in shown
    assert "Say first who “Bell ringers” is" in shown
    assert QuickEntry.objects.waiting().get() == nameless


def test_what_is_left_out_stays_out_until_it_is_taken_back(ada, url, note, choir):
    entry = note(partnership=choir)
    response = ada.post(url, {"refuse": str(entry.pk)}, follow=True)

    assert "1 left out of the log." in words(response)
    assert not QuickEntry.objects.waiting().exists()
    ada.post(undo_of(response))
    assert QuickEntry.objects.waiting().get() == entry


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"confirm": "ticked"}, {"confirm": ""}, {"confirm": "x"}, {"refuse": "-1"},
        {"confirm": "9" * 400}, {"confirm": "ticked", "entry": ["1; DROP", "\x00"]},
    ],
)  # fmt: skip
def test_a_press_without_an_entry_changes_nothing(ada, url, note, choir, sent):
    note(partnership=choir)

    assert ada.post(url, sent).status_code == 422
    assert QuickEntry.objects.waiting().count() == 1


def test_an_entry_of_another_home_is_not_there(ada, url):
    theirs = QuickEntryFactory(code__home__name="Elmbank")

    ada.post(url, {"refuse": str(theirs.pk)})

    assert ada.get(f"/noted/{theirs.pk}/").status_code == 404
    assert ada.post(f"/noted/{theirs.pk}/undo/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.state == "waiting"


def test_is_changed_and_then_saved(ada, note, choir, today):
    entry = note(partnership=choir, residents_count=4, note="In the sun")
    form = ada.get(f"/noted/{entry.pk}/").context["form"]
    assert (form["who"].value(), form["residents_count"].value()) == (f"tie:{choir.pk}", 4)
    assert (form["when"].value(), form["happened_on"].value()) == ("other", today)

    sent = {
        "client_uuid": str(uuid.uuid4()), "who": f"tie:{choir.pk}", "when": "today",
        "direction": "in", "residents_count": "5", "note": "In the sun",
    }  # fmt: skip
    response = ada.post(f"/noted/{entry.pk}/", sent, follow=True)

    entry.refresh_from_db()
    assert "1 in the log." in words(response)
    assert (entry.state, entry.connection.residents_count) == ("confirmed", 5)


def test_a_name_becomes_a_tie_on_the_way(ada, note):
    entry = note(who="Bell ringers")
    page = ada.get(f"/noted/{entry.pk}/")
    assert page.context["form"].newcomer["name"].value() == "Bell ringers"

    sent = {
        "client_uuid": str(uuid.uuid4()), "who": "new", "when": "today", "direction": "in",
        "new-kind": "group", "new-name": "Bell ringers", "new-category": "faith",
    }  # fmt: skip
    ada.post(f"/noted/{entry.pk}/", sent)

    assert str(Connection.objects.get().partnership.partner) == "Bell ringers"
    entry.refresh_from_db()
    assert entry.state == "confirmed"


def test_what_does_not_fit_is_said_and_the_entry_waits(ada, note, choir):
    entry = note(partnership=choir)
    sent = {
        "who": f"tie:{choir.pk}",
        "when": "today",
        "direction": "in",
        "until_on": "2999-01-01",
    }

    response = ada.post(f"/noted/{entry.pk}/", sent)

    assert response.status_code == 422
    assert not Connection.objects.filter(happened_on=timezone.localdate()).exists()
    entry.refresh_from_db()
    assert entry.state == "waiting"


def test_what_somebody_else_decided_meanwhile_is_said(ada, url, note, choir):
    entry = note(partnership=choir)
    ada.post(url, {"confirm": str(entry.pk)})
    sent = {"who": f"tie:{choir.pk}", "when": "today", "direction": "out"}

    response = ada.post(f"/noted/{entry.pk}/", sent, follow=True)

    assert "This does not wait any more" in words(response)
    assert "none of these waits any more" in words(
        ada.post(url, {"confirm": str(entry.pk)}, follow=True)
    )
    assert Connection.objects.filter(quick_entry=entry).count() == 1


@pytest.mark.parametrize("who", ["champion", "facilitator", "administrator", "stranger"])
def test_nobody_but_the_home_s_team_sees_it(request, client, url, note, who):
    entry = note()
    client.force_login(request.getfixturevalue(who))

    assert {client.get(page).status_code for page in (url, f"/noted/{entry.pk}/")} <= {403, 404}


def test_looking_changes_nothing(ada, url, note, choir):
    entry = note(partnership=choir)
    for page in (url, f"{url}?confirm={entry.pk}", f"/noted/{entry.pk}/"):
        ada.get(page)

    assert ada.get(f"/noted/{entry.pk}/undo/").status_code == 405
    assert QuickEntry.objects.waiting().get() == entry
