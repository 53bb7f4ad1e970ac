"""What may leave a home: one rule for counts of people, pure and without records.

Inside a home's own view the numbers are exact, and answers of a group need three
respondents (``may_show_group``). Whatever leaves the home goes through here: counts
of people from 1 to 7 become ``*`` and others go to the nearest 5, rates come from the
rounded parts and totals from the rounded cells, so that no hidden number can be had
back by subtraction. Row-level research files carry bands instead (``band``), and
blank what fewer than five homes share (``blank_rare``). Figures of many homes together,
made from scores that are each home's own, go through ``homes``.

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
from fans.disclosure.homes import (
    FEWEST_HOMES,
    NEAREST_POINTS,
    OfHome,
    enough_homes,
    most_of_one_owner,
    publish_change,
    publish_homes,
    publish_middle,
    publish_shares,
    publish_sum,
)
from fans.disclosure.rows import BANDS, HOMES_SHARING, band, blank_rare
from fans.disclosure.tables import PublishedTable, publish_table
from fans.disclosure.views import GROUP_RESPONDENTS, may_show_group

__all__ = [
    "BANDS",
    "FEWEST_HOMES",
    "GROUP_RESPONDENTS",
    "HIDDEN",
    "HOMES_SHARING",
    "NEAREST_POINTS",
    "OfHome",
    "PublishedTable",
    "Shown",
    "band",
    "blank_rare",
    "enough_homes",
    "may_show_group",
    "most_of_one_owner",
    "publish_change",
    "publish_count",
    "publish_homes",
    "publish_middle",
    "publish_rate",
    "publish_shares",
    "publish_sum",
    "publish_table",
    "publish_ties",
    "publish_total",
]
