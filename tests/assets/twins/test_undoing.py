"""A merge is undone: what came since stays, what was changed since is told, in what order."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from assets.models import Asset, FactCheck
from assets.twins.errors import UndoRefusedError
from assets.twins.merging import merge
from assets.twins.telling import what_moves, what_undo_leaves
from assets.twins.undoing import in_the_way, undo
from fans.connections.models import Partnership, PartnershipStatus
from fans.connections.services import log_connection
from fans.people.models import Membership
from fans.people.privacy.erasure import Wish, erase
from tests.factories import (
    NORWICH,
    SALE,
    AreaFactory,
    AssetFactory,
    ConnectionFactory,
    HomeFactory,
    PartnerFactory,
    PartnershipFactory,
    box,
    member,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    return member("administrator", name="Ann")


def one(by, keep, lose, **choices):
    return merge(by=by, keep=keep, lose=lose, choices=choices)


def test_an_edit_since_the_merge_is_told_and_stays(ann):
    keep, lose = (
        AssetFactory(phone="0161 1", cost="free"),
        AssetFactory(phone="0161 2", cost="£2"),
    )
    made = one(ann, keep, lose, phone="lose", cost="lose")
    Asset.objects.filter(pk=keep.pk).update(phone="0161 3")

    assert what_undo_leaves(made) == [
        f"Phone of {keep.name} was changed since the merge, and stays as it is now."
    ]
    undo(by=ann, merge=made)
    keep.refresh_from_db()
    assert (keep.phone, keep.cost) == ("0161 3", "free")


def test_a_check_made_since_stays_with_the_record_that_stood(ann):
    keep, lose = AssetFactory(), AssetFactory()
    made = one(ann, keep, lose)
    check = FactCheck.objects.create(
        asset=keep, fact="place", how="visit", checked_on=timezone.localdate()
    )

    undo(by=ann, merge=made)

    assert keep.fact_checks.get() == check
    keep.refresh_from_db()
    lose.refresh_from_db()
    assert (keep.check_state, lose.check_state) == ("fresh", "due")


def test_what_was_logged_since_with_a_tie_that_goes_back_stays_with_a_tie_of_the_other(ann):
    keep, lose, home = AssetFactory(), AssetFactory(), HomeFactory()
    yes = {"home_confirmed_at": timezone.now(), "partner_confirmed_at": timezone.now()}
    tie = PartnershipFactory(
        home=home, partner=PartnerFactory(asset=lose), status="active", **yes
    )
    before = ConnectionFactory(partnership=tie)
    made = one(ann, keep, lose)
    since = log_connection(
        by=ann, home=home, happened_on=timezone.localdate(), direction="in", asset=keep
    )
    assert since.partnership == tie

    assert what_undo_leaves(made) == [
        f"1 entry in the log, added since the merge: stays with {keep.name}."
    ]
    undo(by=ann, merge=made)

    tie.refresh_from_db()
    new = Partnership.objects.exclude(pk=tie.pk).get()
    assert (tie.partner.asset, tie.status) == (lose, PartnershipStatus.ACTIVE)
    assert list(tie.connections.all()) == [before]
    assert (new.home, new.partner.asset, list(new.connections.all())) == (home, keep, [since])
    # Nobody has said yes to this one.
    assert (new.status, new.home_confirmed_at) == (PartnershipStatus.IDEA, None)


def test_a_tie_that_was_folded_and_then_changed_keeps_the_change(ann):
    keep, lose, home = AssetFactory(), AssetFactory(), HomeFactory()
    kept, lost = (
        PartnershipFactory(home=home, partner=PartnerFactory(asset=asset), depth=n)
        for n, asset in enumerate((keep, lose), start=1)
    )
    made = one(ann, keep, lose)
    Partnership.objects.filter(pk=kept.pk).update(depth=4)

    assert what_undo_leaves(made) == [
        "1 tie, changed since the merge: what was changed stays as it is now."
    ]
    undo(by=ann, merge=made)
    assert Partnership.objects.get(pk=kept.pk).depth == 4
    assert Partnership.objects.get(pk=lost.pk).depth == 2


def test_a_chain_is_undone_from_its_end(ann):
    a, b, c = AssetFactory(name="A"), AssetFactory(name="B"), AssetFactory(name="C")
    first = one(ann, b, a)
    second = one(ann, c, b)

    assert in_the_way(first) == [second]
    with pytest.raises(UndoRefusedError, match="Undo first what was merged after it: B into C"):
        undo(by=ann, merge=first)
    undo(by=ann, merge=second)
    undo(by=ann, merge=first)
    assert not Asset.objects.exclude(merged_into=None).exists()


def test_two_merges_into_one_that_share_nothing_are_undone_in_any_order(ann):
    keep = AssetFactory()
    first, second = (one(ann, keep, AssetFactory()) for _ in range(2))

    assert in_the_way(first) == []
    undo(by=ann, merge=first)
    undo(by=ann, merge=second)


def test_two_merges_that_wrote_over_the_same_thing_are_undone_the_last_first(ann):
    keep = AssetFactory(phone="0161 1")
    first, second = (
        one(ann, keep, AssetFactory(phone=f"0161 {n}"), phone="lose") for n in (2, 3)
    )

    assert in_the_way(first) == [second]
    undo(by=ann, merge=second)
    undo(by=ann, merge=first)
    keep.refresh_from_db()
    assert keep.phone == "0161 1"


def test_undoing_twice_is_refused(ann):
    made = one(ann, AssetFactory(), AssetFactory())
    made = undo(by=ann, merge=made)

    assert (made.undone_by, made.undone_at.date()) == (ann, timezone.now().date())
    with pytest.raises(UndoRefusedError, match="already"):
        undo(by=ann, merge=made)


def test_a_champion_of_another_area_does_not_undo(ann):
    made = one(ann, AssetFactory(location=SALE), AssetFactory(location=SALE))

    with pytest.raises(PermissionDenied):
        undo(by=member("champion", area=AreaFactory(boundary=box(NORWICH))), merge=made)


def test_a_person_who_was_erased_since_does_not_come_back(ann):
    keep, lose = AssetFactory(), AssetFactory()
    paula = member("partner", asset=keep, name="Paula Quimberley")
    paula.memberships.create(role="partner", asset=lose, from_on=timezone.localdate())
    home = HomeFactory()
    for asset in (keep, lose):
        PartnershipFactory(
            home=home, partner=PartnerFactory(asset=asset), purpose="Paula Quimberley sings"
        )
    made = one(ann, keep, lose)

    erase(person_id=paula.pk, wish=Wish(by=ann))
    made.refresh_from_db()
    assert "Quimberley" not in str(made.record)

    undo(by=ann, merge=made)
    assert not Membership.objects.filter(role="partner").exists()
    assert Partnership.objects.count() == 2


def test_before_the_button_it_is_told_what_would_move():
    keep, lose, home = AssetFactory(), AssetFactory(), HomeFactory()
    tie = PartnershipFactory(home=home, partner=PartnerFactory(asset=lose))
    for _ in range(2):
        ConnectionFactory(partnership=tie)
    FactCheck.objects.create(asset=lose, fact="place", how="call", checked_on="2026-05-01")
    member("partner", asset=lose)

    assert what_moves(keep, lose, {}) == [
        "1 check",
        "2 entries in the log",
        "1 person who looks after it",
        "1 tie",
    ]
