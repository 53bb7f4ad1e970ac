"""Taking an entry out of the hands of those who kept it, with a reason; and back."""

from django.db import transaction
from django.utils import timezone

from fans.people import services as people
from fans.people.models import Membership, Person, Role
from fans.people.partners.errors import MayNotDecideError
from fans.people.partners.models import Ending


@transaction.atomic
def end(*, membership: Membership, by: Person, reason: str) -> Ending:
    """End a partner's role from now on; what they did stays, with their name in history.

    Raises:
        MayNotDecideError: it is no partner's role.
        MayNotGiveError: the role is not theirs to end there.
        ValidationError: no reason.
    """
    if membership.role != Role.PARTNER:
        raise MayNotDecideError("This is not the role of a partner.")
    people.end_role(membership=membership, by=by)
    standing = Ending.objects.filter(membership=membership, undone_at__isnull=True).first()
    if standing is not None:
        return standing
    ending = Ending(membership=membership, by=by, reason=reason.strip())
    ending.full_clean()
    ending.save()
    return ending


@transaction.atomic
def take_back(*, ending: Ending, by: Person) -> Membership:
    """Give the role back, within ten minutes, by whoever ended it.

    Raises:
        TooLateError: the ten minutes are over, or it was taken back already.
        MayNotGiveError: somebody else ended it.
    """
    row = Ending.objects.select_for_update(of=("self",)).get(pk=ending.pk)
    membership = people.restore_role(membership=row.membership, by=by)
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at"])
    return membership
