"""Records of this part."""

from fans.openness.replies.models.evidence_link import (
    EvidenceKind,
    EvidenceLink,
    EvidenceLinkQuerySet,
)
from fans.openness.replies.models.reply import Reply, ReplyQuerySet
from fans.openness.replies.models.share import Audience, Share, ShareQuerySet

__all__ = [
    "Audience",
    "EvidenceKind",
    "EvidenceLink",
    "EvidenceLinkQuerySet",
    "Reply",
    "ReplyQuerySet",
    "Share",
    "ShareQuerySet",
]
