"""A photo is made small enough to keep; of what a phone writes beside the picture nothing is left."""
import random
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ombun.contributions.rules.photos import AIM_BYTES, KEPT_BYTES_MAX, SIDE_MAX, NotAPhoto, digest, shrunk
from tests.photos import picture


def opened(content):
    return Image.open(BytesIO(content), formats=("JPEG",))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_large_photo_becomes_a_small_jpeg_and_the_same_one_gives_the_same_bytes(form):
    sent = picture(size=(4000, 3000), form=form)
    kept = shrunk(sent=sent)
    assert opened(kept).size == (SIDE_MAX, 960)
    assert len(kept) <= AIM_BYTES
    assert shrunk(sent=sent) == kept and digest(photo=shrunk(sent=sent)) == digest(photo=kept)


def test_it_stands_upright_and_says_no_more_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6  # the phone was held upright
    exif[0x8825] = {1: "N", 2: (16.0, 26.0, 0.0)}  # where
    exif[0x010F] = "Phone of Somchai"
    sent = picture(size=(400, 200), exif=exif, comment=b"Somchai")
    assert b"Somchai" in sent
    kept = shrunk(sent=sent)
    assert opened(kept).size == (200, 400)
    assert not opened(kept).getexif() and b"Somchai" not in kept and b"Exif" not in kept


def test_noise_is_kept_small_too_and_what_is_clear_becomes_white_or_black_but_is_read():
    noise = Image.frombytes("RGB", (2000, 2000), random.Random(1).randbytes(12_000_000))
    file = BytesIO()
    noise.save(file, "JPEG", quality=60)
    assert len(shrunk(sent=file.getvalue())) <= KEPT_BYTES_MAX
    assert opened(shrunk(sent=picture(mode="RGBA", form="PNG"))).mode == "RGB"
    assert opened(shrunk(sent=picture(mode="L", form="PNG"))).mode == "RGB"


@pytest.mark.parametrize("sent", [b"", b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\xff\xd8\xff",
                                  picture(form="GIF"), b"x" * 15_000_001], ids=range(6))
def test_what_is_no_photo_is_refused(sent):
    with pytest.raises(NotAPhoto):
        shrunk(sent=sent)


def test_a_small_file_that_says_it_is_huge_is_refused_before_it_is_read():
    with pytest.raises(NotAPhoto):
        shrunk(sent=picture(size=(9000, 9000), mode="1", form="PNG"))


@settings(max_examples=200)
@given(st.sampled_from(["JPEG", "PNG", "WEBP"]), st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)),
                                                          max_size=20), st.integers(0, 10**6))
def test_a_broken_file_is_refused_or_read_and_never_a_fault(form, changes, cut):
    sent = bytearray(picture(size=(60, 40), form=form))
    for place, value in changes:
        sent[place % len(sent)] = value
    try:
        kept = shrunk(sent=bytes(sent[:len(sent) - cut % len(sent)]))
    except NotAPhoto:
        return
    assert opened(kept).format == "JPEG"
