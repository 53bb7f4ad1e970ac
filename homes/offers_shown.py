"""What homes show of their offers, and which give no care at present."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Prefetch

from homes.models import HomeAsset, Registration
from homes.shown import Shown


def with_offers(homes: Shown) -> Shown:
    """Fetch ``public_offers`` and ``open_registrations`` of these homes, in two queries."""
    standing = Registration.objects.filter(until__isnull=True)
    return homes.prefetch_related(
        Prefetch("home_assets", HomeAsset.objects.public(), to_attr="public_offers"),
        Prefetch("registrations", standing, to_attr="open_registrations"),
    )


def offering(homes: Shown, kinds: Collection[str]) -> Shown:
    """Keep homes that offer one of these kinds to everybody."""
    offers = HomeAsset.objects.public().filter(home=OuterRef("pk"), kind__in=kinds)
    return homes.filter(Exists(offers))


def dormant_ones(homes: Shown, *, yes: bool) -> Shown:
    """Keep homes that give no care at present, or the others."""
    active = Registration.objects.filter(home=OuterRef("pk"), until__isnull=True, dormant=False)
    return homes.filter(~Exists(active) if yes else Exists(active))
