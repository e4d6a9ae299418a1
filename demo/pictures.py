"""Pictures that people of the story take and signatures they draw."""

import base64
import io

from PIL import Image, ImageDraw

SIZE = (640, 480)
INK = (24, 48, 96)


def photo(seed: int) -> bytes:
    """:return: something grey with a lighter part, as phones see paint; base64"""
    shade = 90 + seed % 100
    picture = Image.new("RGB", SIZE, (shade, shade + 8, shade + 16))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((180, 120, 460, 360), fill=(shade + 40, shade + 44, shade + 48))
    return _encoded(picture, "JPEG")


def signature(name: str) -> bytes:
    """:return: strokes that differ from person to person; base64"""
    picture = Image.new("RGBA", (360, 120), (255, 255, 255, 0))
    strokes = [
        (20 + 18 * turn, 60 + (ord(letter) * (turn + 3)) % 50 - 25)
        for turn, letter in enumerate((name * 18)[:18])
    ]
    ImageDraw.Draw(picture).line(strokes, fill=INK, width=4, joint="curve")
    return _encoded(picture, "PNG")


def _encoded(picture, kind: str) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind)
    return base64.b64encode(file.getvalue())
