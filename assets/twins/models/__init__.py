"""What is known of records of one place: pairs, and what people said of them."""

from assets.twins.models.merging import Merge, MergeQuerySet
from assets.twins.models.pairs import Pair, PairQuerySet, PairState
from assets.twins.models.rows import RowAnswer, RowSays
from assets.twins.models.sweeps import Sweep

__all__ = [
    "Merge",
    "MergeQuerySet",
    "Pair",
    "PairQuerySet",
    "PairState",
    "RowAnswer",
    "RowSays",
    "Sweep",
]
