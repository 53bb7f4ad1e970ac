"""Writes a picture anew: upright, of a size for the web, with nothing but what is to be seen.

A camera writes where and when into a file, and on what, and whatever a program put there
before. None of it is copied: the points alone go into a new file.
"""

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import IO, Any, Final

from django.conf import settings
from PIL import Image, ImageCms, ImageFile, ImageOps

from assets.photos.errors import NotAPhotoError
from intake.limits import in_words

LARGE_PX: Final = 1600
SMALL_PX: Final = 400
"""The longer side of what is kept."""

_QUALITY: Final = 82
_TAKEN: Final = ("JPEG", "PNG", "WEBP")
_HEIC: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")
_MOST_PROFILE_BYTES: Final = 2**20
_ONE_AT_A_TIME: Final = Lock()
_REDUCIBLE: Final = {"L", "LA", "RGB", "RGBA", "CMYK"}
"""Modes of which neighbouring points have a mean."""

# What decoders raise on broken or hostile files.
_BROKEN: Final = (
    *(OSError, SyntaxError, ValueError, TypeError, IndexError, KeyError, EOFError),
    *(OverflowError, AttributeError, struct.error, zlib.error, MemoryError),
    *(Image.DecompressionBombError, Image.DecompressionBombWarning),
)


@dataclass(frozen=True)
class Picture:
    """A photo as it is kept: two JPEG files, and the larger one's size in pixels."""

    large: bytes
    small: bytes
    width: int
    height: int


def read_picture(file: IO[bytes] | Any) -> Picture:
    """Decode a file that somebody sent, and write it anew.

    Raises:
        NotAPhotoError: it is too large, of a kind that we do not take, or broken.
    """
    data = _read(file)
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        raise NotAPhotoError(
            "This is in an iPhone’s own format (HEIC), which we cannot read. In the phone’s "
            "settings for the camera, under formats, choose “Most compatible”, or send a "
            "screenshot of the photo."
        )
    try:
        with _whole_files_only(), Image.open(io.BytesIO(data), formats=_TAKEN) as opened:
            _check_pixels(opened)
            opened.draft("RGB", (LARGE_PX, LARGE_PX))
            points = _points_alone(opened)
    except _BROKEN as error:
        raise NotAPhotoError(
            "We cannot read this file as a photo. Send a JPEG, PNG or WebP picture."
        ) from error
    large = _fitted(points, LARGE_PX)
    return Picture(_as_jpeg(large), _as_jpeg(_fitted(large, SMALL_PX)), *large.size)


@contextmanager
def _whole_files_only() -> Iterator[None]:
    """Refuse a file that ends too soon, though another library lets all such files pass.

    WeasyPrint sets this switch for the whole process as soon as it has made a PDF.
    """
    with _ONE_AT_A_TIME:
        before = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def _read(file: Any) -> bytes:
    most: int = settings.PHOTO_LIMITS["bytes"]
    file.seek(0)
    data: bytes = file.read(most + 1)
    if len(data) > most:
        raise NotAPhotoError(f"The photo is too large: at most {in_words(most)} are taken.")
    if not data:
        raise NotAPhotoError("The file is empty.")
    return data


def _check_pixels(opened: Image.Image) -> None:
    """Refuse by what the header says, before anything is unpacked."""
    most: int = settings.PHOTO_LIMITS["pixels"]
    if opened.width * opened.height > most:
        raise NotAPhotoError(
            f"The photo has too many points: at most {most // 10**6} million are taken."
        )


def _points_alone(opened: Image.Image) -> Image.Image:
    """Return a picture, upright and in the web's colours, to which nothing else is tied."""
    upright = ImageOps.exif_transpose(_shrunk(opened))
    coloured = _in_web_colours(upright)
    points = Image.new("RGB", coloured.size, "white")
    if coloured.mode == "RGBA":
        points.paste(coloured, mask=coloured.getchannel("A"))
    else:
        points.paste(coloured)
    return points


def _shrunk(opened: Image.Image) -> Image.Image:
    """Return a far too large picture nearer to its size here, before anything copies it.

    A file of a few kilobytes may hold millions of points: each copy takes memory.
    """
    factor = max(opened.size) // LARGE_PX
    if factor < 2:
        return opened
    if "transparency" in opened.info:
        return opened.convert("RGBA").reduce(factor)
    if opened.mode not in _REDUCIBLE:
        return opened.convert("RGB").reduce(factor)
    return opened.reduce(factor)


def _in_web_colours(picture: Image.Image) -> Image.Image:
    """Convert from the camera's colours to sRGB, where it says what they are."""
    profile = picture.info.get("icc_profile")
    has_alpha = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    if picture.mode == "RGB" and profile and len(profile) <= _MOST_PROFILE_BYTES:
        try:
            theirs = ImageCms.getOpenProfile(io.BytesIO(profile))
            ours = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, theirs, ours, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None  # a profile that says nothing: the colours stay as they are
        if converted is not None:
            return converted
    return picture.convert("RGBA" if has_alpha else "RGB")


def _fitted(picture: Image.Image, longest_px: int) -> Image.Image:
    if max(picture.size) <= longest_px:
        return picture
    scale = longest_px / max(picture.size)
    width, height = (max(1, round(side * scale)) for side in picture.size)
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _as_jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return out.getvalue()
