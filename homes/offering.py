"""Writes on what a home says of itself: its offers to neighbours, its welcome contact."""

from django.db import transaction
from django.utils import timezone

from homes.errors import AlreadyListedError, WithdrawnEarlierError
from homes.models import Home, HomeAsset


@transaction.atomic
def list_offer(
    *, home: Home, kind: str, description: str = "", is_public: bool = False
) -> HomeAsset:
    """List something that a home can offer; the first day is today.

    Raises:
        AlreadyListedError: the home lists the same already.
        ValidationError: no such kind, or too long a description.
    """
    Home.objects.select_for_update().get(pk=home.pk)  # two at once are one
    description = " ".join(description.split())
    if home.home_assets.listed().filter(kind=kind, description=description).exists():
        raise AlreadyListedError
    offer = HomeAsset(
        home=home,
        kind=kind,
        description=description,
        is_public=is_public,
        listed_on=timezone.localdate(),
    )
    offer.full_clean()
    offer.save()
    return offer


@transaction.atomic
def withdraw_offer(*, offer: HomeAsset) -> HomeAsset:
    """Take an offer back from today on; what was given stays in the log."""
    offer = HomeAsset.objects.select_for_update().get(pk=offer.pk)
    if offer.withdrawn_on is None:
        offer.withdrawn_on = timezone.localdate()
        offer.full_clean()
        offer.save(update_fields=["withdrawn_on"])
    return offer


@transaction.atomic
def put_back_offer(*, offer: HomeAsset) -> HomeAsset:
    """Undo a withdrawal of today.

    Raises:
        WithdrawnEarlierError: it was withdrawn on an earlier day, and is history.
    """
    offer = HomeAsset.objects.select_for_update().get(pk=offer.pk)
    if offer.withdrawn_on is not None:
        if offer.withdrawn_on != timezone.localdate():
            raise WithdrawnEarlierError
        offer.withdrawn_on = None
        offer.save(update_fields=["withdrawn_on"])
    return offer


@transaction.atomic
def show_offer(*, offer: HomeAsset, is_public: bool) -> HomeAsset:
    """Show an offer to everybody, or to the home's own people alone."""
    offer = HomeAsset.objects.select_for_update().get(pk=offer.pk)
    offer.is_public = is_public
    offer.save(update_fields=["is_public"])
    return offer


@transaction.atomic
def set_welcome(*, home: Home, role: str, phone: str) -> Home:
    """Say whom a visitor should ask for, and the home's own number.

    Raises:
        ValidationError: too long.
    """
    home = Home.objects.select_for_update().get(pk=home.pk)
    home.welcome_role, home.phone = " ".join(role.split()), " ".join(phone.split())
    home.full_clean()
    home.save(update_fields=["welcome_role", "phone", "updated_at"])
    return home
