"""Step 2: whom a home would like to know goes on its shortlist, and comes off again."""

from collections.abc import Iterable

from django.db import transaction

from assets.models import Asset
from fans.connections.candidates import Candidate
from fans.connections.errors import TieInUseError
from fans.connections.models import Partnership
from fans.connections.services import (
    find_or_start_partnership,
    partner_for_asset,
    take_back_tie,
)
from fans.connections.services.locks import hold_log
from fans.connections.services.partners import refuse_if_over
from fans.connections.steps.models import Pick
from fans.connections.steps.services.known import refuse_unless_allowed
from fans.connections.wishes.tags import TAGS
from fans.people.models import Person
from homes.models import Home


@transaction.atomic
def pick(*, by: Person, home: Home, who: Candidate, themes: Iterable[str] = ()) -> Pick:
    """Put somebody on the home's shortlist; who is there already stays as they are.

    ``themes``: tags of the wishes that made somebody think of them.

    Raises:
        PermissionDenied: ``by`` may not log for the home.
        NotAPartnerError: a bench is nobody to know.
        PartnershipOverError: the tie has ended or was declined.
    """
    refuse_unless_allowed(by, home)
    hold_log(home)
    before = set(home.partnerships.values_list("pk", flat=True))
    tie = who
    if isinstance(tie, Asset):
        tie = find_or_start_partnership(home=home, partner=partner_for_asset(tie), by=by)
    refuse_if_over(tie)
    found = Pick.objects.filter(partnership=tie).first()
    if found is not None:
        return found
    row = Pick(partnership=tie, picked_by=by, started_tie=tie.pk not in before)
    row.themes = [slug for slug in dict.fromkeys(themes) if slug in TAGS]
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def take_off(*, partnership: Partnership, by: Person) -> bool:
    """Take somebody off the shortlist; say whether the tie that it made went too.

    Raises:
        PermissionDenied: ``by`` may not log for the home.
    """
    refuse_unless_allowed(by, partnership.home)
    hold_log(partnership.home)
    row = Pick.objects.filter(partnership=partnership).first()
    if row is None:
        return False
    row.delete()
    if not row.started_tie:
        return False
    try:
        with transaction.atomic():
            take_back_tie(partnership=partnership, by=by)
    except TieInUseError:  # somebody was asked, or met: the tie stays
        return False
    return True
