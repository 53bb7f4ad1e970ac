"""Making a suggestion, taking it back, and giving it to somebody to decide."""

import hashlib
import uuid
from collections.abc import Mapping
from typing import Any, Final

from django.contrib.gis.geos import Point
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone
from django.utils.crypto import salted_hmac

from assets.errors import SentBySomebodyElseError
from assets.facts import FIELDS
from assets.models import Asset
from assets.proposals.errors import (
    DecidedMeanwhileError,
    NotAFactError,
    NothingSaidError,
    NotTheirAreaError,
)
from assets.proposals.models import Kind, Proposal, State, drafts
from assets.proposals.values import LOCATION, as_json, stands
from assets.standing import standing
from geo.models import Area, AreaKind

DECIDE: Final = "proposals.decide"
_ALONG: Final = ("location_precision", "location_source")
SMALLEST_FIRST: Final = (
    AreaKind.NEIGHBOURHOOD,
    AreaKind.WARD,
    AreaKind.LOCAL_AUTHORITY,
    AreaKind.COUNTY,
)


@transaction.atomic
def propose(
    *,
    kind: str,
    by: Any = None,
    asset: Asset | None = None,
    values: Mapping[str, Any] | None = None,
    before: Mapping[str, Any] | None = None,
    note: str = "",
    where_words: str = "",
    contact: str = "",
    client_uuid: uuid.UUID | None = None,
) -> Proposal:
    """Put a suggestion in the queue; nothing that is on the map changes.

    ``by`` is who is signed in, None for a stranger. ``values`` are facts by column, as
    ``assets.services`` take them; ``before`` those that the writer saw, else as they
    stand. ``contact`` is a stranger's address for the one mail about the outcome.
    Sent again with the same ``client_uuid``, it returns the suggestion of the first time.

    Raises:
        NothingSaidError: a correction without a fact or a word.
        NotAFactError: a column that nobody may propose.
        SentBySomebodyElseError: somebody else has used ``client_uuid``.
        ValidationError: a value breaks a rule; fields are named.
    """
    client_uuid = client_uuid or uuid.uuid4()
    if (sent := _sent_before(by, client_uuid)) is not None:
        return sent
    asset = standing(asset) if asset is not None else None
    facts = dict(values or {})
    proposal = Proposal(
        kind=Kind(kind),
        asset=asset,
        note=note,
        where_words=where_words,
        made_by=by,
        contact=(contact.strip().lower() or None) if by is None else None,
        client_uuid=client_uuid,
        token_hash=hash_of(token_for(client_uuid)),
    )
    _put_point(proposal, facts)
    proposal.values = _checked(facts)
    if asset is not None:
        proposal.before = _before(proposal, asset, before)
    proposal.area = locality(asset.location if asset else proposal.location)
    _require_words(proposal)
    proposal.full_clean()
    return _saved(proposal, by)


def find(token: str) -> Proposal | None:
    """Return the suggestion that a private link is about; None where there is none."""
    return Proposal.objects.select_related("asset").filter(token_hash=hash_of(token)).first()


@transaction.atomic
def withdraw(*, proposal: Proposal) -> Proposal:
    """Take a suggestion back, as whoever made it (by their link or their account).

    Raises:
        DecidedMeanwhileError: somebody has decided already.
    """
    proposal = locked(proposal)
    require_waiting(proposal)
    settle(proposal, State.WITHDRAWN, by=proposal.made_by)
    return proposal


@transaction.atomic
def assign(*, by: Any, proposal: Proposal, to: Any | None) -> Proposal:
    """Say who decides about a suggestion; None for whoever comes first.

    Raises:
        PermissionDenied: ``by`` may not decide about it.
        NotTheirAreaError: ``to`` may not.
        DecidedMeanwhileError: somebody has decided already.
    """
    proposal = locked(proposal)
    require_may_decide(by, proposal)
    require_waiting(proposal)
    if to is not None and not to.has_perm(DECIDE, proposal):
        raise NotTheirAreaError("They do not look after this area. Choose somebody else.")
    proposal.assigned_to = to
    proposal.save(update_fields=["assigned_to"])
    return proposal


@transaction.atomic
def adopt(*, by: Any, draft: Asset) -> Proposal:
    """Return the suggestion that a draft is, made where there was none yet.

    Raises:
        PermissionDenied: ``by`` may not decide about it.
        DecidedMeanwhileError: it is no draft any more.
    """
    draft = Asset.objects.select_for_update().get(pk=draft.pk)
    if not by.has_perm(DECIDE, draft):
        raise PermissionDenied("Your roles do not allow this: decide about this place.")
    known = Proposal.objects.filter(kind=Kind.NEW, asset=draft).order_by("-pk").first()
    if known is not None:
        return known
    if not drafts().filter(pk=draft.pk).exists():
        raise DecidedMeanwhileError("This place does not wait for anybody any more.")
    proposal = of_draft(draft)
    proposal.full_clean()
    proposal.save()
    # It waits since it was put in, not since somebody looked at it.
    Proposal.objects.filter(pk=proposal.pk).update(created_at=draft.created_at)
    proposal.refresh_from_db()
    return proposal


