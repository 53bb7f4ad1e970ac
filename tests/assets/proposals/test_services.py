"""Suggestions: made once, kept apart, decided by those who know the place, undone."""

import datetime as dt
import uuid

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from assets.errors import ChangedMeanwhileError, SentBySomebodyElseError
from assets.models import Asset, FactCheck, OpenState, Visibility
from assets.proposals.deciding import approve, refuse
from assets.proposals.errors import (
    DecidedMeanwhileError,
    MergedSinceError,
    NotAFactError,
    NothingChosenError,
    NothingSaidError,
    NothingToUndoError,
    NotPutOnMapError,
    NotTheirAreaError,
)
from assets.proposals.models import Proposal, State
from assets.proposals.services import adopt, assign, find, propose, token_for, withdraw
from assets.proposals.undoing import reopen, undo
from assets.services import check_fact, edit_asset
from geo.models import AreaKind
from tests import factories
from tests.factories import NORWICH, SALE, metres_east

pytestmark = pytest.mark.django_db

NEW = {"name": "Timperley Repair Shed", "category": "clubs_societies"}
PLACED = NEW | {"location": SALE, "location_precision": "exact", "location_source": "map"}


@pytest.fixture
def asset():
    return factories.AssetFactory(name="Copper Kettle", phone="0161 496 0111", website="")


@pytest.fixture
def correction(asset):
    return propose(kind="change", asset=asset, values={"phone": "0161 496 0222"})


# --- making ----------------------------------------------------------------------------


def test_a_correction_is_kept_apart_and_the_asset_stays_as_it_was(asset, correction):
    before = Asset.objects.filter(pk=asset.pk).values().get()

    assert correction.values == {"phone": "0161 496 0222"}
    assert correction.before == {"phone": "0161 496 0111"}
    assert correction.state == State.WAITING
    assert Asset.objects.filter(pk=asset.pk).values().get() == before
    assert before["phone"] == "0161 496 0111"


def test_a_new_place_is_no_asset_at_all():
    proposal = propose(kind="new", values=PLACED, note="Saturdays")

    assert not Asset.objects.exists()
    assert proposal.asset is None
    assert proposal.location == SALE
    assert (proposal.title, proposal.category) == ("Timperley Repair Shed", "clubs_societies")


def test_a_suggestion_lies_in_the_smallest_area_there_is():
    factories.AreaFactory(name="Trafford", kind=AreaKind.LOCAL_AUTHORITY)
    factories.AreaFactory(name="Sale Moor", kind=AreaKind.WARD)
    factories.AreaFactory(name="Greater Manchester", kind=AreaKind.COUNTY)

    assert propose(kind="new", values=PLACED).area.name == "Sale Moor"


def test_the_same_form_sent_twice_is_one_suggestion_and_one_link(asset):
    sent = {"kind": "gone", "asset": asset, "client_uuid": uuid.uuid4()}

    first, again = propose(**sent), propose(**sent)

    assert first.pk == again.pk
    assert find(token_for(sent["client_uuid"])) == first


def test_nobody_elses_form_is_sent_again(asset, coordinator):
    sent = {"kind": "gone", "asset": asset, "client_uuid": uuid.uuid4()}
    propose(by=coordinator, **sent)

    with pytest.raises(SentBySomebodyElseError):
        propose(**sent)


def test_a_correction_that_says_nothing_is_refused(asset):
    with pytest.raises(NothingSaidError):
        propose(kind="change", asset=asset)


def test_words_alone_are_a_correction(asset):
    assert propose(kind="change", asset=asset, note="It rings and rings.").values == {}


@pytest.mark.parametrize("column", ["visibility", "source", "created_by", "nonsense"])
def test_only_facts_can_be_proposed(asset, column):
    with pytest.raises(NotAFactError):
        propose(kind="change", asset=asset, values={column: "published"})


def test_a_value_that_its_column_refuses_is_refused_by_name(asset):
    with pytest.raises(ValidationError) as refused:
        propose(kind="change", asset=asset, values={"website": "not an address"})

    assert set(refused.value.message_dict) == {"website"}


def test_the_address_of_somebody_with_an_account_is_not_kept_again(asset, coordinator):
    proposal = propose(kind="gone", asset=asset, by=coordinator, contact="ada@example.org")

    assert proposal.contact is None


