"""Pictures of the story's cars: drawn from the side, in the colour of the variant."""

import base64
import io

from PIL import Image, ImageDraw

SIDE, BAND, TOP = 800, 500, 150  # a square, as shops show them
FLOOR, SHADOW, GLASS, TYRE = (
    (244, 246, 248),
    (214, 219, 224),
    (70, 86, 102),
    (36, 40, 44),
)
PAINT = {
    "WHT": (238, 240, 242),
    "BLK": (44, 46, 52),
    "GRY": (128, 138, 148),
    "SLV": (190, 196, 202),
    "BLU": (112, 168, 188),
    "GRN": (58, 92, 78),
    "RED": (188, 52, 44),
    "YLW": (240, 184, 46),
}
# outline of the body and of the glass, in hundredths of the length and of the band
SHAPES = {
    "sedan": (
        [(4, 62), (8, 52), (28, 46), (40, 28), (66, 27), (80, 44), (95, 50), (97, 64)],
        [(32, 46), (42, 32), (64, 31), (75, 45)],
    ),
    "suv": (
        [(4, 62), (7, 44), (26, 40), (36, 20), (80, 20), (93, 40), (96, 64)],
        [(31, 40), (39, 25), (77, 25), (87, 40)],
    ),
    "truck": (
        [(4, 64), (4, 18), (30, 14), (32, 30), (33, 14), (96, 14), (96, 64)],
        [(7, 38), (8, 22), (27, 20), (28, 38)],
    ),
}


def picture(colour: str, shape: str) -> bytes:
    """:param colour: a code of ``brands.COLOURS``
    :param shape: one of ``SHAPES``
    :return: a PNG, base64
    """
    image = Image.new("RGB", (SIDE, SIDE), FLOOR)
    draw = ImageDraw.Draw(image)
    draw.ellipse(_box(4, 70, 96, 82), SHADOW)
    body, glass = SHAPES[shape]
    paint = PAINT.get(colour, PAINT["WHT"])
    draw.polygon([_at(*point) for point in body], paint, tuple(c // 2 for c in paint))
    draw.rectangle(_box(4, 58, 97, 66), tuple(c * 4 // 5 for c in paint))
    draw.polygon([_at(*point) for point in glass], GLASS)
    for middle in (22, 78):
        draw.ellipse(_box(middle - 8, 58, middle + 8, 83), TYRE)
        draw.ellipse(_box(middle - 4, 64, middle + 4, 77), SHADOW)
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return base64.b64encode(out.getvalue())


def shape(name: str, kind: str) -> str:
    """:return: the shape of a series by its English name and its kind"""
    if kind == "commercial":
        return "truck"
    return "suv" if any(digit in name for digit in "789") else "sedan"


def _at(x: float, y: float) -> tuple[float, float]:
    return x * SIDE / 100, TOP + y * BAND / 100


def _box(left, top, right, bottom) -> list:
    return [_at(left, top), _at(right, bottom)]
