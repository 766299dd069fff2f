"""Watermarks as they are laid over photos: lines of text, tiles, logos; any colour, mostly half transparent."""

import cv2
import numpy as np
from PIL import Image, ImageDraw

from masks import LETTERS, font, shapes

# How often each kind is drawn.
KINDS = {"line": 5, "tiles": 3, "logo": 3}
# What covers less, as a share of what covers most, is not seen.
LEAST_SEEN = 0.05
PLAIN = ((255, 255, 255), (255, 255, 255), (255, 255, 255), (0, 0, 0), (128, 128, 128))


def words(rng):
    """A word, a name, an address: letters in runs, capitals as often as not."""
    runs = ["".join(rng.choice(LETTERS) for _ in range(rng.randint(2, 9))) for _ in range(rng.choice((1, 1, 2, 3)))]
    if rng.random() < 0.3:
        runs.insert(0, "©")
    line = " ".join(runs)
    return line.upper() if rng.random() < 0.4 else line


def written(rng, line, size):
    """uint8 [h,w]: the line by itself."""
    face, border = font(rng.randrange(1000), size), rng.choice((0, 0, 0, 0, 1))
    left, top, right, bottom = face.getbbox(line, stroke_width=border)
    image = Image.new("L", (max(1, right - left) + 4, max(1, bottom - top) + 4))
    ImageDraw.Draw(image).text((2 - left, 2 - top), line, 255, face, stroke_width=border)
    drawn = np.asarray(image)
    if rng.random() < 0.12 and size > 16:  # the outline alone
        drawn = cv2.morphologyEx(drawn, cv2.MORPH_GRADIENT, np.ones((2, 2), np.uint8))
    return drawn


def turned(drawn, angle):
    """Turned about its middle, on a canvas that holds it."""
    if angle == 0:
        return drawn
    return np.asarray(Image.fromarray(drawn).rotate(angle, Image.Resampling.BICUBIC, expand=True))


def put(canvas, drawn, x, y):
    """Adds a drawing with its top left at (x, y); what lies outside is cut off."""
    height, width = canvas.shape
    x0, y0, x1, y1 = max(x, 0), max(y, 0), min(x + drawn.shape[1], width), min(y + drawn.shape[0], height)
    if x0 < x1 and y0 < y1:
        part = canvas[y0:y1, x0:x1]
        np.maximum(part, drawn[y0 - y : y1 - y, x0 - x : x1 - x], out=part)


def line(rng, side):
    """One line, anywhere, level or turned; large ones reach beyond the edge."""
    size = round(10 * (side / 3.5 / 10) ** rng.random())
    angle = rng.choice((0, 0, 0, rng.choice((-45, -30, 30, 45, 90)), rng.uniform(-60, 60)))
    drawn = turned(written(rng, words(rng), size), angle)
    canvas = np.zeros((side, side), np.uint8)
    put(canvas, drawn, *(round(rng.uniform(-0.4 * n, side - 0.6 * n)) for n in drawn.shape[::-1]))
    return canvas


def tiles(rng, side):
    """The same again and again, in rows or staggered."""
    size = rng.randint(9, max(11, side // 8))
    one = written(rng, words(rng), size) if rng.random() < 0.8 else shapes(rng, 4 * size)[size : 3 * size, size : 3 * size]
    canvas = np.zeros((2 * side, 2 * side), np.uint8)
    across, down = one.shape[1] + rng.uniform(0.5, 4) * size, one.shape[0] + rng.uniform(0.5, 5) * size
    shift = rng.choice((0, 0, across / 2, rng.uniform(0, across)))
    for row in range(int(2 * side / down) + 1):
        for column in range(-1, int(2 * side / across) + 1):
            put(canvas, one, round(column * across + row * shift % across), round(row * down))
    angle = rng.choice((0, rng.choice((-45, -30, -20, 20, 30, 45)), rng.uniform(-45, 45)))
    half = side // 2
    return np.asarray(Image.fromarray(canvas).rotate(angle, Image.Resampling.BICUBIC))[half : half + side, half : half + side]


def logo(rng, side):
    """A drawn shape, at times with its name below."""
    scale = rng.uniform(0.3, 1)
    small = cv2.resize(shapes(rng, 2 * side), None, fx=scale / 2, fy=scale / 2, interpolation=cv2.INTER_AREA)
    canvas = np.zeros((side, side), np.uint8)
    put(canvas, small, *(round(rng.uniform(0, side - n)) for n in small.shape[::-1]))
    if rng.random() < 0.3:
        name = written(rng, words(rng), rng.randint(10, 24))
        rows, columns = np.nonzero(canvas)
        if len(rows):
            put(canvas, name, round(columns.mean() - name.shape[1] / 2), rows.max() + rng.randint(2, 8))
    return canvas


MAKERS = {"line": line, "tiles": tiles, "logo": logo}


def layer(rng, side):
    """float32 [side,side] opacity 0..1 and float32 [side,side,3] colour 0..255."""
    kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
    shape = MAKERS[kind](rng, side).astype(np.float32) / 255
    if rng.random() < 0.25:
        shape = cv2.GaussianBlur(shape, (0, 0), rng.uniform(0.3, 0.8))
    ink = np.array(rng.choice(PLAIN) if rng.random() < 0.7 else [rng.randint(0, 255) for _ in range(3)], np.float32)
    colour = np.broadcast_to(ink, (side, side, 3))
    opacity = rng.uniform(0.12, 0.6) if rng.random() < 0.7 else rng.uniform(0.6, 1)
    if rng.random() < 0.15:  # a shadow below and to the right
        step = rng.randint(1, 2)
        shadow = np.roll(shape, (step, step), (0, 1)) * rng.uniform(0.4, 1)
        whole = np.maximum(shape, shadow)
        share = (shape / np.maximum(whole, 1e-3))[..., None]
        return whole * opacity, share * colour + (1 - share) * (255 - ink if ink.std() < 1 else 0)
    return shape * opacity, colour