def test_a_day_and_a_point_are_kept_and_given_back(asset, champion):
    there = metres_east(SALE, 300)
    proposal = propose(
        kind="change",
        asset=asset,
        values={"closed_from": dt.date(2026, 12, 1), "location": there},
    )
    proposal.refresh_from_db()
    approve(by=champion, proposal=proposal)
    asset.refresh_from_db()

    assert asset.closed_from == dt.date(2026, 12, 1)
    assert asset.location.equals_exact(there, 1e-9)
    assert (asset.location_precision, asset.location_source) == ("exact", "map")


def test_a_link_that_somebody_made_up_finds_nothing(correction):
    assert find("made-up") is None
    assert find("") is None
    assert find(str(correction.client_uuid)) is None


# --- taking back, and giving -------------------------------------------------------------


def test_whoever_sent_it_takes_it_back_while_it_waits(correction, champion):
    withdraw(proposal=correction)

    correction.refresh_from_db()
    assert correction.state == State.WITHDRAWN
    with pytest.raises(DecidedMeanwhileError, match="taken it back"):
        approve(by=champion, proposal=correction)


def test_nobody_takes_back_what_was_decided(correction, champion):
    approve(by=champion, proposal=correction)

    with pytest.raises(DecidedMeanwhileError):
        withdraw(proposal=correction)


def test_a_suggestion_is_given_to_a_champion_of_its_area_alone(correction, champion):
    area = champion.memberships.get().area
    other = factories.member("champion", area=area, name="Bea")
    far = factories.member(
        "champion", area=factories.AreaFactory(boundary=factories.box(NORWICH))
    )

    assert assign(by=champion, proposal=correction, to=other).assigned_to == other
    with pytest.raises(NotTheirAreaError):
        assign(by=champion, proposal=correction, to=far)
    with pytest.raises(PermissionDenied):
        assign(by=far, proposal=correction, to=far)
    assert assign(by=other, proposal=correction, to=None).assigned_to is None


# --- approving ----------------------------------------------------------------------------


def test_an_approval_writes_what_was_proposed_and_renews_no_date(asset, correction, champion):
    approve(by=champion, proposal=correction)

    asset.refresh_from_db()
    correction.refresh_from_db()
    assert asset.phone == "0161 496 0222"
    assert not FactCheck.objects.exists()
    assert (correction.state, correction.decided_by) == (State.APPROVED, champion)


def test_a_fact_that_the_champion_checked_is_checked_now(asset, correction, champion):
    approve(by=champion, proposal=correction, checked=["phone"], how="call")

    check = FactCheck.objects.get()
    assert (check.asset, check.fact, check.how, check.by) == (asset, "phone", "call", champion)
    assert check.checked_on == timezone.localdate()


def test_a_champion_takes_some_facts_and_puts_one_right(asset, champion):
    values = {"phone": "0161 496 0222", "website": "https://kettle.example", "cost": "Free"}
    proposal = propose(kind="change", asset=asset, values=values)

    approve(by=champion, proposal=proposal, values={"phone": "0161 496 0333", "cost": "Free"})

    asset.refresh_from_db()
    assert (asset.phone, asset.website, asset.cost) == ("0161 496 0333", "", "Free")


def test_an_approval_of_nothing_is_refused(correction, champion):
    with pytest.raises(NothingChosenError):
        approve(by=champion, proposal=correction, values={})


def test_a_new_place_is_on_the_map_once_it_is_approved(champion):
    proposal = approve(by=champion, proposal=propose(kind="new", values=PLACED))

    asset = Asset.objects.published().get()
    assert (asset.name, asset.location) == ("Timperley Repair Shed", SALE)
    assert proposal.asset == asset


def test_a_new_place_outside_the_champions_area_is_not_put_on_the_map(champion):
    proposal = propose(kind="new", values=PLACED)

    with pytest.raises(NotPutOnMapError):
        approve(by=champion, proposal=proposal, values=PLACED | {"location": NORWICH})
    assert not Asset.objects.exists()
    proposal.refresh_from_db()
    assert proposal.state == State.WAITING


