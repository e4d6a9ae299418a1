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


def paper(seed: int) -> bytes:
    """:return: a card on a table, with lines nobody can read; JPEG"""
    picture = Image.new("RGB", SIZE, (120 + seed % 40, 104, 88))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((80, 90, 560, 390), 24, fill=(238, 242, 246))
    draw.rectangle((400, 140, 520, 300), fill=(170, 186, 204))
    for line in range(5):
        width = 200 + (seed * (line + 3)) % 80
        draw.rectangle((110, 140 + 44 * line, 110 + width, 158 + 44 * line), fill=INK)
    file = io.BytesIO()
    picture.save(file, "JPEG")
    return file.getvalue()


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
