"""Two records become one: what moves, what stays, who may, and who was quicker."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from assets.categories import BY_SLUG
from assets.errors import ChangedMeanwhileError
from assets.models import Asset, FactCheck, Visibility
from assets.standing import stands_for
from assets.twins.errors import MergeRefusedError
from assets.twins.merging import merge
from assets.twins.models import Merge, Pair, PairState
from assets.twins.undoing import undo
from fans.connections.models import Partnership, Reach
from fans.connections.services import log_connection
from fans.people.models import Membership
from tests.assets.twins import world
from tests.factories import (
    NORWICH,
    SALE,
    AreaFactory,
    AssetFactory,
    ConnectionFactory,
    HomeFactory,
    MergeFactory,
    PartnerFactory,
    PartnershipFactory,
    box,
    member,
    metres_east,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    return member("administrator", name="Ann")


def one(by, keep, lose, **choices):
    return merge(by=by, keep=keep, lose=lose, choices=choices)


def test_the_record_that_leaves_is_hidden_and_keeps_its_source(ann):
    keep = AssetFactory()
    lose = AssetFactory(source="osm", source_ref="node/1", source_values={"name": "x"})

    one(ann, keep, lose)
    lose.refresh_from_db()

    assert (lose.visibility, lose.merged_into) == (Visibility.HIDDEN, keep)
    assert (lose.source, lose.source_ref, lose.source_values) == (
        "osm",
        "node/1",
        {"name": "x"},
    )


def test_what_is_chosen_goes_over_with_what_belongs_to_it(ann):
    keep = AssetFactory(phone="0161 1", email="a@example.org", category="faith")
    lose = AssetFactory(
        phone="0161 2",
        email="hall@example.org",
        email_confirmed="hall@example.org",
        category="sport",
        location=metres_east(SALE, 80),
        location_precision="postcode",
    )

    one(ann, keep, lose, email="lose", category="lose", location="lose")
    keep.refresh_from_db()

    assert keep.phone == "0161 1"
    assert keep.email == keep.email_confirmed == "hall@example.org"
    assert (keep.category, keep.abcd_type) == ("sport", BY_SLUG["sport"].abcd_type)
    assert keep.location.equals_exact(lose.location)
    assert keep.location_precision == "postcode"


def test_everything_that_hangs_on_either_hangs_on_the_one(ann):
    assets = world.build()["assets"]
    keep, lose = assets[0], assets[2]
    both = {
        what: count + world.hanging_on(lose)[what]
        for what, count in world.hanging_on(keep).items()
    }

    one(ann, keep, lose)
    left = world.hanging_on(lose)

    # A home had a tie with each, an address was approved for each, a person cared for both.
    ties = both | {"ties": both["ties"] - 1, "approvals": 1, "people": 1}
    assert world.hanging_on(keep) == ties | {"checks": both["checks"] - left["checks"]}
    assert {what: n for what, n in left.items() if n} == {"checks": left["checks"]}


def test_a_check_stays_with_the_number_that_it_confirmed(ann):
    keep, lose = AssetFactory(phone="0161 1"), AssetFactory(phone="0161 2", wheelchair="yes")
    today = timezone.localdate()
    ours, theirs, ramp = (
        FactCheck.objects.create(asset=asset, fact=fact, how="call", checked_on=today)
        for asset, fact in ((keep, "phone"), (lose, "phone"), (lose, "access"))
    )

    made = one(ann, keep, lose, phone="lose", wheelchair="lose")

    assert set(keep.fact_checks.all()) == {theirs, ramp}
    assert set(lose.fact_checks.all()) == {ours}
    undo(by=ann, merge=made)
    assert set(keep.fact_checks.all()) == {ours}
    assert set(lose.fact_checks.all()) == {theirs, ramp}


def test_a_place_that_is_public_under_either_name_stays_public(ann):
    keep = AssetFactory(visibility="draft", published_on=None)
    lose = AssetFactory(published_on=dt.date(2026, 2, 3))

    one(ann, keep, lose)
    keep.refresh_from_db()

    assert (keep.visibility, keep.published_on) == (Visibility.PUBLISHED, dt.date(2026, 2, 3))


def test_a_persons_own_gift_never_becomes_public_by_a_merge(ann):
    keep = AssetFactory(
        category="individual_gift", visibility="draft", published_on=None, location=None,
        location_precision="", location_source="",
    )  # fmt: skip
    lose = AssetFactory()

    with pytest.raises(ValidationError, match="never public"):
        one(ann, keep, lose)
    lose.refresh_from_db()
    assert lose.merged_into is None


def test_homes_reach_the_one_since_they_reached_either(ann):
    home = HomeFactory()
    keep, lose = AssetFactory(), AssetFactory()
    for asset, month in ((keep, 5), (lose, 3)):
        Reach.objects.filter(home=home, asset=asset).update(since=dt.date(2026, month, 1))

    made = one(ann, keep, lose)

    assert [(row.asset_id, row.since) for row in Reach.objects.all()] == [
        (keep.pk, dt.date(2026, 3, 1))
    ]
    undo(by=ann, merge=made)
    assert {row.asset_id: row.since.month for row in Reach.objects.all()} == {
        keep.pk: 5,
        lose.pk: 3,
    }


def test_a_pair_of_the_two_is_merged_and_others_are_asked_of_the_one(ann):
    keep, lose, third = AssetFactory(), AssetFactory(), AssetFactory()
    today = timezone.localdate()
    pair = Pair.objects.create(low=keep, high=lose, found_on=today)
    said = {"state": "distinct", "decided_at": timezone.now()}
    other = Pair.objects.create(low=lose, high=third, found_on=today, **said)

    one(ann, keep, lose)
    pair.refresh_from_db()
    other.refresh_from_db()

    assert (pair.state, pair.decided_by) == (PairState.MERGED, ann)
    assert (other.low, other.high, other.state) == (keep, third, "distinct")


def test_a_champion_needs_a_say_over_both():
    cass = member("champion", area=AreaFactory(boundary=box(SALE)))
    near, far = AssetFactory(location=SALE), AssetFactory(location=NORWICH)

    for keep, lose in ((near, far), (far, near)):
        with pytest.raises(PermissionDenied):
            one(cass, keep, lose)
    assert one(cass, near, AssetFactory(location=SALE)).by == cass


def test_a_record_that_is_part_of_another_is_refused(ann):
    a, b, c = AssetFactory(name="A"), AssetFactory(name="B"), AssetFactory(name="C")
    one(ann, b, a)

    for keep, lose in ((a, c), (c, a)):
        with pytest.raises(MergeRefusedError, match="A has become part of B"):
            one(ann, keep, lose)
    with pytest.raises(MergeRefusedError, match="one record already"):
        one(ann, b, b)


def test_a_chain_of_merges_leads_to_its_end(ann):
    a, b, c = AssetFactory(), AssetFactory(), AssetFactory()

    one(ann, b, a)
    one(ann, c, b)

    assert [stands_for(asset.pk) for asset in (a, b, c)] == [c.pk] * 3


def test_who_looked_before_another_saved_is_asked_to_look_again(ann):
    keep, lose = AssetFactory(), AssetFactory()
    seen = {asset.pk: asset.updated_at for asset in (keep, lose)}
    Asset.objects.filter(pk=lose.pk).update(phone="0161 3", updated_at=timezone.now())

    with pytest.raises(ChangedMeanwhileError):
        merge(by=ann, keep=keep, lose=lose, choices={}, seen=seen)
    assert not Merge.objects.exists()


def test_two_ties_of_a_home_become_one_that_says_what_either_said(ann):
    keep, lose = AssetFactory(), AssetFactory()
    home, yes = HomeFactory(), {"home_confirmed_at": timezone.now()}
    kept = PartnershipFactory(home=home, partner=PartnerFactory(asset=keep), depth=1, **yes)
    both = {"home_confirmed_at": timezone.now(), "partner_confirmed_at": timezone.now()}
    lost = PartnershipFactory(
        home=home, partner=PartnerFactory(asset=lose), status="active", depth=3, purpose="tea",
        home_named_ok=True, **both,
    )  # fmt: skip
    rows = {ConnectionFactory(partnership=tie).pk for tie in (kept, lost)}

    one(ann, keep, lose)
    kept.refresh_from_db()

    assert Partnership.objects.get() == kept
    assert (kept.status, kept.depth, kept.purpose) == ("active", 3, "tea")
    assert kept.home_named_ok
    assert set(kept.connections.values_list("pk", flat=True)) == rows


def test_a_log_with_the_old_place_or_the_old_tie_reaches_the_one(ann):
    keep, lose, home = AssetFactory(), AssetFactory(), HomeFactory()
    kept, lost = (
        PartnershipFactory(home=home, partner=PartnerFactory(asset=asset))
        for asset in (keep, lose)
    )
    one(ann, keep, lose)

    said = {"by": ann, "home": home, "happened_on": timezone.localdate(), "direction": "in"}
    by_place = log_connection(asset=lose, **said)
    by_tie = log_connection(partnership=lost, **said)

    assert by_place.partnership == by_tie.partnership == kept


def test_whoever_looks_after_both_looks_after_the_one(ann):
    keep, lose = AssetFactory(), AssetFactory()
    paula = member("partner", asset=lose)

    made = one(ann, keep, lose)

    assert Membership.objects.get(person=paula).asset == keep
    undo(by=ann, merge=made)
    assert Membership.objects.get(person=paula).asset == lose


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [
        ({}, "twins_merge_of_two"),
        ({"undone_by": "ann", "undone_at": None}, "twins_merge_undone_when"),
        ({"undone_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, "twins_merge_ordered"),
    ],
)
def test_the_database_keeps_merges_in_order(ann, broken, constraint):
    if constraint == "twins_merge_of_two":
        broken = dict.fromkeys(("keep", "lose"), AssetFactory())
    if broken.get("undone_by") == "ann":
        broken = broken | {"undone_by": ann}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        MergeFactory(**broken)


def test_a_record_is_part_of_one_other_at_a_time():
    lose = MergeFactory(undone_at=None).lose

    with pytest.raises(IntegrityError, match="twins_merge_one_stands"), transaction.atomic():
        MergeFactory(lose=lose, undone_at=None)
