"""The queue and the page of one suggestion: before and after, what to take, what not."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from assets.models import Asset, FactCheck
from assets.proposals.models import Proposal, State
from assets.proposals.services import adopt, propose
from assets.services import edit_asset
from tests import factories
from tests.factories import NORWICH, SALE, box, metres_east

pytestmark = pytest.mark.django_db

QUEUE = "/proposals/"
NEW = {"name": "Timperley Repair Shed", "category": "clubs_societies", "location": SALE}


def text(response) -> str:
    return response.content.decode()


def page_of(proposal) -> str:
    return f"/proposals/{proposal.pk}/"


@pytest.fixture
def signed_in(client, champion):
    client.force_login(champion)
    return client


@pytest.fixture
def correction(kettle):
    values = {"phone": "0161 496 0222", "cost": "Free"}
    return propose(kind="change", asset=kettle, values=values, note="I rang them")


def ticked(client, proposal, *take, **more):
    """What a browser sends from a correction's page: these facts ticked."""
    form = client.get(page_of(proposal)).context["form"]
    sent = {
        field.html_name: field.value() or ""
        for field in form
        if not field.html_name.startswith(("take_", "checked"))
    }
    return {**sent, **{f"take_{name}": "on" for name in take}, "do": "approve", **more}


# --- the queue ----------------------------------------------------------------------------


def test_an_empty_queue_says_what_comes_here(signed_in):
    assert "Nothing waits for you" in text(signed_in.get(QUEUE))


def test_the_queue_holds_suggestions_and_drafts_of_ones_area_the_longest_waiting_first(
    signed_in, correction, coordinator
):
    factories.AssetFactory(
        name="Draft by Ada", visibility="draft", published_on=None, created_by=coordinator
    )
    far = factories.AssetFactory(name="Far away", location=NORWICH)
    propose(kind="gone", asset=far)
    Proposal.objects.filter(pk=correction.pk).update(
        created_at=timezone.now() - timezone.timedelta(days=21)
    )

    page = text(signed_in.get(QUEUE))

    assert page.index("Copper Kettle") < page.index("Draft by Ada")
    assert "3 weeks ago" in page
    assert "Phone, More on the cost" in page
    assert "Far away" not in page


def test_the_queue_shows_nobodys_address(signed_in, kettle):
    proposal = propose(kind="gone", asset=kettle, contact="zoe@example.org")

    for url in (QUEUE, page_of(proposal)):
        assert "zoe@example.org" not in text(signed_in.get(url))


def test_the_queue_is_narrowed_by_kind_and_place(signed_in, correction):
    propose(kind="new", values=NEW)

    assert "Copper Kettle" not in text(signed_in.get(f"{QUEUE}?kind=new"))
    assert "Timperley" in text(signed_in.get(f"{QUEUE}?kind=new"))
    assert "None like that" in text(signed_in.get(f"{QUEUE}?area=Nowhere"))
    assert signed_in.get(f"{QUEUE}?kind=%00&area=%00&page=x").status_code == 200


def test_a_persons_own_gift_waits_for_nobody(signed_in):
    factories.AssetFactory(
        category="individual_gift", abcd_type="gift", location=None, location_precision="",
        location_source="", visibility="draft", published_on=None,
    )  # fmt: skip
    assert "Nothing waits for you" in text(signed_in.get(QUEUE))


def test_what_has_no_place_comes_to_administrators(client, champion, administrator):
    proposal = propose(kind="new", values={**NEW, "location": None}, where_words="the old mill")

    client.force_login(champion)
    assert client.get(page_of(proposal)).status_code == 404
    client.force_login(administrator)
    assert "Without a place that we know" in text(client.get(QUEUE))
    assert "the old mill" in text(client.get(page_of(proposal)))


def test_the_champions_day_begins_with_how_many_wait(signed_in, correction):
    page = text(signed_in.get(reverse("frontend:today")))

    assert "The one that waits" in page
    assert QUEUE in page


