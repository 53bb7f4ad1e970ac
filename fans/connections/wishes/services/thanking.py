"""A few words of thanks to a partner, for a card that somebody hands over."""

from django.db import transaction
from django.utils import timezone

from fans.connections.errors import PersonNumberError
from fans.connections.models import Partnership
from fans.connections.services.checks import check_note
from fans.connections.services.partners import standing_tie
from fans.connections.wishes.errors import NotToThankError, TooLateError
from fans.connections.wishes.models import Thanks, Wish
from fans.connections.wishes.services.asking import KEEP, hold, require
from fans.people.audit.erasing import erasing
from fans.people.models import Person
from fans.people.privacy.forgetting import delete_with_history


@transaction.atomic
def thank(
    *, by: Person, partnership: Partnership, text: str, wish: Wish | None = None
) -> Thanks:
    """Write a thank-you to the partner of a tie, for a wish or without one.

    It is sent to nobody: it is printed on a card (see ``give``).

    Raises:
        NotToThankError: the wish is another home's, or has not come true.
        PersonNumberError: the words hold an NHS number.
    """
    tie = standing_tie(partnership)
    require(by, KEEP, tie.home)
    granted = hold(wish) if wish is not None else None
    if granted and (granted.home_id != tie.home_id or granted.granted_on is None):
        raise NotToThankError("This wish has not come true here.", field="wish")
    words = " ".join(text.split())
    try:
        check_note(words)
    except PersonNumberError as error:
        raise PersonNumberError(
            "This holds what looks like an NHS number. A card never tells who somebody is.",
            field="text",
        ) from error
    thanks = Thanks(partnership=tie, home=tie.home, wish=granted, text=words, written_by=by)
    thanks.full_clean()
    thanks.save()
    return thanks


@transaction.atomic
def give(*, thanks: Thanks, by: Person) -> Thanks:
    """Note that the card was handed over, today; again changes nothing."""
    require(by, KEEP, thanks.home)
    row = Thanks.objects.select_for_update().get(pk=thanks.pk)
    if row.given_on is None:
        row.given_on = timezone.localdate()
        row.save(update_fields=["given_on"])
    return row


@transaction.atomic
def not_given(*, thanks: Thanks, by: Person) -> Thanks:
    """Note that the card was not handed over after all; again changes nothing."""
    require(by, KEEP, thanks.home)
    row = Thanks.objects.select_for_update().get(pk=thanks.pk)
    if row.given_on is not None:
        row.given_on = None
        row.save(update_fields=["given_on"])
    return row


@transaction.atomic
def tear_up(*, thanks: Thanks, by: Person) -> None:
    """Take a thank-you away with its history: it was not given, or written just now.

    Raises:
        TooLateError: the card was handed over.
    """
    require(by, KEEP, thanks.home)
    row = Thanks.objects.select_for_update().get(pk=thanks.pk)
    if not row.can_be_taken_back(timezone.now()):
        raise TooLateError("This card was handed over.")
    with erasing():  # words that were a slip may name somebody
        delete_with_history(Thanks.objects.filter(pk=row.pk))
