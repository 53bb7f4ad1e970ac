"""Whose ties never leave: private persons, residents' own families, people's own gifts."""

from typing import Final

from django.db.models import Q

from assets.categories import INDIVIDUAL_GIFT
from assets.models import AbcdType
from fans.connections.models import PartnerKind

KINDS_TOLD: Final = ("asset", "group", "professional")
"""Kinds of partner that an extract names. A professional is there in office."""


def told(tie: str = "") -> Q:
    """Return the condition that a partner may stand in an extract as a pseudonym.

    ``tie`` is the way from the model asked to the partnership, such as
    ``partnership__``.
    """
    return Q(**{f"{tie}partner__kind__in": KINDS_TOLD}) & ~_gift(f"{tie}partner__")


def private_person(tie: str = "") -> Q:
    """Return the condition that a partner is one private person of the community."""
    return Q(**{f"{tie}partner__kind": PartnerKind.PERSON}) | _gift(f"{tie}partner__")


def _gift(partner: str) -> Q:
    """Somebody's own gift stands on the register as an asset, and is a person all the same."""
    return (
        Q(**{f"{partner}own_category": INDIVIDUAL_GIFT})
        | Q(**{f"{partner}asset__category": INDIVIDUAL_GIFT})
        | Q(**{f"{partner}asset__abcd_type": AbcdType.GIFT})
    )
