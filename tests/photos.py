"""Photos as tests send them: drawn, of nobody."""
from io import BytesIO

from PIL import Image

from ombun.contributions.rules.photos import shrunk


def picture(*, size=(320, 200), mode="RGB", form="JPEG", **more):
    """A picture of two colours, as a file."""
    drawn = Image.new(mode, size, "white")
    drawn.paste(Image.new(mode, (size[0] // 2, size[1] // 2), "black"))
    file = BytesIO()
    drawn.save(file, form, **more)
    return file.getvalue()


PHOTO = shrunk(sent=picture())
"""A photo as it is kept."""
