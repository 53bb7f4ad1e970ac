"""The form that a sheet's code opens: for anybody, and of the home it tells next to nothing."""

import datetime as dt
import re
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from fans.connections.models import Connection
from fans.connections.quick import limits
from fans.connections.quick.models import QuickEntry
from fans.connections.quick.services.codes import end_code
from tests.factories import (
    AssetFactory,
    ConnectionFactory,
    PartnershipFactory,
    TallyFactory,
    WishFactory,
)
from tests.fingerprint import fingerprint

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(client, token):
    """A phone without an account that has scanned the sheet."""
    client.get(f"/q/{token}/")
    return client


def said(**answers):
    least = {"client_uuid": str(uuid.uuid4()), "who": "other", "other": "Bell ringers"}
    return least | {"when": "today", "direction": "in"} | answers


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_code_leaves_the_address_at_once_and_goes_nowhere(client, token):
    response = client.get(f"/q/{token}/")

    assert (response.status_code, response["Location"]) == (302, "/quick/")
    assert response["Referrer-Policy"] == "no-referrer"
    assert token not in client.get("/quick/").content.decode()


def test_opening_changes_nothing(client, token):
    before = fingerprint()
    client.get(f"/q/{token}/")
    client.get("/quick/")
    client.head("/quick/")
    client.options("/quick/")

    assert fingerprint() == before


def test_asks_and_keeps_what_is_said(phone, choir):
    page = phone.get("/quick/")
    assert page.status_code == 200
    assert "Larkfield House" in words(page)

    sent = said(who=str(choir.pk), other="", residents_count="4", rating="5", note="In the sun")
    response = phone.post("/quick/", sent, follow=True)

    assert "Noted, thank you." in words(response)
    entry = QuickEntry.objects.get()
    assert (entry.partnership, entry.residents_count, entry.rating) == (choir, 4, 5)
    assert entry.happened_on == timezone.localdate()
    assert Connection.objects.filter(happened_on=timezone.localdate()).count() == 0


def test_tells_no_more_of_the_home_than_its_name_and_whom_it_usually_meets(phone, home, choir):
    """A visitor may scan it: no log, no wish, no number, no private person, no idea."""
    hidden = {
        "Elsie’s daughter": {"kind": "family", "own_category": ""},
        "Harp player": {"kind": "person", "own_category": "individual_gift"},
        "Chiropodist": {"kind": "professional", "own_category": ""},
    }
    for name, facts in hidden.items():
        tie = PartnershipFactory(
            home=home, partner__asset=None, partner__name=name,
            **{f"partner__{key}": value for key, value in facts.items()},
        )  # fmt: skip
        ConnectionFactory(partnership=tie, happened_on=timezone.localdate())
    for name, facts in {
        "An idea only": {},
        "Declined Club": {"status": "declined", "declined_reason": "not_for_us"},
        "Ended Club": {"status": "ended"},
    }.items():
        PartnershipFactory(home=home, partner__asset=AssetFactory(name=name), **facts)
    draft = AssetFactory(name="A draft", visibility="draft", published_on=None)
    ConnectionFactory(
        partnership=PartnershipFactory(home=home, partner__asset=draft),
        happened_on=timezone.localdate(), note="By the pond", residents_count=37,
    )  # fmt: skip
    WishFactory(home=home, text="To hear a brass band")
    TallyFactory(home=home, occupied_beds=39)

    shown = words(phone.get("/quick/"))

    assert "The Pellow Singers" in shown
    for secret in (
        *hidden, "An idea only", "Declined Club", "Ended Club", "A draft", "By the pond",
        "brass band", "37", "39", "Ada",
    ):  # fmt: skip
        assert secret not in shown, secret


def test_says_in_what_order_by_name_alone(phone, home):
    for number, name in enumerate(("Zither Club", "Allotments", "Moor Walkers")):
        tie = PartnershipFactory(home=home, partner__asset__name=name)
        day = timezone.localdate() - dt.timedelta(days=number)
        ConnectionFactory(partnership=tie, happened_on=day)

    choices = phone.get("/quick/").context["form"].fields["who"].choices

    assert [label for _, label in choices] == [
        "Allotments", "Moor Walkers", "Zither Club", "Someone else",
    ]  # fmt: skip


def test_the_same_form_twice_is_one_entry(phone):
    sent = said()
    phone.post("/quick/", sent)
    phone.post("/quick/", sent)

    assert QuickEntry.objects.count() == 1