def of_draft(draft: Asset) -> Proposal:
    """Return a draft as a suggestion that is not kept yet."""
    client_uuid = uuid.uuid4()
    return Proposal(
        kind=Kind.NEW,
        asset=draft,
        area=locality(draft.location),
        made_by=draft.created_by,
        client_uuid=client_uuid,
        token_hash=hash_of(token_for(client_uuid)),
        created_at=draft.created_at,
    )


def token_for(client_uuid: uuid.UUID) -> str:
    """Return the key of the private link: only the site can make it, always the same."""
    return salted_hmac("proposals.link", str(client_uuid), algorithm="sha256").hexdigest()


def hash_of(token: str) -> str:
    """Return what is kept of a key."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def locality(point: Point | None) -> Area | None:
    """Return the smallest area that holds a point."""
    if point is None:
        return None
    sizes = [When(kind=kind, then=Value(size)) for size, kind in enumerate(SMALLEST_FIRST)]
    holding = Area.objects.filter(boundary__intersects=point)
    return holding.order_by(Case(*sizes, output_field=IntegerField()), "pk").first()


def locked(proposal: Proposal) -> Proposal:
    """Return a suggestion as it is now; nobody else decides until the transaction ends."""
    rows = Proposal.objects.select_for_update(of=("self",))
    return rows.select_related("asset", "made_by").get(pk=proposal.pk)


def require_may_decide(by: Any, proposal: Proposal) -> None:
    """Refuse those who have no say there."""
    if not by.has_perm(DECIDE, proposal):
        raise PermissionDenied("Your roles do not allow this: decide about this suggestion.")


def require_waiting(proposal: Proposal) -> None:
    """Refuse a second decision, and say whose the first one was."""
    if proposal.state == State.WAITING:
        return
    if proposal.state == State.WITHDRAWN:
        raise DecidedMeanwhileError("Whoever sent this has taken it back meanwhile.")
    who = str(proposal.decided_by) if proposal.decided_by else "Somebody"
    what = "has not taken it" if proposal.state == State.REFUSED else "has taken it"
    raise DecidedMeanwhileError(
        f"{who} was quicker and {what} already. Nothing was changed by you."
    )


def settle(proposal: Proposal, state: State, *, by: Any) -> None:
    """Write a decision down; the stranger's address goes with it."""
    proposal.state, proposal.decided_by = state, by
    proposal.decided_at, proposal.contact = timezone.now(), None
    proposal.full_clean()
    proposal.save()


def _sent_before(by: Any, client_uuid: uuid.UUID) -> Proposal | None:
    sent = Proposal.objects.filter(client_uuid=client_uuid).first()
    if sent is not None and sent.made_by_id != (by.pk if by else None):
        raise SentBySomebodyElseError("Somebody else has sent this form. Please start again.")
    return sent


def _put_point(proposal: Proposal, facts: dict[str, Any]) -> None:
    point = facts.pop(LOCATION, None)
    precision, source = (facts.pop(name, "") for name in _ALONG)
    if point is not None:
        proposal.location = point
        proposal.location_precision = precision or "exact"
        proposal.location_source = source or "map"


def _checked(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts as JSON takes them, each as its column allows."""
    wrong: dict[str, Any] = {}
    for column, value in facts.items():
        if column not in FIELDS:
            raise NotAFactError(f"Nobody may propose “{column}”.")
        try:
            Asset._meta.get_field(column).clean(value, None)  # type: ignore[union-attr]
        except ValidationError as error:
            wrong[column] = error.messages
    if wrong:
        raise ValidationError(wrong)
    return {column: as_json(value) for column, value in facts.items()}


def _before(proposal: Proposal, asset: Asset, seen: Mapping[str, Any] | None) -> dict[str, Any]:
    columns = [*proposal.values, *([LOCATION] if proposal.location else [])]
    if proposal.kind == Kind.NEW:
        return {}
    stood = stands(asset, columns)
    if seen is not None:
        stood |= {name: as_json(seen[name]) for name in columns if name in seen}
    return stood


def _require_words(proposal: Proposal) -> None:
    says = proposal.values or proposal.location or proposal.note
    if proposal.kind == Kind.CHANGE and not says:
        raise NothingSaidError("Say what is not right, or put it right below.")


def _saved(proposal: Proposal, by: Any) -> Proposal:
    try:
        with transaction.atomic():
            proposal.save()
    except IntegrityError:
        # The same form, sent twice at once: the other one was first.
        if (sent := _sent_before(by, proposal.client_uuid)) is not None:
            return sent
        raise
    return proposal
