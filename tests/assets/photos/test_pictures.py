"""A picture is written anew: upright, small, with nothing in it but what is to be seen."""

import io
import random

import pytest
from PIL import Image, ImageCms, ImageFile

from assets.photos import pictures
from assets.photos.errors import NotAPhotoError
from assets.photos.pictures import read_picture
from tests.pictures import GREEN, RED, TELLTALE, exif, picture

KEPT_SEGMENTS = {0xD8, 0xE0, 0xDB, 0xC2, 0xC0, 0xC4, 0xDA, 0xDD}
"""Start, the plain JFIF header, tables, frame and scan: what drawing needs."""


def segments(data):
    """Return the markers of a JPEG file up to its first scan."""
    at, found = 2, {0xD8}
    while data[at] == 0xFF and data[at + 1] != 0xDA:
        found.add(data[at + 1])
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return found


def read(data):
    return read_picture(io.BytesIO(data))


def opened(data):
    return Image.open(io.BytesIO(data))


def near(colour, wanted):
    return all(abs(a - b) < 12 for a, b in zip(colour, wanted, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_that_a_camera_wrote_is_left(kind):
    sent = picture(kind=kind)
    assert TELLTALE in sent, "the picture has to hold what we look for"

    taken = read(sent)

    for data in (taken.large, taken.small):
        assert segments(data) <= KEPT_SEGMENTS
        assert TELLTALE not in data
        assert b"Exif" not in data
        assert not opened(data).getexif()
        assert set(opened(data).info) <= {
            *("jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression")
        }


@pytest.mark.parametrize(
    ("orientation", "size", "left"),
    [
        (1, (640, 480), RED),
        (3, (640, 480), GREEN),
        (6, (480, 640), None),
        (2, (640, 480), GREEN),
    ],
)
def test_a_picture_taken_sideways_stands_upright(orientation, size, left):
    taken = read(picture(orientation=orientation))

    image = opened(taken.large)
    assert image.size == size
    if left:
        assert near(image.getpixel((40, 240)), left)
    else:
        assert near(image.getpixel((240, 40)), RED)
        assert near(image.getpixel((240, 600)), GREEN)


def test_a_large_picture_is_scaled_to_the_web_and_to_a_thumbnail():
    taken = read(picture(size=(4000, 3000)))

    assert (taken.width, taken.height) == (1600, 1200) == opened(taken.large).size
    assert opened(taken.small).size == (400, 300)


@pytest.mark.parametrize("mode", ["1", "P", "L", "LA", "RGB", "RGBA"])
def test_a_far_too_large_picture_is_shrunk_before_anything_copies_it(mode, monkeypatch):
    sizes = []
    real = pictures._in_web_colours
    monkeypatch.setattr(
        pictures, "_in_web_colours", lambda picture: sizes.append(picture.size) or real(picture)
    )
    out = io.BytesIO()
    sent = Image.new("RGB", (5600, 4200), RED)
    sent.paste(GREEN, (2800, 0, 5600, 4200))
    sent.convert(mode).save(out, "PNG", exif=exif(orientation=6))

    taken = read(out.getvalue())

    [size] = sizes
    assert max(size) < 2 * pictures.LARGE_PX
    assert (taken.width, taken.height) == (1200, 1600)
    if mode in {"P", "RGB", "RGBA"}:
        assert near(opened(taken.large).getpixel((600, 300)), RED)
        assert near(opened(taken.large).getpixel((600, 1300)), GREEN)


def test_a_strip_of_points_is_no_fault_of_ours():
    out = io.BytesIO()
    Image.new("RGB", (6000, 1)).save(out, "PNG")

    taken = read(out.getvalue())

    assert (taken.width, taken.height) == (1600, 1)


def test_a_small_picture_is_not_blown_up():
    taken = read(picture(size=(300, 200)))

    assert opened(taken.large).size == opened(taken.small).size == (300, 200)


def test_what_is_seen_through_is_white():
    image = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    out = io.BytesIO()
    image.save(out, "PNG")

    assert opened(read(out.getvalue()).large).getpixel((50, 50)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_other_colours_are_taken(mode):
    assert opened(read(picture(mode=mode)).large).mode == "RGB"


def test_of_a_phones_pair_of_pictures_the_first_is_taken():
    second, out = Image.new("RGB", (640, 480), GREEN), io.BytesIO()
    Image.new("RGB", (640, 480), RED).save(out, "MPO", save_all=True, append_images=[second])

    taken = read(out.getvalue())

    assert near(opened(taken.large).getpixel((320, 240)), RED)
    assert segments(taken.large) <= KEPT_SEGMENTS


def test_a_palette_is_taken():
    assert opened(read(picture(kind="PNG", mode="P")).large).mode == "RGB"


def test_a_profile_that_does_not_fit_is_passed_over():
    of_another_kind = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()

    taken = read(picture(icc_profile=of_another_kind))

    assert near(opened(taken.large).getpixel((40, 240)), RED)


def test_the_cameras_colours_become_the_webs():
    """A profile in which the numbers mean other colours: then other numbers are kept."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    tags = {
        bytes(profile[at : at + 4]): int.from_bytes(profile[at + 4 : at + 8], "big")
        for at in range(132, 132 + 12 * int.from_bytes(profile[128:132], "big"), 12)
    }
    red, green = tags[b"rXYZ"] + 8, tags[b"gXYZ"] + 8
    swapped = bytes(profile[green : green + 12]), bytes(profile[red : red + 12])
    profile[red : red + 12], profile[green : green + 12] = swapped

    taken = read(picture(icc_profile=bytes(profile)))

    left, right = (opened(taken.large).getpixel((x, 240)) for x in (40, 600))
    assert left[1] > left[0], "what the camera calls red is green"
    assert right[0] > right[1]


def test_a_file_cut_short_is_refused_though_another_library_lets_it_pass(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint does

    with pytest.raises(NotAPhotoError, match="cannot read this file"):
        read(picture()[:3000])
    assert ImageFile.LOAD_TRUNCATED_IMAGES


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"not a picture at all", "cannot read this file as a photo"),
        (b"%PDF-1.7 and so on", "cannot read this file as a photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", "cannot read this file as a photo"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (picture()[:3000], "cannot read this file as a photo"),
    ],
    ids=["empty", "text", "pdf", "svg", "heic", "cut short"],
)
def test_what_is_no_picture_is_refused_in_words(data, words):
    with pytest.raises(NotAPhotoError, match=words):
        read(data)


def test_a_kind_of_picture_that_we_do_not_take_is_refused():
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, "GIF")

    with pytest.raises(NotAPhotoError, match="JPEG, PNG or WebP"):
        read(out.getvalue())


def test_a_picture_of_too_many_points_is_refused_before_it_is_unpacked():
    bomb = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(bomb, "PNG", optimize=True)
    assert len(bomb.getvalue()) < 200_000

    with pytest.raises(NotAPhotoError):
        read(bomb.getvalue())


def test_a_picture_just_over_the_limit_is_refused_and_one_at_it_taken(settings):
    settings.PHOTO_LIMITS = {**settings.PHOTO_LIMITS, "pixels": 640 * 480}

    assert read(picture()).width == 640
    with pytest.raises(NotAPhotoError, match="too many points"):
        read(picture(size=(641, 480)))


def test_a_file_over_the_limit_is_refused_and_one_at_it_taken(settings):
    data = picture()
    settings.PHOTO_LIMITS = {**settings.PHOTO_LIMITS, "bytes": len(data)}
    assert read(data).width == 640

    settings.PHOTO_LIMITS = {**settings.PHOTO_LIMITS, "bytes": len(data) - 1}
    with pytest.raises(NotAPhotoError, match="too large: at most"):
        read(data)


# The decoder warns of what it passes over.
@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_broken_picture_is_refused_and_never_a_fault_of_ours(kind):
    dice = random.Random(kind)  # noqa: S311 - nothing to hide
    whole = picture(kind=kind, size=(64, 48))

    for _ in range(150):
        data = bytearray(whole)
        for _ in range(dice.randint(1, 12)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            taken = read(bytes(data))
        except NotAPhotoError:
            continue
        assert segments(taken.large) <= KEPT_SEGMENTS
