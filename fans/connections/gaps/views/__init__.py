"""Pages of this part: HTTP alone, the work is in the services."""

from fans.connections.gaps.views.answering import (
    no,
    noes,
    put_on_list,
    take_back,
    take_off_list,
)
from fans.connections.gaps.views.areas import areas
from fans.connections.gaps.views.finder import choose, home

__all__ = [
    "areas",
    "choose",
    "home",
    "no",
    "noes",
    "put_on_list",
    "take_back",
    "take_off_list",
]