# --- a correction ---------------------------------------------------------------------------


def test_the_page_shows_each_fact_before_and_after(signed_in, correction):
    page = text(signed_in.get(page_of(correction)))

    for words in ("0161 496 0111", "0161 496 0222", "nothing said", "Free", "I rang them"):
        assert words in page


def test_the_page_says_how_far_a_point_has_moved_and_which_way(signed_in, kettle):
    there = metres_east(SALE, 120)
    proposal = propose(kind="change", asset=kettle, values={"location": there})

    page = text(signed_in.get(page_of(proposal)))

    assert "120 m to the east" in page
    assert f'data-then="53.42400,{there.x:.5f}"' in page


def test_what_is_ticked_is_taken_and_the_rest_stays(signed_in, kettle, correction):
    response = signed_in.post(page_of(correction), ticked(signed_in, correction, "phone"))

    kettle.refresh_from_db()
    assert response["Location"] == QUEUE
    assert (kettle.phone, kettle.cost) == ("0161 496 0222", "")
    assert not FactCheck.objects.exists()


def test_a_fact_is_put_right_before_it_is_taken(signed_in, kettle, correction):
    sent = ticked(signed_in, correction, "phone", new_phone="0161 496 0333")
    signed_in.post(page_of(correction), sent)

    kettle.refresh_from_db()
    assert kettle.phone == "0161 496 0333"


def test_a_point_is_taken(signed_in, kettle):
    there = metres_east(SALE, 120)
    proposal = propose(kind="change", asset=kettle, values={"location": there})
    signed_in.post(page_of(proposal), ticked(signed_in, proposal, "location"))

    kettle.refresh_from_db()
    assert kettle.location.equals_exact(there, 1e-6)


def test_a_check_is_noted_only_where_somebody_says_so_and_how(signed_in, correction):
    sent = ticked(signed_in, correction, "phone", checked=["phone"])
    refused = signed_in.post(page_of(correction), {**sent, "how": ""})
    assert refused.status_code == 422
    assert "Say how you checked" in text(refused)

    signed_in.post(page_of(correction), {**sent, "how": "call"})
    assert FactCheck.objects.get().how == "call"


def test_nothing_ticked_is_said_to_be_nothing(signed_in, correction):
    response = signed_in.post(page_of(correction), ticked(signed_in, correction))

    assert response.status_code == 409
    assert "Choose at least one thing" in text(response)


def test_bad_values_name_their_field_and_nothing_is_written(signed_in, kettle):
    proposal = propose(kind="change", asset=kettle, values={"website": "https://k.example"})
    sent = ticked(signed_in, proposal, "website", new_website="no address at all")

    response = signed_in.post(page_of(proposal), sent)

    assert response.status_code in (409, 422)
    kettle.refresh_from_db()
    assert kettle.website == ""


def test_a_fact_changed_meanwhile_is_shown_three_ways_and_not_ticked(
    signed_in, champion, kettle, correction
):
    edit_asset(by=champion, asset=kettle, seen_at=kettle.updated_at, phone="0161 496 0999")
    response = signed_in.get(page_of(correction))

    page = text(response)
    assert "Somebody has changed this since" in page
    for phone in ("0161 496 0111", "0161 496 0222", "0161 496 0999"):
        assert phone in page
    form = response.context["form"]
    assert not form["take_phone"].value()
    assert form["take_cost"].value()


def test_a_place_changed_while_the_page_was_open_is_shown_anew(
    signed_in, champion, kettle, correction
):
    sent = ticked(signed_in, correction, "phone")
    edit_asset(by=champion, asset=kettle, seen_at=kettle.updated_at, cost="£2")

    response = signed_in.post(page_of(correction), sent)

    assert response.status_code == 409
    assert "while you were looking" in text(response)
    kettle.refresh_from_db()
    assert kettle.phone == "0161 496 0111"


