"""Makes a PDF of a page, without fetching anything."""

import base64
import logging
from functools import cache
from typing import Any, Final

from django.conf import settings

logger = logging.getLogger(__name__)

_WEIGHTS: Final = (400, 700)


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
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    fetcher: Any = URLFetcher(allowed_protocols=["data"])
    fonts = FontConfiguration()
    faces = weasyprint.CSS(string=_font_faces(), font_config=fonts, url_fetcher=fetcher)
    page = weasyprint.HTML(string=html, url_fetcher=fetcher)
    made: bytes = page.write_pdf(stylesheets=[faces], font_config=fonts, pdf_variant="pdf/ua-1")
    return made


@cache
def _font_faces() -> str:
    """Return the pages' own font as rules that hold it; none where it is not built yet."""
    return "".join(_font_face(weight) for weight in _WEIGHTS)


def _font_face(weight: int) -> str:
    built = sorted(settings.PRINT_FONTS.glob(f"atkinson-*-latin-{weight}-normal-*.woff2"))
    if not built:
        return ""
    font = base64.b64encode(built[-1].read_bytes()).decode()
    return (
        f"@font-face{{font-family:'Atkinson Hyperlegible';font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{font})}}"
    )