def test_a_place_that_is_gone_leaves_the_map(asset, champion):
    approve(by=champion, proposal=propose(kind="gone", asset=asset, note="Boarded up"))

    asset.refresh_from_db()
    assert asset.state == OpenState.CLOSED
    assert not Asset.objects.published().exists()


def test_whoever_has_no_say_there_decides_nothing(correction, coordinator, manager):
    far = factories.member(
        "champion", area=factories.AreaFactory(boundary=factories.box(NORWICH))
    )
    for person in (coordinator, manager, far, factories.PersonFactory()):
        with pytest.raises(PermissionDenied):
            approve(by=person, proposal=correction)
        with pytest.raises(PermissionDenied):
            refuse(by=person, proposal=correction, words="No")


def test_the_place_changed_while_the_champion_looked(asset, correction, champion):
    seen_at = asset.updated_at
    edit_asset(by=champion, asset=asset, seen_at=seen_at, phone="0161 496 0999")

    with pytest.raises(ChangedMeanwhileError):
        approve(by=champion, proposal=correction, seen_at=seen_at)
    correction.refresh_from_db()
    assert correction.state == State.WAITING


def test_the_second_champion_is_told_who_was_quicker(asset, correction, champion):
    other = factories.member("champion", area=champion.memberships.get().area, name="Bea")
    approve(by=champion, proposal=correction)

    with pytest.raises(DecidedMeanwhileError, match="Ben was quicker and has taken it"):
        refuse(by=other, proposal=correction, words="No")
    with pytest.raises(DecidedMeanwhileError, match="Ben was quicker"):
        approve(by=other, proposal=correction)


# --- refusing -----------------------------------------------------------------------------


def test_a_refusal_says_why_and_changes_nothing(asset, correction, champion):
    refuse(by=champion, proposal=correction, words="  We rang; the old number is right. ")

    asset.refresh_from_db()
    correction.refresh_from_db()
    assert asset.phone == "0161 496 0111"
    assert correction.refused_words == "We rang; the old number is right."


def test_a_refusal_without_words_is_refused(correction, champion):
    with pytest.raises(ValidationError):
        refuse(by=champion, proposal=correction, words=" ")


def test_a_refused_draft_is_hidden_and_waits_again_after_undo(champion, coordinator):
    draft = factories.AssetFactory(
        visibility="draft", published_on=None, created_by=coordinator, phone="0161 496 0111"
    )
    proposal = adopt(by=champion, draft=draft)
    assert adopt(by=champion, draft=draft).pk == proposal.pk

    refuse(by=champion, proposal=proposal, words="It is on the map already.")
    draft.refresh_from_db()
    assert draft.visibility == Visibility.HIDDEN

    reopen(by=champion, proposal=proposal)
    draft.refresh_from_db()
    proposal.refresh_from_db()
    assert (draft.visibility, proposal.state) == (Visibility.DRAFT, State.WAITING)
    approve(by=champion, proposal=proposal)
    assert Asset.objects.published().get() == draft


# --- the one mail -------------------------------------------------------------------------


def test_a_stranger_hears_the_outcome_once_and_their_address_is_gone(asset, champion):
    sent = {"contact": "Zoe@Example.org", "note": "WORDSOFTHEIRS"}
    proposal = propose(kind="change", asset=asset, values={"phone": "0161 496 0222"}, **sent)
    assert proposal.contact == "zoe@example.org"

    approve(by=champion, proposal=proposal)

    (told,) = mail.outbox
    proposal.refresh_from_db()
    assert told.to == ["zoe@example.org"]
    assert f"/places/{asset.pk}/" in told.body
    assert "WORDSOFTHEIRS" not in told.body + told.subject
    assert proposal.contact is None
    undo(by=champion, proposal=proposal)
    assert len(mail.outbox) == 1


def test_a_refusal_is_told_with_its_words_and_none_of_the_senders(champion):
    values = PLACED | {"name": "BUY CHEAP PILLS"}
    proposal = propose(kind="new", values=values, contact="victim@example.org")

    refuse(by=champion, proposal=proposal, words="It is somebody’s home.")

    (told,) = mail.outbox
    assert "It is somebody’s home." in told.body
    assert "PILLS" not in told.body + told.subject


