"""Ties of two places that turn out to be one."""

import datetime as dt
from typing import Any, Final

from django.utils import timezone

from assets.twins import registry
from fans.connections.models import Connection, Partnership, PartnershipStatus, Reach
from fans.connections.services.partners import BEFORE_ACTIVE
from fans.connections.signals import log_changed

Since = dict[str, str]

_ORDER: Final = (
    *(PartnershipStatus.DECLINED, PartnershipStatus.ENDED, PartnershipStatus.IDEA),
    *(PartnershipStatus.ASKED, PartnershipStatus.AGREED, PartnershipStatus.QUIET),
    PartnershipStatus.ACTIVE,
)
"""The further along a status is, the later it comes; one that stands beats one that is over."""


def register_rules() -> None:
    """Say how rows of this room go over where two places become one."""
    registry.register("connections.Partner", words=("", ""))
    registry.register(
        "connections.Partnership", combine_ties, new=new_tie, words=("tie", "ties")
    )
    registry.register_words("connections.Connection", "entry in the log", "entries in the log")
    reach = registry.Beside(note_reach, settle_reach, give_back_reach, touched_by_reach)
    registry.register_beside("connections.Reach", reach)


def combine_ties(kept: Partnership, lost: Partnership) -> dict[str, Any]:
    """Return what a home's one tie says where it had two: the one further along leads.

    Both sides' yes counts, whichever tie it was said of, unless that one is over.
    """
    leads = max((kept, lost), key=lambda tie: _ORDER.index(PartnershipStatus(tie.status)))
    said = [tie for tie in (kept, lost) if leads.is_over or not tie.is_over]
    home, partner = (
        min((day for tie in said if (day := getattr(tie, name))), default=None)
        for name in ("home_confirmed_at", "partner_confirmed_at")
    )
    both = home and partner and leads.status in BEFORE_ACTIVE
    depths = [tie.depth for tie in (kept, lost) if tie.depth is not None]
    return {
        "status": PartnershipStatus.ACTIVE if both else leads.status,
        "declined_reason": leads.declined_reason,
        "declined_words": leads.declined_words,
        "declined_side": leads.declined_side,
        "home_confirmed_at": home,
        "partner_confirmed_at": partner,
        "home_named_ok": leads.home_named_ok,
        "partner_named_ok": leads.partner_named_ok,
        "arranged_by": leads.arranged_by,
        "purpose": kept.purpose or lost.purpose,
        "depth": max(depths, default=None),
        "generations": kept.generations or lost.generations,
        "created_at": min(kept.created_at, lost.created_at),
    }


def new_tie(tie: Partnership) -> dict[str, Any]:
    """Return how a tie begins that is made for what was logged while two places were one.

    Nobody has said yes to it, and logging never does.
    """
    model: Any = Partnership._meta
    declined = ("declined_reason", "declined_words", "declined_side")
    fresh = (*declined, "purpose", "arranged_by", "depth", "generations")
    said = ("status", "home_confirmed_at", "partner_confirmed_at", "home_named_ok")
    names = (*fresh, *said, "partner_named_ok", "created_by")
    return {
        **{name: model.get_field(name).get_default() for name in names},
        "created_at": timezone.now(),
    }


def note_reach(keep: int, lose: int) -> dict[str, Since]:
    """Return since when each home has had either place within reach."""
    return {"keep": _since(keep), "lose": _since(lose)}


def settle_reach(keep: int, lose: int, before: dict[str, Since]) -> dict[str, Since]:
    """Let the place that stays be within reach since either was."""
    for home, day in _since(keep).items():
        days = (before["keep"].get(home, day), before["lose"].get(home, day), day)
        _say_since(home, keep, min(days))
    _tell_scores(keep, lose)
    return {**before, "now": _since(keep)}


def give_back_reach(keep: int, lose: int, kept: dict[str, Since]) -> None:
    """Say of both places again since when they have been within reach."""
    for asset, side in ((keep, "keep"), (lose, "lose")):
        for home, day in _since(asset).items():
            _say_since(home, asset, kept[side].get(home, day))
    _tell_scores(keep, lose)


def touched_by_reach(kept: dict[str, Since]) -> set[str]:
    """Return the homes for which the place that stays is within reach otherwise now."""
    homes = kept["keep"].keys() | kept["now"].keys()
    return {home for home in homes if kept["keep"].get(home) != kept["now"].get(home)}


def _tell_scores(*assets: int) -> None:
    """Say that the logs of the homes tied to these places name other ties now."""
    ties = Partnership.objects.filter(partner__asset__in=assets)
    homes = set(ties.order_by().values_list("home", flat=True))
    if homes:
        log_changed.send(Connection, home_ids=homes, holds_places=True)


def _since(asset: int) -> Since:
    rows = Reach.objects.filter(asset_id=asset).values_list("home_id", "since")
    return {str(home): day.isoformat() for home, day in rows}


def _say_since(home: str, asset: int, day: str) -> None:
    rows = Reach.objects.filter(home_id=int(home), asset_id=asset)
    rows.exclude(since=dt.date.fromisoformat(day)).update(since=dt.date.fromisoformat(day))
