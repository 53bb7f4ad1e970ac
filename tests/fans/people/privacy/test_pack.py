import json

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from fans.people.models import Person
from fans.people.privacy import pack as packing
from fans.people.privacy.pack import make_pack
from fans.people.volunteers.models import Volunteer
from tests import factories
from tests.fans.people.privacy.conftest import EMAIL, NAME, PHONE

pytestmark = pytest.mark.django_db


def told(person, **how):
    return json.loads("".join(make_pack(person=person, **how).as_json()))


def kind(pack, table, relation="about you"):
    found = [
        k
        for k in pack["kinds"]
        if (k["table"], k["how it has to do with you"]) == (table, relation)
    ]
    assert len(found) == 1, [
        (k["table"], k["how it has to do with you"]) for k in pack["kinds"]
    ]
    return found[0]


@pytest.fixture
def lead():
    return factories.member(
        "volunteer_lead", area=factories.AreaFactory(), name="Lou Leadbetter"
    )


def test_each_kind_says_what_it_is_why_it_is_held_how_long_and_where_it_is_from(zelda):
    account = kind(told(zelda), "people_person")

    assert account["kind"] == "Your account"
    assert account["on erasure"] == "deleted"
    assert all(account[key] for key in ("why it is held", "how long", "where it came from"))
    assert account["rows"][0]["fields"]["E-mail address"] == EMAIL


def test_keys_are_never_shown(zelda, lead):
    Authenticator.objects.create(user=zelda, type="totp", data={"secret": "Geheimnis"})
    factories.InvitationFactory(email=EMAIL, token_hash="f" * 64, invited_by=lead)
    Person.objects.filter(pk=zelda.pk).update(password="argon2$known")

    said = json.dumps(told(zelda, on_request=True))

    assert "Geheimnis" not in said
    assert "argon2" not in said
    assert "f" * 64 not in said
    assert said.count("held, not shown: it is a key") >= 3


def test_other_people_are_their_roles(zelda, lead):
    hers = Volunteer.objects.create(
        person=zelda, age_band="18+", stage_since=timezone.now(), last_heard_on="2026-11-01",
        offer="Lou Leadbetter knows me; or ask mo@example.org",
    )  # fmt: skip
    hers.events.create(
        stage="applied", at=timezone.now(), by=lead, note="Met by LOU LEADBETTER"
    )
    hers.references.create(referee="Grey Referee", asked_on="2026-11-01")

    pack = told(zelda)

    said = json.dumps(pack).lower()
    assert "leadbetter" not in said
    assert "grey" not in said
    assert kind(pack, "volunteers_stageevent")["rows"][0]["fields"]["By"] == "volunteer lead"
    offer = kind(pack, "volunteers_volunteer")["rows"][0]["fields"]["Offer"]
    assert offer == "[volunteer lead] knows me; or ask [an address]"


def test_what_she_made_is_listed_without_what_it_says_of_others(zelda):
    tie = factories.PartnershipFactory(created_by=zelda)
    factories.ConnectionFactory(partnership=tie, logged_by=zelda, note="Grey Referee came")

    rows = kind(told(zelda), "connections_connection", "made by you")["rows"]

    assert rows[0]["fields"]["You as"] == "Logged by"
    assert "Grey" not in json.dumps(rows)


def test_words_beside_a_name_alone_wait_for_an_administrator(zelda):
    factories.ConnectionFactory(note=f"{NAME} was unwell")

    own = kind(told(zelda), "connections_connection", "names you")["rows"]
    asked = kind(told(zelda, on_request=True), "connections_connection", "names you")["rows"]

    assert "unwell" not in json.dumps(own)
    assert asked[0]["fields"] == {"Note": f"{NAME} was unwell"}


def test_words_beside_an_address_that_is_hers_are_shown(zelda):
    factories.ConnectionFactory(note=f"{EMAIL} came, said Lou")

    rows = kind(told(zelda), "connections_connection", "names you")["rows"]

    assert rows[0]["fields"] == {"Note": f"{EMAIL} came, said Lou"}


def test_an_address_that_nobody_confirmed_shows_nothing_of_others(zelda):
    zelda.emailaddress_set.update(verified=False)
    Person.objects.filter(pk=zelda.pk).update(email="new@example.org")
    factories.ConnectionFactory(note=f"{EMAIL} was unwell")

    rows = kind(told(Person.objects.get(pk=zelda.pk)), "connections_connection", "names you")

    assert "unwell" not in json.dumps(rows)


def test_an_earlier_name_and_number_are_looked_for(zelda):
    Volunteer.objects.create(
        person=zelda, age_band="18+", stage_since=timezone.now(), last_heard_on="2026-11-01",
        phone=PHONE,
    )  # fmt: skip
    Volunteer.objects.update(phone="07700 900999")
    Person.objects.filter(pk=zelda.pk).update(name="Zelda Other")

    looked_for = told(Person.objects.get(pk=zelda.pk))["about"]["looked for in notes of others"]

    assert {NAME, "Zelda Other", EMAIL, PHONE, "07700 900999"} == set(looked_for)


def test_a_home_named_like_her_is_told_apart(zelda):
    factories.HomeFactory(name=f"{NAME} House")

    names = {k["kind"] for k in told(zelda)["kinds"] if k["table"] == "homes_home"}

    assert names == {"Names of homes and places with yours in them: homes"}


def test_it_is_written_row_by_row(zelda, django_assert_max_num_queries):
    for _ in range(30):
        factories.AssetFactory(created_by=zelda)
    pack = make_pack(person=zelda)

    with django_assert_max_num_queries(25):
        pieces = list(pack.as_json())

    assert len(pieces) > 30
    assert kind(json.loads("".join(pieces)), "assets_asset", "made by you")["count"] == 30


def test_a_long_kind_is_cut_where_it_is_printed(zelda, monkeypatch):
    monkeypatch.setattr(packing, "MOST_PRINTED", 2)
    for _ in range(3):
        factories.AssetFactory(created_by=zelda)

    printed = {each.group.table: each for each in make_pack(person=zelda).printed()}

    assert (len(printed["assets_asset"].items), printed["assets_asset"].more) == (2, 1)
