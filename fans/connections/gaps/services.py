"""Answers to suggestions: on our list, or no, because; and both taken back."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from assets.models import Asset
from assets.standing import standing
from fans.connections.errors import TieInUseError
from fans.connections.gaps.candidates import KINDS
from fans.connections.gaps.errors import NotSuggestedError, TiedAlreadyError
from fans.connections.gaps.models import Dismissal
from fans.connections.models import Partnership, PartnershipStatus
from fans.connections.services.newcomers import take_back_tie
from fans.connections.services.partners import find_or_start_partnership, partner_for_asset
from fans.connections.ties import services as ties
from fans.connections.ties.models import Kind
from fans.people.models import Person
from homes.models import Home

ANSWER = "gaps.answer"


@transaction.atomic
def put_on_list(*, home: Home, asset: Asset, by: Person) -> Partnership:
    """Make a suggested place an idea of the home's; a tie that was over is taken up again.

    A tie that stands already is returned as it is. An earlier no to the place is gone.

    Raises:
        NotSuggestedError: the place is not public, has closed, or nobody to be tied to.
        PermissionDenied: ``by`` may not answer for the home.
    """
    asset = _suggested(home, asset, by)
    tie = find_or_start_partnership(home=home, partner=partner_for_asset(asset), by=by)
    if tie.is_over:
        tie = ties.reopen(partnership=tie, by=by)
    Dismissal.objects.filter(home=home, asset=asset).delete()
    return tie


@transaction.atomic
def take_off_list(*, partnership: Partnership, by: Person) -> None:
    """Take back what ``put_on_list`` did: the idea goes, or the tie is over as before.

    Raises:
        TieInUseError: something has happened with the place since.
        PermissionDenied: ``by`` may not answer for the home.
    """
    _check(by, partnership.home)
    step = partnership.events.filter(undone_at__isnull=True).last()
    if step is not None and step.kind == Kind.REOPENED:
        ties.undo(event=step, by=by)
    elif partnership.status == PartnershipStatus.IDEA:
        take_back_tie(partnership=partnership, by=by)
    else:
        raise TieInUseError(f"Something has happened with {partnership.partner} since.")


@transaction.atomic
def dismiss(*, home: Home, asset: Asset, by: Person, reason: str, words: str = "") -> Dismissal:
    """Note that a suggested place is not for this home, and why.

    Said again, the newer reason stands.

    Raises:
        NotSuggestedError: the place is not public, has closed, or nobody to be tied to.
        TiedAlreadyError: the home has a tie with it.
        PermissionDenied: ``by`` may not answer for the home.
        ValidationError: no reason of the list, or too many words.
    """
    asset = _suggested(home, asset, by)
    if _stands(home, asset):
        raise TiedAlreadyError(f"You have a tie with {asset}: say it there.", field="asset")
    said = {"reason": reason, "words": words.strip(), "said_on": timezone.localdate(), "by": by}
    Dismissal(home=home, asset=asset, **said).clean_fields()
    # Two at once make one: the row is held from here on.
    kept, _ = Dismissal.objects.update_or_create(home=home, asset=asset, defaults=said)
    return kept


@transaction.atomic
def take_back(*, dismissal: Dismissal, by: Person) -> None:
    """Let a place be suggested again; a second time changes nothing.

    Raises:
        PermissionDenied: ``by`` may not answer for the home.
    """
    _check(by, dismissal.home)
    Dismissal.objects.filter(pk=dismissal.pk).delete()


def _suggested(home: Home, asset: Asset, by: Person) -> Asset:
    """Return the record that stands for a place that may be suggested."""
    _check(by, home)
    asset = standing(asset)
    public = Asset.objects.published().filter(pk=asset.pk, category__in=KINDS)
    if not public.exists():
        raise NotSuggestedError(f"{asset} is not on the map any more.", field="asset")
    return asset


def _stands(home: Home, asset: Asset) -> bool:
    tie = home.partnerships.filter(partner__asset=asset).first()
    return tie is not None and not tie.is_over


def _check(by: Person, home: Home) -> None:
    if not by.has_perm(ANSWER, home):
        raise PermissionDenied("Your roles do not let you answer for this home.")