def test_the_second_champion_gets_a_clear_word(client, champion, correction, kettle):
    other = factories.member("champion", area=champion.memberships.get().area, name="Bea")
    client.force_login(other)
    late = ticked(client, correction, "phone")
    client.force_login(champion)
    client.post(page_of(correction), {"do": "refuse", "reason": "as_it_is"})
    client.force_login(other)

    response = client.post(page_of(correction), late)

    assert response.status_code == 409
    assert "Ben was quicker and has not taken it already" in text(response)
    kettle.refresh_from_db()
    assert kettle.phone == "0161 496 0111"


def test_a_correction_in_words_leads_to_the_edit_page(signed_in, kettle):
    proposal = propose(kind="change", asset=kettle, note="The name is wrong")

    page = text(signed_in.get(page_of(proposal)))
    assert reverse("assets:edit", args=[kettle.pk]) in page


# --- new, gone, drafts ------------------------------------------------------------------------


def sent_new(client, proposal, **more):
    form = client.get(page_of(proposal)).context["form"]
    sent = {
        field.html_name: "" if field.value() is None else field.value()
        for field in form
        if field.html_name not in ("checked", "how")
    }
    return {**sent, "do": "approve", **more}


def test_a_new_place_is_put_right_and_put_on_the_map(signed_in):
    proposal = propose(kind="new", values=NEW)
    sent = sent_new(signed_in, proposal, name="Timperley Repair Café", who_to_ask="Sam")
    signed_in.post(page_of(proposal), sent)

    asset = Asset.objects.published().get()
    assert (asset.name, asset.who_to_ask) == ("Timperley Repair Café", "Sam")
    assert asset.location.equals_exact(SALE, 1e-7)


def test_a_draft_of_nobodys_area_that_looks_alike_is_not_shown(signed_in):
    known = {"name": NEW["name"], "phone": "0161 496 0333", "visibility": "draft"}
    near = factories.AssetFactory(location=metres_east(SALE, 20), **known)
    nowhere = {"location": None, "location_precision": "", "location_source": ""}
    factories.AssetFactory(**nowhere, **known)
    proposal = propose(kind="new", values={**NEW, "phone": known["phone"]})

    page = signed_in.get(page_of(proposal))

    assert [found.asset for found in page.context["near"]] == [near]


def test_what_looks_alike_is_shown_with_a_new_place(signed_in):
    other = factories.AssetFactory(name="Timperley Repair Shed", location=metres_east(SALE, 30))
    proposal = propose(kind="new", values=NEW)

    page = text(signed_in.get(page_of(proposal)))

    assert "Is it this one?" in page
    assert other.get_absolute_url() in page


def test_a_place_known_roughly_has_to_be_found_first(signed_in):
    rough = {**NEW, "location_precision": "outcode", "location_source": "words"}
    proposal = propose(kind="new", values=rough, where_words="behind the library, Sale")
    sent = sent_new(signed_in, proposal)
    assert (sent["lon"], sent["lat"]) == ("", "")

    response = signed_in.post(page_of(proposal), sent)

    assert response.status_code == 422
    assert not Asset.objects.exists()


def test_a_draft_is_decided_on_the_same_page(signed_in, coordinator):
    draft = factories.AssetFactory(
        visibility="draft", published_on=None, created_by=coordinator
    )
    url = reverse("proposals:draft", args=[draft.pk])
    assert "Put it on the map?" in text(signed_in.get(url))
    assert not Proposal.objects.exists()

    signed_in.post(url, {"do": "approve"})

    draft.refresh_from_db()
    assert draft.visibility == "published"
    assert Proposal.objects.get().made_by == coordinator


def test_a_draft_that_became_a_suggestion_has_one_page(signed_in, champion):
    draft = factories.AssetFactory(visibility="draft", published_on=None)
    proposal = adopt(by=champion, draft=draft)

    response = signed_in.get(reverse("proposals:draft", args=[draft.pk]))
    assert response["Location"] == page_of(proposal)
    page = text(signed_in.get(QUEUE))
    assert page.count(draft.name) == 1


