"""Operations that change what a home says to its picture, and who sees it."""

from fans.openness.replies.services.evidence import link_evidence, put_evidence_back, unlink
from fans.openness.replies.services.replying import put_back, reply, take_back
from fans.openness.replies.services.sharing import share, unshare

__all__ = [
    "link_evidence",
    "put_back",
    "put_evidence_back",
    "reply",
    "share",
    "take_back",
    "unlink",
    "unshare",
]