def test_what_was_noted_by_a_slip_is_taken_back(phone):
    response = phone.post("/quick/", said(), follow=True)
    undo = re.search(r'action="(/quick/[^"]+/take-back/)"', response.content.decode())[1]

    assert phone.get(undo).status_code == 405
    assert "Taken back." in words(phone.post(undo, follow=True))
    assert not QuickEntry.objects.exists()


def test_another_phone_cannot_take_it_back(phone):
    phone.post("/quick/", said())
    entry = QuickEntry.objects.get()

    response = Client().post(f"/quick/{entry.client_uuid}/take-back/")

    assert response.status_code == 410
    assert QuickEntry.objects.exists()


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"other": ""}, "other"),
        ({"who": ""}, "who"),
        ({"who": "999999999"}, "who"),
        ({"direction": ""}, "direction"),
        ({"when": "other"}, "happened_on"),
        ({"when": "other", "happened_on": "2019-01-01"}, "happened_on"),
        ({"when": "other", "happened_on": "2999-01-01"}, "happened_on"),
        ({"when": "today", "happened_on": "2026-01-01"}, "happened_on"),
        ({"residents_count": "-1"}, "residents_count"),
        ({"residents_count": "many"}, "residents_count"),
        ({"community_count": "99999999999"}, "community_count"),
        ({"rating": "6"}, "rating"),
        ({"note": "x" * 301}, "note"),
        ({"note": "Mrs Patel came, 943 476 5919"}, "note"),
        ({"other": "Mrs Patel, 01614960123"}, "other"),
        ({"client_uuid": "nonsense"}, "client_uuid"),
        ({"other": "a\x00b"}, "other"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_question_and_kept_on_the_page(
    phone, answers, field
):
    response = phone.post("/quick/", said(**answers))

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not QuickEntry.objects.exists()
    assert "data-error-summary" in response.content.decode()


def test_markup_is_shown_as_it_was_typed(phone, client, coordinator, home):
    phone.post("/quick/", said(other="<script>alert(1)</script>"))
    client.force_login(coordinator)

    page = client.get(f"/homes/{home.pk}/noted/").content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_what_nobody_sees_is_left_out(phone):
    phone.post(
        "/quick/", said(who="other", other="Bell\u202e ringers\x1b[31m", note="x\u200by")
    )

    entry = QuickEntry.objects.get()
    assert (entry.who, entry.note) == ("Bell ringers [31m", "x y")


def test_a_name_that_nobody_sees_is_no_name(phone):
    answer = phone.post("/quick/", said(who="other", other="\u200b\u202e"))

    assert answer.status_code == 422
    assert "Say who it was." in words(answer)
    assert not QuickEntry.objects.exists()


def test_a_machine_is_told_what_everybody_is_told(phone):
    response = phone.post("/quick/", said(**{limits.TRAP: "http://spam.example"}), follow=True)

    assert "Noted, thank you." in words(response)
    assert not QuickEntry.objects.exists()


@pytest.mark.parametrize("how", ["ended", "unknown", "none"])
def test_a_sheet_that_is_over_says_so_in_plain_words(client, code, token, coordinator, how):
    if how == "ended":
        end_code(code=code, by=coordinator)
    if how != "none":
        client.get(f"/q/{token if how == 'ended' else 'made-up'}/")

    for response in (client.get("/quick/"), client.post("/quick/", said())):
        assert response.status_code == 410
        assert "This sheet works no longer" in words(response)
        assert "Larkfield" not in words(response)
    assert not QuickEntry.objects.exists()


def test_a_sheet_ended_while_the_form_was_open_takes_nothing(phone, code, coordinator):
    end_code(code=code, by=coordinator)

    assert phone.post("/quick/", said()).status_code == 410


@pytest.mark.parametrize("action", ["network", "code"])
def test_too_many_from_one_sheet_or_network_are_stopped(phone, monkeypatch, action):
    monkeypatch.setitem(limits._RATES, action, "2/h/ip" if action == "network" else "2/h/key")

    codes = [phone.post("/quick/", said(other=f"Group {n}")).status_code for n in range(4)]

    assert codes == [302, 302, 429, 429]
    assert QuickEntry.objects.count() == 2


def test_a_form_without_its_own_mark_is_refused(token):
    strict = Client(enforce_csrf_checks=True)
    strict.get(f"/q/{token}/")

    assert strict.post("/quick/", said()).status_code == 403
