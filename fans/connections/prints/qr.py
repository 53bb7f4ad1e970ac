"""Codes that a telephone's camera opens."""

import segno


def qr_image(url: str) -> str:
    """Return a QR code as the address of an image that holds it: black on white SVG."""
    image: str = segno.make(url, error="m", micro=False).svg_data_uri(border=2, scale=4)
    return image