def test_somebody_with_an_account_is_told_at_their_address(asset, champion, coordinator):
    proposal = propose(kind="gone", asset=asset, by=coordinator)

    refuse(by=champion, proposal=proposal, words="It is open: we went in.")

    assert [told.to for told in mail.outbox] == [[coordinator.email]]


def test_nobody_is_written_to_who_left_no_address(correction, champion):
    refuse(by=champion, proposal=correction, words="No")

    assert mail.outbox == []


# --- undoing ------------------------------------------------------------------------------


def _columns(asset):
    kept = Asset.objects.filter(pk=asset.pk).values().get()
    return {name: value for name, value in kept.items() if name != "updated_at"}


def test_undo_gives_back_every_value_and_takes_its_checks_away(asset, champion):
    asset.email = asset.email_confirmed = "hello@kettle.example"
    asset.save()
    before = _columns(asset)
    values = {
        "phone": "0161 496 0222",
        "email": "new@kettle.example",
        "location": metres_east(SALE, 200),
        "closed_until": dt.date(2026, 12, 24),
        "age_from": 8,
    }
    proposal = propose(kind="change", asset=asset, values=values)
    checked = ["phone", "contact", "place"]
    approve(by=champion, proposal=proposal, checked=checked, how="visit")
    assert _columns(asset) != before

    left = undo(by=champion, proposal=proposal)

    assert left == []
    assert _columns(asset) == before
    assert not FactCheck.objects.exists()
    proposal.refresh_from_db()
    assert proposal.state == State.UNDONE


def test_undo_keeps_a_check_that_was_there_before(asset, champion):
    check_fact(by=champion, asset=asset, fact="phone", how="call")
    proposal = propose(kind="change", asset=asset, values={"cost": "Free"})
    approve(by=champion, proposal=proposal, checked=["phone", "cost"], how="call")

    undo(by=champion, proposal=proposal)

    assert [check.fact for check in FactCheck.objects.all()] == ["phone"]


def test_undo_leaves_what_somebody_has_changed_since_and_says_so(asset, champion):
    values = {"phone": "0161 496 0222", "cost": "Free"}
    proposal = propose(kind="change", asset=asset, values=values)
    approve(by=champion, proposal=proposal)
    asset.refresh_from_db()
    edit_asset(by=champion, asset=asset, seen_at=asset.updated_at, phone="0161 496 0999")

    left = undo(by=champion, proposal=proposal)

    asset.refresh_from_db()
    assert left == ["Phone"]
    assert (asset.phone, asset.cost) == ("0161 496 0999", "")


def test_undo_hides_a_new_place_again(champion):
    proposal = approve(by=champion, proposal=propose(kind="new", values=PLACED))

    undo(by=champion, proposal=proposal)

    assert Asset.objects.get().visibility == Visibility.HIDDEN
    assert not Asset.objects.published().exists()


def test_undo_opens_a_place_that_was_said_to_be_gone(asset, champion):
    proposal = approve(by=champion, proposal=propose(kind="gone", asset=asset))

    undo(by=champion, proposal=proposal)

    assert Asset.objects.published().get() == asset


def test_undo_is_done_once_and_of_an_approval_alone(correction, champion):
    with pytest.raises(NothingToUndoError):
        undo(by=champion, proposal=correction)
    approve(by=champion, proposal=correction)
    undo(by=champion, proposal=correction)
    with pytest.raises(NothingToUndoError):
        undo(by=champion, proposal=correction)


def test_what_was_undone_can_wait_and_be_taken_again(asset, correction, champion):
    approve(by=champion, proposal=correction)
    undo(by=champion, proposal=correction)

    approve(by=champion, proposal=reopen(by=champion, proposal=correction))

    asset.refresh_from_db()
    assert asset.phone == "0161 496 0222"


def test_nothing_is_undone_in_a_record_that_became_one_with_another(champion):
    proposal = approve(by=champion, proposal=propose(kind="new", values=PLACED))
    other = factories.AssetFactory()
    made = proposal.asset
    Asset.objects.filter(pk=made.pk).update(visibility="hidden", merged_into=other)

    for asset in (made, other):  # where the merging moved the suggestion, and where not
        Proposal.objects.filter(pk=proposal.pk).update(asset=asset)
        with pytest.raises(MergedSinceError):
            undo(by=champion, proposal=proposal)
    assert Asset.objects.published().get() == other