def test_a_draft_that_was_published_elsewhere_waits_no_more(signed_in, champion):
    draft = factories.AssetFactory(visibility="draft", published_on=None)
    adopt(by=champion, draft=draft)
    Asset.objects.filter(pk=draft.pk).update(
        visibility="published", published_on=timezone.localdate()
    )
    assert "Nothing waits for you" in text(signed_in.get(QUEUE))


def test_somebody_elses_area_answers_as_if_there_were_nothing(client, correction):
    far = factories.member("champion", area=factories.AreaFactory(boundary=box(NORWICH)))
    client.force_login(far)
    draft = factories.AssetFactory(visibility="draft", published_on=None)
    for url in (page_of(correction), reverse("proposals:draft", args=[draft.pk])):
        assert client.get(url).status_code == 404
        assert client.post(url, {"do": "approve"}).status_code == 404
    assert client.post(f"{page_of(correction)}undo/").status_code == 404
    with pytest.raises(PermissionDenied):
        adopt(by=far, draft=draft)


@pytest.mark.parametrize("pk", [0, 987_654_321, 2**63, 10**30])
def test_numbers_that_nothing_has(signed_in, pk):
    assert signed_in.get(f"/proposals/{pk}/").status_code == 404
    assert signed_in.get(f"/proposals/places/{pk}/").status_code == 404


# --- refusing, giving, undoing -------------------------------------------------------------


def test_a_refusal_needs_a_reason_and_keeps_it(signed_in, correction):
    refused = signed_in.post(page_of(correction), {"do": "refuse", "reason": "", "words": ""})
    assert refused.status_code == 422
    assert "Choose a reason" in text(refused)

    sent = {"do": "refuse", "reason": "as_it_is", "words": "We rang on Monday."}
    signed_in.post(page_of(correction), sent)
    correction.refresh_from_db()
    assert correction.state == State.REFUSED
    assert correction.refused_words == (
        "We checked lately, and what is on the map is right. We rang on Monday."
    )


def test_a_suggestion_is_given_to_a_colleague(signed_in, champion, correction):
    other = factories.member("champion", area=champion.memberships.get().area, name="Bea")
    response = signed_in.post(
        page_of(correction), {"do": "assign", "to": other.pk}, follow=True
    )

    correction.refresh_from_db()
    assert correction.assigned_to == other
    assert "Bea looks at it" in text(response)
    assert "Bea looks at it" in text(signed_in.get(QUEUE))


def test_an_approval_is_undone_from_the_message_about_it(signed_in, kettle, correction):
    page = signed_in.post(
        page_of(correction), ticked(signed_in, correction, "phone"), follow=True
    )
    undo_url = reverse("proposals:undo", args=[correction.pk])
    assert undo_url in text(page)

    response = signed_in.post(undo_url, follow=True)

    kettle.refresh_from_db()
    assert kettle.phone == "0161 496 0111"
    assert "as it was before" in text(response)
    assert signed_in.get(undo_url).status_code == 405


def test_undoing_says_what_somebody_has_changed_since(signed_in, champion, kettle, correction):
    signed_in.post(page_of(correction), ticked(signed_in, correction, "phone", "cost"))
    kettle.refresh_from_db()
    edit_asset(by=champion, asset=kettle, seen_at=kettle.updated_at, phone="0161 496 0999")

    response = signed_in.post(reverse("proposals:undo", args=[correction.pk]), follow=True)

    assert "Left as it is: Phone." in text(response)
    kettle.refresh_from_db()
    assert (kettle.phone, kettle.cost) == ("0161 496 0999", "")


def test_a_refusal_is_undone(signed_in, correction):
    signed_in.post(page_of(correction), {"do": "refuse", "reason": "unclear"})
    signed_in.post(reverse("proposals:undo", args=[correction.pk]))

    correction.refresh_from_db()
    assert correction.state == State.WAITING
