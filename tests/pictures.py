"""Pictures as cameras write them, made up here: with a place, a time and words inside."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms
from PIL.ExifTags import GPS, IFD, Base

RED, GREEN = (200, 30, 30), (30, 160, 60)
TELLTALE = b"quiet lane cottage"
"""Words that a picture must not hold once it is written anew."""


def exif(*, orientation: int = 1) -> Image.Exif:
    """What a phone notes: upright or not, by what, when, and where to ten metres."""
    words = TELLTALE.decode()
    notes = Image.Exif()
    notes[Base.Orientation] = orientation
    notes[Base.Make] = notes[Base.Artist] = notes[Base.ImageDescription] = words
    notes[Base.DateTime] = "2026:11:01 10:00:00"
    notes.get_ifd(IFD.GPSInfo).update(
        {
            GPS.GPSLatitudeRef: "N",
            GPS.GPSLatitude: (53.0, 25.0, 26.4),
            GPS.GPSLongitudeRef: "W",
            GPS.GPSLongitude: (2.0, 19.0, 19.2),
        }
    )
    return notes


def picture(
    *,
    kind: str = "JPEG",
    size: tuple[int, int] = (640, 480),
    mode: str = "RGB",
    orientation: int = 1,
    **options: Any,
) -> bytes:
    """Return a picture, red on the left and green on the right, with all that a camera adds."""
    image = Image.new("RGB", size, RED)
    image.paste(GREEN, (size[0] // 2, 0, *size))
    image = image.convert(mode)
    notes: dict[str, Any] = {"exif": exif(orientation=orientation)}
    if kind == "JPEG":
        notes |= {"comment": TELLTALE, "xmp": b"<x:xmpmeta>" + TELLTALE + b"</x:xmpmeta>"}
    if mode == "RGB":
        notes["icc_profile"] = ImageCms.ImageCmsProfile(
            ImageCms.createProfile("sRGB")
        ).tobytes()
    out = io.BytesIO()
    image.save(out, kind, **(notes | options))
    return out.getvalue()


def upload(data: bytes | None = None, name: str = "IMG_0001.jpg") -> SimpleUploadedFile:
    """Return a picture as a form sends it."""
    return SimpleUploadedFile(name, picture() if data is None else data, "image/jpeg")
