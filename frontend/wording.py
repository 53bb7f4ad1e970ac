"""Dates and distances in words, as people say them."""

from assets.checking.ages import since_words, span_words
from geo.wording import distance_words

__all__ = ["distance_words", "since_words", "span_words"]
