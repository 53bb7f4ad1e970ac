"""What may leave a home: one rule for counts of people, pure and without records.

Inside a home's own view the numbers are exact, and answers of a group need three
respondents (``may_show_group``). Whatever leaves the home goes through here: counts
of people from 1 to 7 become ``*`` and others go to the nearest 5, rates come from the
rounded parts and totals from the rounded cells, so that no hidden number can be had
back by subtraction. Row-level research files carry bands instead (``band``), and
blank what fewer than five homes share (``blank_rare``).

Source: the rule of NHS secondary-care statistics below national level (1 to 7 hidden,
the rest to the nearest 5), chosen because it can be applied without judgement.
"""

from fans.disclosure.counts import (
    HIDDEN,
    Shown,
    publish_count,
    publish_rate,
    publish_ties,
    publish_total,
)
from fans.disclosure.rows import BANDS, HOMES_SHARING, band, blank_rare
from fans.disclosure.tables import PublishedTable, publish_table
from fans.disclosure.views import GROUP_RESPONDENTS, may_show_group

__all__ = [
    "BANDS",
    "GROUP_RESPONDENTS",
    "HIDDEN",
    "HOMES_SHARING",
    "PublishedTable",
    "Shown",
    "band",
    "blank_rare",
    "may_show_group",
    "publish_count",
    "publish_rate",
    "publish_table",
    "publish_ties",
    "publish_total",
]
