"""What a home can say it gave: plain kinds, and what it lists itself."""

from fans.connections.models import HOME_ASSET_PREFIX, Gift
from homes.models import Home


def offers(home: Home) -> list[tuple[str, str]]:
    """Return what a home lists today, each as ``home_gives`` names it and in words."""
    listed = home.home_assets.filter(withdrawn_on__isnull=True)
    return [(f"{HOME_ASSET_PREFIX}{offer.pk}", str(offer)) for offer in listed]


def gift_words(home: Home) -> dict[str, str]:
    """Give the words for everything that the home's log can name, withdrawn or not."""
    own = {f"{HOME_ASSET_PREFIX}{offer.pk}": str(offer) for offer in home.home_assets.all()}
    return {str(value): str(label) for value, label in Gift.choices} | own
