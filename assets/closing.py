"""A place that is no more, that is back, or that nobody should see for now."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from assets.models import Asset, OpenState, Visibility


@transaction.atomic
def close_asset(*, by: Any, asset: Asset) -> Asset:
    """Note that a place has closed for good: it leaves every public page.

    Raises:
        PermissionDenied: ``by`` may not publish this asset.
    """
    asset = _locked(by, asset)
    asset.state = OpenState.CLOSED
    return _saved(asset)


@transaction.atomic
def reopen_asset(*, by: Any, asset: Asset) -> Asset:
    """Note that a place said to be closed is not.

    Raises:
        PermissionDenied: ``by`` may not publish this asset.
    """
    asset = _locked(by, asset)
    asset.state = OpenState.OPEN
    return _saved(asset)


@transaction.atomic
def hide_asset(*, by: Any, asset: Asset) -> Asset:
    """Take a place off every page and map, and keep what is known of it.

    Raises:
        PermissionDenied: ``by`` may not publish this asset.
    """
    asset = _locked(by, asset)
    asset.visibility = Visibility.HIDDEN
    return _saved(asset)


@transaction.atomic
def unhide_as_draft(*, by: Any, asset: Asset) -> Asset:
    """Let a hidden place wait for a champion again.

    Raises:
        PermissionDenied: ``by`` may not publish this asset.
    """
    asset = _locked(by, asset)
    asset.visibility = Visibility.DRAFT
    return _saved(asset)


def _locked(by: Any, asset: Asset) -> Asset:
    if not by.has_perm("assets.publish", asset):
        words = "Your roles do not allow this: say whether this place is on the map."
        raise PermissionDenied(words)
    return Asset.objects.select_for_update().get(pk=asset.pk)


def _saved(asset: Asset) -> Asset:
    asset.full_clean()
    asset.save()
    return asset
