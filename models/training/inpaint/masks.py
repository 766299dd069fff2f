"""Random holes as people paint them, or as watermarks leave them: strokes, text, logos, boxes, small objects."""

from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONT_FOLDERS = ("/usr/share/fonts", "/Library/Fonts", "C:/Windows/Fonts")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789©®.-/@"
# How often each kind is drawn.
KINDS = {"strokes": 4, "text": 4, "shapes": 1, "box": 1, "blob": 2}
# Share of the picture that may be hole; a mask outside is drawn again.
LEAST, MOST = 0.01, 0.4


@lru_cache(1)
def fonts():
    found = sorted(file for folder in FONT_FOLDERS for file in Path(folder).rglob("*.tt[fc]"))
    if not found:
        raise SystemExit(f"No TrueType font below {', '.join(FONT_FOLDERS)}: install fonts-dejavu and fonts-liberation")
    return found


@lru_cache(256)
def font(number, size):
    return ImageFont.truetype(str(fonts()[number % len(fonts())]), size)


def strokes(rng, side):
    """Some brush strokes, each of a few bends."""
    mask = np.zeros((side, side), np.uint8)
    for _ in range(rng.randint(1, 5)):
        point, angle = np.array([rng.uniform(0, side), rng.uniform(0, side)]), rng.uniform(0, 6.3)
        width = round(rng.uniform(2, 9) if rng.random() < 0.5 else rng.uniform(6, side / 8))
        for _ in range(rng.randint(1, 8)):
            angle += rng.gauss(0, 0.7)
            step = rng.uniform(0.05, 0.3) * side
            following = point + step * np.array([np.cos(angle), np.sin(angle)])
            cv2.line(mask, to_pixel(point), to_pixel(following), 255, width)
            point = following
    return mask


def text(rng, side):
    """A word or line, straight or turned, once or tiled over the picture."""
    size = rng.randint(10, max(12, side // 4))
    words = "".join(rng.choice(LETTERS) for _ in range(rng.randint(2, 14)))
    if rng.random() < 0.3:
        words = words.replace(rng.choice(words), " ")
    large = Image.new("L", (side * 2, side * 2))
    draw = ImageDraw.Draw(large)
    face, border = font(rng.randrange(1000), size), rng.choice((0, 0, 1, 1, 2))
    gap = (len(words) * size * 0.7 + rng.uniform(20, 80), size + rng.uniform(25, 120))
    tiled = rng.random() < 0.4
    for y in np.arange(0, side * 2, gap[1]) if tiled else (rng.uniform(0.6, 1.3) * side,):
        for x in np.arange(0, side * 2, gap[0]) if tiled else (rng.uniform(0.4, 1.1) * side,):
            draw.text((x, y), words, 255, face, stroke_width=border)
    angle = rng.choice((0, 0, rng.uniform(-45, 45)))
    turned = large.rotate(angle, Image.Resampling.BILINEAR)
    half = side // 2
    return np.asarray(turned)[half : half + side, half : half + side]


def shapes(rng, side):
    """A drawn logo: rings, polygons, bars."""
    mask = np.zeros((side, side), np.uint8)
    middle, size = np.array([rng.uniform(0.15, 0.85) * side for _ in range(2)]), rng.uniform(0.08, 0.25) * side
    for _ in range(rng.randint(2, 5)):
        at, radius = middle + np.array([rng.gauss(0, size / 3), rng.gauss(0, size / 3)]), size * rng.uniform(0.3, 1)
        width = rng.choice((-1, rng.randint(2, 8)))
        angles = rng.uniform(0, 6.3) + np.arange(rng.randint(3, 6)) * rng.uniform(1, 2.6)
        corners = at + radius * np.stack((np.cos(angles), np.sin(angles)), 1)
        if rng.random() < 0.5:
            cv2.circle(mask, to_pixel(at), round(radius), 255, width)
        elif width < 0:
            cv2.fillPoly(mask, [corners.astype(np.int32)], 255)
        else:
            cv2.polylines(mask, [corners.astype(np.int32)], True, 255, width)
    return mask


def box(rng, side):
    mask = np.zeros((side, side), np.uint8)
    width, height = (rng.uniform(0.06, 0.45) * side for _ in range(2))
    x, y = rng.uniform(0, side - width), rng.uniform(0, side - height)
    mask[round(y) : round(y + height), round(x) : round(x + width)] = 255
    return mask


def blob(rng, side):
    """The rounded outline of something small: noise about an ellipse."""
    angles = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    outline = np.ones(48)
    for wave in range(1, 6):
        outline += rng.gauss(0, 0.22 / wave) * np.cos(wave * angles + rng.uniform(0, 6.3))
    radii = [rng.uniform(0.04, 0.22) * side for _ in range(2)]
    at = [rng.uniform(0.1, 0.9) * side for _ in range(2)]
    points = np.stack((np.cos(angles) * radii[0], np.sin(angles) * radii[1]), 1) * outline[:, None].clip(0.3) + at
    mask = np.zeros((side, side), np.uint8)
    cv2.fillPoly(mask, [points.astype(np.int32)], 255)
    return mask


def to_pixel(point):
    return int(round(point[0])), int(round(point[1]))


MAKERS = {"strokes": strokes, "text": text, "shapes": shapes, "box": box, "blob": blob}


def mask_of(kind, rng, side):
    """uint8 [side,side] of 0 and 1, of a bearable size."""
    for _ in range(20):
        mask = MAKERS[kind](rng, side) > 40
        if rng.random() < 0.5:
            mask = cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        if LEAST < mask.mean() < MOST:
            return mask.astype(np.uint8)
    return box(rng, side) // 255


def random_mask(rng, side):
    """One or some at a time: the more is hole, the more there is to learn from a picture."""
    kinds = rng.choices(list(KINDS), list(KINDS.values()), k=rng.choice((1, 2, 3, 4)))
    return np.maximum.reduce([mask_of(kind, rng, side) for kind in kinds])
