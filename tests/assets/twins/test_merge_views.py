"""Pages on which two records become one, and two again; and the old address."""

import pytest
from django.urls import reverse
from django.utils import timezone

from assets.models import Asset
from assets.twins.merging import merge
from assets.twins.models import Merge
from fans.connections.models import Partnership
from tests.factories import (
    NORWICH,
    SALE,
    AreaFactory,
    AssetFactory,
    HomeFactory,
    PartnerFactory,
    PartnershipFactory,
    box,
    member,
    metres_east,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cass():
    return member("champion", area=AreaFactory(boundary=box(SALE)), name="Cass")


@pytest.fixture
def as_cass(client, cass):
    client.force_login(cass)
    return client


@pytest.fixture
def two():
    keep = AssetFactory(name="St Anne’s Church", phone="0161 496 0001", location=SALE)
    lose = AssetFactory(
        name="Church of St Anne", phone="0161 496 0002", location=metres_east(SALE, 40)
    )
    return keep, lose


def sent(keep, lose, **choices):
    """Return what the form sends."""
    seen = {"keep_seen": keep.updated_at.isoformat(), "lose_seen": lose.updated_at.isoformat()}
    return {"other": lose.pk, **seen, **choices}


ALL = {"name": "keep", "phone": "lose", "location": "keep"}


def test_both_are_shown_side_by_side_with_what_would_happen(as_cass, two):
    keep, lose = two
    PartnershipFactory(home=HomeFactory(), partner=PartnerFactory(asset=lose))

    answer = as_cass.get(reverse("twins:merge", args=[keep.pk]), {"with": lose.pk})
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "Keep: 0161 496 0001" in page
    assert "Take: 0161 496 0002" in page
    assert "1 tie" in page
    assert "40 m apart" in page
    assert not Merge.objects.exists()


def test_a_search_finds_the_other_the_nearest_first(as_cass, two):
    keep, lose = two
    AssetFactory(name="St Anne’s Hall", location=metres_east(SALE, 900))
    far = AssetFactory(name="Library", location=metres_east(SALE, 20))

    page = as_cass.get(reverse("twins:merge", args=[keep.pk]), {"q": "anne"}).content.decode()

    assert page.index("Church of St Anne") < page.index("St Anne’s Hall")
    assert f"?with={lose.pk}" in page
    assert far.name not in page


def test_merging_leads_to_a_page_with_undo_and_the_old_address_to_the_one(as_cass, two):
    keep, lose = two
    url = reverse("twins:merge", args=[keep.pk])

    answer = as_cass.post(url, sent(keep, lose, **ALL))
    made = Merge.objects.get()

    assert answer.url == reverse("twins:merged", args=[made.pk])
    assert "Undo this merge" in as_cass.get(answer.url).content.decode()
    keep.refresh_from_db()
    assert (keep.name, keep.phone) == ("St Anne’s Church", "0161 496 0002")
    old = as_cass.get(reverse("frontend:asset", args=[lose.pk]))
    # Not for ever: browsers would remember it beyond an undo.
    assert (old.status_code, old.url) == (302, reverse("frontend:asset", args=[keep.pk]))
    assert "One with “Church of St Anne”" in as_cass.get(old.url).content.decode()


def test_the_name_of_a_draft_that_went_into_a_public_place_stays_with_champions(
    as_cass, cass, client, two
):
    keep, lose = two
    Asset.objects.filter(pk=lose.pk).update(visibility="draft", published_on=None)
    merge(by=cass, keep=keep, lose=lose, choices={"name": "keep"})
    url = reverse("frontend:asset", args=[keep.pk])

    assert "One with “Church of St Anne”" in as_cass.get(url).content.decode()
    client.logout()
    page = client.get(url).content.decode()
    assert "Church of St Anne" not in page
    assert "One with" not in page


def test_a_source_is_named_of_a_draft_that_went_into_a_public_place(cass, client, two):
    keep, lose = two
    Asset.objects.filter(pk=lose.pk).update(
        visibility="draft", published_on=None, source="osm", source_ref="node/1"
    )
    merge(by=cass, keep=keep, lose=lose, choices={"name": "keep"})

    page = client.get(reverse("frontend:asset", args=[keep.pk])).content.decode()

    assert "Church of St Anne" not in page
    assert "One with another record, from OpenStreetMap" in page


def test_a_search_for_what_no_word_holds_finds_nothing(as_cass, two):
    keep, _ = two

    answer = as_cass.get(reverse("twins:merge", args=[keep.pk]), {"q": "\x00"})

    assert answer.status_code == 200


def test_undoing_gives_both_addresses_back(as_cass, cass, two):
    keep, lose = two
    made = merge(by=cass, keep=keep, lose=lose, choices={"phone": "lose"})

    answer = as_cass.post(reverse("twins:merged", args=[made.pk]), follow=True)

    assert "are two again" in answer.content.decode()
    assert as_cass.get(reverse("frontend:asset", args=[lose.pk])).status_code == 200
    again = as_cass.post(reverse("twins:merged", args=[made.pk]))
    assert again.status_code == 409
    assert "undone already" in again.content.decode()


def test_a_champion_lists_the_merges_of_the_own_area(as_cass, cass, two):
    ann = member("administrator")
    merge(by=cass, keep=two[0], lose=two[1], choices={})
    far = [AssetFactory(location=NORWICH, name=f"Norwich {n}") for n in range(2)]
    merge(by=ann, keep=far[0], lose=far[1], choices={})

    page = as_cass.get(reverse("twins:merges")).content.decode()

    assert "Church of St Anne into St Anne’s Church" in page
    assert "Norwich" not in page


@pytest.mark.parametrize("left_out", ["phone", "keep_seen", "other"])
def test_what_is_missing_or_wrong_changes_nothing(as_cass, two, left_out):
    keep, lose = two
    data = sent(keep, lose, **ALL)
    wrong = {**data, left_out: "neither"}
    del data[left_out]

    for typed in (data, wrong):
        answer = as_cass.post(reverse("twins:merge", args=[keep.pk]), typed)
        assert answer.status_code in {200, 400, 404}
    assert not Merge.objects.exists()


@pytest.mark.parametrize("asked", ["x", "-1", "²", "9" * 30, "987654321"])
def test_no_such_other_record_is_404(as_cass, two, asked):
    url = reverse("twins:merge", args=[two[0].pk])

    assert as_cass.get(url, {"with": asked}).status_code == 404
    assert as_cass.get(url, {"with": two[0].pk}).status_code == 404


def test_somebody_who_saved_meanwhile_is_not_overwritten(as_cass, two):
    keep, lose = two
    data = sent(keep, lose, **ALL)
    Asset.objects.filter(pk=keep.pk).update(phone="0161 496 0009", updated_at=timezone.now())

    answer = as_cass.post(reverse("twins:merge", args=[keep.pk]), data)
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "Somebody has changed one of the two since you looked" in page
    assert "Keep: 0161 496 0009" in page
    assert not Merge.objects.exists()


def test_pages_of_a_merged_record_lead_on(as_cass, cass, two):
    keep, lose = two
    third = AssetFactory(name="The Hall")
    merge(by=cass, keep=keep, lose=lose, choices={})

    page = as_cass.get(reverse("twins:merge", args=[lose.pk]))
    assert page.url == reverse("twins:merge", args=[keep.pk])
    asked = as_cass.get(reverse("twins:merge", args=[third.pk]), {"with": lose.pk})
    assert "St Anne’s Church" in asked.content.decode()
    assert "Church of St Anne" not in asked.content.decode()


def test_a_correction_typed_into_a_record_that_was_merged_is_put_beside_the_one(
    as_cass, cass, two
):
    keep, lose = two
    url = reverse("assets:edit", args=[lose.pk])
    form = as_cass.get(url).context["form"]
    typed = {name: field.value() or "" for name, field in ((f.name, f) for f in form)}
    merge(by=cass, keep=keep, lose=lose, choices={})

    answer = as_cass.post(url, {**typed, "phone": "0161 496 0007"})

    assert answer.status_code == 409
    assert "0161 496 0007" in answer.content.decode()
    keep.refresh_from_db()
    lose.refresh_from_db()
    assert "0161 496 0007" not in {keep.phone, lose.phone}


def test_lists_searches_and_the_api_know_one(client, cass, two):
    keep, lose = two
    merge(by=cass, keep=keep, lose=lose, choices={})

    listed = client.get(reverse("api:assets-list"), {"q": "anne"}).json()
    assert [row["id"] for row in listed["results"]] == [keep.pk]
    detail = client.get(reverse("api:assets-detail", args=[lose.pk]), {"format": "json"})
    assert detail.status_code == 302
    there = detail.headers["Location"]
    assert there == reverse("api:assets-detail", args=[keep.pk]) + "?format=json"
    assert client.get(there).json()["id"] == keep.pk


def test_a_record_merged_into_what_may_not_be_seen_is_404(client, cass):
    keep = AssetFactory(visibility="draft", published_on=None)
    lose = AssetFactory(visibility="draft", published_on=None)
    merge(by=cass, keep=keep, lose=lose, choices={})

    for route in ("frontend:asset", "api:assets-detail"):
        assert client.get(reverse(route, args=[lose.pk])).status_code == 404


def test_a_form_opened_for_the_old_place_logs_with_the_one(client, cass, two):
    keep, lose = two
    home = HomeFactory()
    lost = PartnershipFactory(home=home, partner=PartnerFactory(asset=lose))
    kept = PartnershipFactory(home=home, partner=PartnerFactory(asset=keep))
    merge(by=cass, keep=keep, lose=lose, choices={})
    client.force_login(member("manager", home=home))
    url = reverse("connections:log", args=[home.pk])

    for query in ({"asset": lose.pk}, {"tie": lost.pk}):
        answer = client.get(url, query)
        assert answer.status_code == 200
        assert answer.context["form"].initial["who"] in {f"place:{keep.pk}", f"tie:{kept.pk}"}
    answer = client.post(url, {"who": f"tie:{lost.pk}", "when": "today", "direction": "in"})
    assert answer.status_code == 302
    assert Partnership.objects.get().connections.count() == 1
