"""What is known of how right a place still is: what sources list, and what they leave to us."""

from assets.checking.models.listings import Listed, Listing
from assets.checking.models.questions import (
    Answer,
    QuestionKind,
    SourceQuestion,
    SourceQuestionQuerySet,
)

__all__ = [
    "Answer",
    "Listed",
    "Listing",
    "QuestionKind",
    "SourceQuestion",
    "SourceQuestionQuerySet",
]
