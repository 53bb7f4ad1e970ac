"""Pages of this part."""

from fans.openness.replies.views.page import page, page_pdf, shared
from fans.openness.replies.views.replying import (
    evidence,
    put_back,
    relink,
    reply,
    take_back,
    unlink,
)
from fans.openness.replies.views.sharing import share

__all__ = [
    "evidence",
    "page",
    "page_pdf",
    "put_back",
    "relink",
    "reply",
    "share",
    "shared",
    "take_back",
    "unlink",
]
