"""The public pages: suggest a place, say what is wrong with one, see what became of it."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from assets.models import Asset
from assets.proposals import limits
from assets.proposals.deciding import approve, refuse
from assets.proposals.models import Proposal, State
from geo.models import Place, Postcode
from tests import factories
from tests.factories import SALE

pytestmark = pytest.mark.django_db

SUGGEST = "/places/suggest/"


def change_url(asset) -> str:
    return f"/places/{asset.pk}/suggest/"


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def new(open_form, patient):
    """The form for a new place, filled in."""

    def filled(**more):
        place = {"name": "Timperley Repair Shed", "category": "clubs_societies"}
        return open_form(SUGGEST) | place | {"lon": "-2.322", "lat": "53.424"} | more

    return filled


# --- a new place ----------------------------------------------------------------------


def test_a_stranger_suggests_a_place_and_is_shown_what_happens_next(client, new):
    response = client.post(SUGGEST, new(note="Saturdays", contact=""), follow=True)

    proposal = Proposal.objects.get()
    assert not Asset.objects.exists()
    assert (proposal.title, proposal.note, proposal.made_by) == (
        "Timperley Repair Shed",
        "Saturdays",
        None,
    )
    assert proposal.location == SALE
    assert "What happens next" in text(response)
    assert response["Cache-Control"] == "no-store, private"
    assert response["Referrer-Policy"] == "same-origin"


def test_the_private_link_holds_nothing_of_anybody(client, new):
    response = client.post(SUGGEST, new(contact="zoe@example.org"))

    assert re.fullmatch(r"/places/suggested/[0-9a-f]{64}/", response["Location"])
    page = text(client.get(response["Location"]))
    assert "zoe" not in page


def test_a_postcode_is_enough(client, new):
    Postcode.objects.create(code="M332DH", location=SALE)
    client.post(SUGGEST, new(lon="", lat="", postcode="M33 2DH"))

    proposal = Proposal.objects.get()
    assert (proposal.location, proposal.location_precision) == (SALE, "postcode")
    assert proposal.values["postcode"] == "M33 2DH"


def test_words_for_the_place_are_enough_and_bring_it_to_its_area(client, new):
    Place.objects.create(geonames_id=1, name="Sale", location=SALE, population=9)
    area = factories.AreaFactory()
    client.post(SUGGEST, new(lon="", lat="", where_words="behind the library, Sale"))

    proposal = Proposal.objects.get()
    assert proposal.where_words == "behind the library, Sale"
    assert (proposal.location_source, proposal.area) == ("words", area)


def test_words_that_no_gazetteer_knows_are_kept_all_the_same(client, new):
    client.post(SUGGEST, new(lon="", lat="", where_words="by the old mill"))

    assert Proposal.objects.get().location is None


def test_a_place_that_is_nowhere_is_asked_for(client, new):
    response = client.post(SUGGEST, new(lon="", lat=""))

    assert response.status_code == 422
    assert "say it in words" in text(response)
    assert not Proposal.objects.exists()


def test_sent_twice_it_is_one_suggestion_with_one_link(client, new):
    sent = new()
    links = {client.post(SUGGEST, sent)["Location"] for _ in range(2)}

    assert len(links) == Proposal.objects.count() == 1


def test_a_place_that_is_on_the_map_is_shown_before_it_is_sent_again(client, new):
    known = factories.AssetFactory(
        name="Timperley Repair Shed", category="clubs_societies", location=SALE
    )
    waiting = factories.AssetFactory(
        name="Timperley Repair Shed", visibility="draft", published_on=None
    )
    sent = new()
    asked = client.post(SUGGEST, sent)

    assert asked.status_code == 409
    assert known.get_absolute_url() in text(asked)
    assert waiting.get_absolute_url() not in text(asked)
    assert not Proposal.objects.exists()
    assert client.post(SUGGEST, sent | {"not_same": "1"}).status_code == 302
    assert client.post(SUGGEST, sent).status_code == 302  # the same form once more
    assert Proposal.objects.count() == 1


def test_a_text_that_may_name_somebody_is_asked_about_first(client, new):
    response = client.post(SUGGEST, new(note="Ask Mrs Bell on 07700 900461"))

    assert response.status_code == 422
    assert "Keep it as it is" in text(response)
    assert not Proposal.objects.exists()


# --- machines, and too much of it --------------------------------------------------------


def test_a_machine_that_fills_in_every_field_is_told_what_everybody_is_told(client, new):
    response = client.post(SUGGEST, new(url="https://pills.example"), follow=True)

    assert response.redirect_chain[0][0].startswith("/places/suggested/")
    assert not Proposal.objects.exists()


def test_a_form_that_comes_back_at_once_is_asked_for_again(client, open_form):
    sent = open_form(SUGGEST) | {"name": "Shed", "category": "shops", "where_words": "Sale"}
    response = client.post(SUGGEST, sent)

    assert response.status_code == 422
    assert "That was very quick" in text(response)
    assert not Proposal.objects.exists()


def test_a_form_with_a_time_somebody_made_up_is_not_taken(client, new):
    for seal in ("", "made-up", limits.seal()[:-3] + "xyz"):
        assert client.post(SUGGEST, new(seal=seal)).status_code == 422

    assert not Proposal.objects.exists()


def test_a_network_that_sends_too_many_is_stopped(client, new, monkeypatch):
    monkeypatch.setitem(limits._RATES, "network", "2/h/ip")
    statuses = [client.post(SUGGEST, new()).status_code for _ in range(3)]

    assert statuses == [302, 302, 429]


def test_an_address_that_is_given_too_often_is_not_written_to(client, new):
    statuses = [
        client.post(SUGGEST, new(contact="victim@example.org")).status_code for _ in range(4)
    ]

    assert statuses == [302, 302, 302, 422]


# --- something wrong ----------------------------------------------------------------------


def test_only_what_was_touched_is_suggested(client, kettle, open_form, patient):
    sent = open_form(change_url(kettle)) | {"phone": "0161 496 0222"}
    client.post(change_url(kettle), sent)

    proposal = Proposal.objects.get()
    assert proposal.values == {"phone": "0161 496 0222"}
    assert proposal.before == {"phone": "0161 496 0111"}
    kettle.refresh_from_db()
    assert kettle.phone == "0161 496 0111"


def test_what_somebody_else_changed_meanwhile_is_no_part_of_it(
    client, kettle, open_form, patient
):
    sent = open_form(change_url(kettle)) | {"phone": "0161 496 0222"}
    Asset.objects.filter(pk=kettle.pk).update(address="9 New Street", cost="Free")

    client.post(change_url(kettle), sent)

    assert set(Proposal.objects.get().values) == {"phone"}


def test_a_stranger_is_shown_neither_whom_to_ask_nor_a_mailbox_of_somebody(client, kettle):
    page = text(client.get(change_url(kettle)))

    assert "Jo, at the till" not in page
    assert "jo.bloggs" not in page
    form = client.get(change_url(kettle)).context["form"]
    assert "who_to_ask" not in form.fields
    assert "Jo" not in str(limits.unseal(str(form["seal"].value())))


def test_a_stranger_proposes_nobody_to_ask(client, kettle, open_form, patient):
    sent = open_form(change_url(kettle)) | {"who_to_ask": "Me", "note": "Ask me"}
    client.post(change_url(kettle), sent)

    assert "who_to_ask" not in Proposal.objects.get().values


def test_somebody_who_arranges_ties_sees_whom_to_ask_and_proposes_another(
    client, kettle, coordinator, open_form
):
    client.force_login(coordinator)
    sent = open_form(change_url(kettle))
    assert sent["who_to_ask"] == "Jo, at the till"
    client.post(change_url(kettle), sent | {"who_to_ask": "Sam, in the kitchen"})

    proposal = Proposal.objects.get()
    assert (proposal.made_by, proposal.contact) == (coordinator, None)
    assert proposal.values == {"who_to_ask": "Sam, in the kitchen"}


def test_a_moved_pin_is_a_new_point_and_the_old_one_stands_beside_it(
    client, kettle, open_form, patient
):
    client.post(change_url(kettle), open_form(change_url(kettle)) | {"lon": "-2.3200000"})

    proposal = Proposal.objects.get()
    assert proposal.location.coords == (-2.32, 53.424)
    assert proposal.before == {"location": [-2.322, 53.424]}
    assert proposal.values == {}


def test_words_alone_are_enough(client, kettle, open_form, patient):
    sent = open_form(change_url(kettle)) | {"note": "The number rings and rings."}
    assert client.post(change_url(kettle), sent).status_code == 302
    assert Proposal.objects.get().note == "The number rings and rings."


def test_nothing_at_all_is_not(client, kettle, open_form, patient):
    response = client.post(change_url(kettle), open_form(change_url(kettle)))

    assert response.status_code == 422
    assert "Say what is not right" in text(response)


def test_the_seal_of_another_places_form_is_refused(client, kettle, open_form, patient):
    other = factories.AssetFactory()
    sent = open_form(change_url(other)) | {"phone": "0161 496 0222"}

    assert client.post(change_url(kettle), sent).status_code == 422
    assert not Proposal.objects.exists()


def test_somebody_says_that_a_place_is_gone(client, kettle, open_form, patient):
    sent = open_form(change_url(kettle), "gone") | {"gone": "1", "gone-note": "Boarded up"}
    client.post(change_url(kettle), sent)

    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.note) == ("gone", "Boarded up")
    assert Asset.objects.published().get() == kettle


def test_a_champion_takes_a_place_off_the_map_at_once(client, kettle, champion, open_form):
    client.force_login(champion)
    sent = open_form(change_url(kettle), "gone") | {"gone": "1"}
    response = client.post(change_url(kettle), sent, follow=True)

    assert not Asset.objects.published().exists()
    assert "Undo" in text(response)


def test_a_partner_is_led_to_its_own_edit_page(client, kettle):
    partner = factories.member("partner", asset=kettle)
    client.force_login(partner)

    assert f"/places/{kettle.pk}/edit/" in text(client.get(change_url(kettle)))


@pytest.mark.parametrize("hidden", ["draft", "hidden"])
def test_a_place_that_is_not_public_has_no_such_page(client, hidden, kettle):
    published_on = None if hidden == "draft" else kettle.published_on
    Asset.objects.filter(pk=kettle.pk).update(visibility=hidden, published_on=published_on)

    assert client.get(change_url(kettle)).status_code == 404


def test_every_public_place_has_the_link_and_a_refused_edit_names_the_way(
    client, kettle, coordinator
):
    assert change_url(kettle) in text(client.get(kettle.get_absolute_url()))
    client.force_login(coordinator)
    refused = client.get(reverse("assets:edit", args=[kettle.pk]))
    assert refused.status_code == 403
    assert change_url(kettle) in text(refused)


# --- the private page ---------------------------------------------------------------------


def test_the_page_says_what_became_of_it_and_takes_it_back(client, new, champion):
    link = client.post(SUGGEST, new())["Location"]
    assert "It waits" in text(client.get(link))

    client.post(link)
    assert "You took it back" in text(client.get(link))
    assert Proposal.objects.get().state == State.WITHDRAWN


def test_the_page_gives_the_reason_of_a_refusal(client, new, champion):
    link = client.post(SUGGEST, new())["Location"]
    refuse(by=champion, proposal=Proposal.objects.get(), words="It is somebody’s home.")

    assert "It is somebody’s home." in text(client.get(link))


def test_the_page_leads_to_the_place_once_it_is_on_the_map(client, new, champion):
    link = client.post(SUGGEST, new())["Location"]
    proposal = approve(by=champion, proposal=Proposal.objects.get())

    assert proposal.asset.get_absolute_url() in text(client.get(link))


def test_what_was_decided_meanwhile_is_not_taken_back(client, new, champion):
    link = client.post(SUGGEST, new())["Location"]
    approve(by=champion, proposal=Proposal.objects.get())

    page = client.post(link, follow=True)
    assert "was quicker" in text(page)
    assert champion.name not in text(page)
    assert Asset.objects.published().exists()


def test_the_page_does_not_tell_what_a_hidden_place_is_called(client, new, champion):
    link = client.post(SUGGEST, new())["Location"]
    proposal = approve(by=champion, proposal=Proposal.objects.get())
    Asset.objects.filter(pk=proposal.asset.pk).update(visibility="hidden", name="At Mary’s")

    page = text(client.get(link))

    assert "Timperley Repair Shed" in page
    assert "At Mary’s" not in page


def test_following_the_link_changes_nothing(client, new):
    link = client.post(SUGGEST, new(contact="zoe@example.org"))["Location"]
    before = Proposal.objects.values().get()
    for method in ("get", "head", "options"):
        getattr(client, method)(link)

    assert Proposal.objects.values().get() == before
    assert mail.outbox == []


@pytest.mark.parametrize("token", ["none-such", "x" * 3000, "ü", "%00"])
def test_a_link_that_opens_nothing_says_so(client, token):
    assert client.get(f"/places/suggested/{token}/").status_code == 410
