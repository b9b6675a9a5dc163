"""A photo of what somebody gave, made small enough to keep, and until when it is kept. Pure.

Nothing is kept of what a phone writes into a photo beside the picture: where it was taken, when, with whose phone.
"""
import hashlib
import struct
import zlib
from datetime import date, timedelta
from io import BytesIO

from PIL import Image, ImageOps

SENT_BYTES_MAX = 15_000_000  # of one photo as a phone takes it, when no script made it smaller
SENT_PIXELS_MAX = 60_000_000
SIDE_MAX = 1280  # pixels of the longer side
AIM_BYTES = 150_000
KEPT_BYTES_MAX = 400_000
KEPT_DAYS = 2 * 365
_QUALITIES = (75, 60, 45, 30)
_UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, OverflowError, IndexError, struct.error, zlib.error,
               Image.DecompressionBombError)


class NotAPhoto(ValueError):
    """What was sent cannot be read as a photo, or is too large."""


def shrunk(*, sent: bytes) -> bytes:
    """A photo as a JPEG that stands upright, its longer side at most 1280 pixels, of about 150 kB and at most 400 kB.

    Reads JPEG, PNG and WebP. The same photo gives the same bytes. Raises NotAPhoto.
    """
    if not 0 < len(sent) <= SENT_BYTES_MAX:
        raise NotAPhoto
    try:
        picture = _upright(sent)
    except _UNREADABLE as wrong:
        raise NotAPhoto from wrong
    for quality in _QUALITIES:
        made = _jpeg(picture, quality)
        if len(made) <= AIM_BYTES:
            break
    if len(made) > KEPT_BYTES_MAX:
        raise NotAPhoto
    return made


def _upright(sent: bytes) -> Image.Image:
    """The picture without anything else, at its size to keep."""
    with Image.open(BytesIO(sent), formats=("JPEG", "PNG", "WEBP")) as photo:
        if photo.width * photo.height > SENT_PIXELS_MAX:
            raise NotAPhoto
        photo.draft("RGB", (SIDE_MAX, SIDE_MAX))  # a JPEG is read at a fraction of its size at once
        photo.thumbnail((SIDE_MAX, SIDE_MAX))
        return ImageOps.exif_transpose(photo).convert("RGB")


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    into = BytesIO()
    bare.save(into, "JPEG", quality=quality, optimize=True)
    return into.getvalue()


def digest(*, photo: bytes) -> str:
    """The mark of a photo (SHA-256), which stays with the line when the photo is forgotten."""
    return hashlib.sha256(photo).hexdigest()


def photos_before(*, today: date) -> date:
    """Photos of things given before this day are forgotten: they were to be believed for two years."""
    return today - timedelta(days=KEPT_DAYS)
