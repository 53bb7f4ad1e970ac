"""Makes a PDF of a page, without fetching anything."""

import logging
from functools import cache
from typing import Any

logger = logging.getLogger(__name__)


@cache
def can_make_pdf() -> bool:
    """Say whether this machine has what it takes: the library draws text with Pango."""
    try:
        import weasyprint  # noqa: F401, PLC0415 (half a second, and it needs Pango)
    except (ImportError, OSError):
        logger.warning("No PDF can be made here: Pango is missing (docs/setup.md).")
        return False
    return True


def pdf_of(html: str) -> bytes:
    """Return a page as PDF/UA, for people who have it read to them."""
    import weasyprint  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    fetcher: Any = URLFetcher(allowed_protocols=["data"])
    page = weasyprint.HTML(string=html, url_fetcher=fetcher)
    made: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return made
