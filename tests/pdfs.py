"""Reading a PDF far enough to find its tags."""

import re
import zlib


def unpacked(pdf: bytes) -> bytes:
    """Return a PDF with all its objects, the packed ones too."""
    pieces = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            pieces.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(pieces)
