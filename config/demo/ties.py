"""The demo's partners and partnerships of the enrolled homes."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from assets.models import Asset
from config.demo.calendar import Calendar
from config.demo.words import words
from fans.connections.models import Partner, PartnerKind, Partnership, TieSide
from fans.people.models import Person
from homes.models import Home

CONFIRMED = ("agreed", "active", "ended")


@dataclass(frozen=True)
class Tie:
    """A partnership and the plan it came from."""

    home_key: str
    plan: dict[str, Any]
    partnership: Partnership


def tied_assets() -> dict[str, list[str]]:
    """Return the names of the assets that each enrolled home is tied to or has in mind."""
    return {
        key: [plan["partner"] for plan in plans if plan["kind"] == PartnerKind.ASSET]
        for key, plans in words("ties")["ties"].items()
    }


def make_ties(
    homes: Mapping[str, Home],
    assets: Mapping[str, Asset],
    dates: Calendar,
    by: Person,
) -> list[Tie]:
    """Make partners and partnerships; a confirmed tie has both sides' word."""
    plans = [(key, plan) for key, rows in words("ties")["ties"].items() for plan in rows]
    partners = _make_partners([plan for _, plan in plans], assets)
    ties = [
        Tie(key, plan, _partnership(homes[key], partner, plan, dates, by))
        for (key, plan), partner in zip(plans, partners, strict=True)
    ]
    Partnership.objects.bulk_create(tie.partnership for tie in ties)
    for tie in ties:
        begun = _begun(tie.plan, dates)
        Partnership.objects.filter(pk=tie.partnership.pk).update(created_at=begun)
    return ties


def _make_partners(plans: list[dict[str, Any]], assets: Mapping[str, Asset]) -> list[Partner]:
    """Make one partner for each plan; two homes tied to one asset share it."""
    shared: dict[str, Partner] = {}
    partners = []
    for plan in plans:
        if plan["kind"] == PartnerKind.ASSET:
            asset = assets[plan["partner"]]
            partner = shared.setdefault(asset.name, Partner(kind="asset", asset=asset))
        else:
            category = plan.get("category", "")
            partner = Partner(kind=plan["kind"], name=plan["partner"], own_category=category)
        partners.append(partner)
    Partner.objects.bulk_create({id(partner): partner for partner in partners}.values())
    return partners


def _partnership(
    home: Home, partner: Partner, plan: dict[str, Any], dates: Calendar, by: Person
) -> Partnership:
    confirmed = _begun(plan, dates) if plan["status"] in CONFIRMED else None
    asked = plan["status"] in ("asked", "declined")
    named = plan.get("named", False)
    return Partnership(
        home=home,
        partner=partner,
        purpose=plan["purpose"],
        status=plan["status"],
        declined_reason=plan.get("reason", ""),
        declined_words=plan.get("words", ""),
        declined_side=TieSide.PARTNER if plan.get("reason") else "",
        arranged_by=plan["by"],
        depth=plan.get("depth"),
        generations=plan.get("generations", False),
        home_confirmed_at=confirmed or (_begun(plan, dates) if asked else None),
        partner_confirmed_at=confirmed,
        home_named_ok=named,
        partner_named_ok=named,
        created_by=by,
    )


def _begun(plan: dict[str, Any], dates: Calendar) -> dt.datetime:
    """Return when the tie was agreed: a few days before the first meeting."""
    day = dates.start + dt.timedelta(weeks=min(plan["from_week"], 24), days=-4)
    return dt.datetime.combine(day, dt.time(11), timezone.get_current_timezone())
