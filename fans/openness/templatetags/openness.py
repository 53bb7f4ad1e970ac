"""A home's openness as parts that other rooms' pages can include."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import template

from fans.openness.group_chart import GroupChart, group_chart
from fans.openness.models import Wave
from fans.openness.picture import SignShown
from fans.openness.replies.seeing import facilitator_sees_from
from fans.openness.reports import Overview

register = template.Library()


@register.filter
def facilitator_from(wave: Wave) -> dt.date:
    """Return the day from which a wave's facilitator sees it in any case."""
    return facilitator_sees_from(wave)


@register.filter
def beside(by_sign: Mapping[str, Any], sign: SignShown) -> Any:
    """Return what stands beside a sign; nothing where nothing does."""
    return by_sign.get(sign.id)


@register.filter
def chart_of_groups(sign: SignShown) -> GroupChart:
    """Lay out the groups' answers to a sign's question."""
    return group_chart(sign.groups)


@register.inclusion_tag("openness/parts/dumbbells.html")
def dumbbell_chart(overview: Overview) -> dict[str, Any]:
    """Draw the eight sides over the waves, for wide screens and for phones."""
    return {"overview": overview}


@register.inclusion_tag("openness/parts/sides_table.html")
def sides_table(overview: Overview) -> dict[str, Any]:
    """Give the chart's numbers as a table, each with the way to what lies behind it."""
    return {"overview": overview}
