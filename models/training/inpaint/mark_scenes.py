"""What the network that finds marks trains on: parts of photos with and without one, each made from its number and the seed."""

import random

import cv2
import numpy as np

from crops import crop, light
from marks import LEAST_SEEN, layer

# How many are as they were: what is in the scene is no mark.
CLEAN = 0.3
# The file is scaled down after the mark was laid over it, at most to this.
SHRINK = 0.55
LEAST_MARK = 40  # pixels


def scene(rng, photo, side):
    """uint8 [side,side,3], uint8 [side,side] of 0 and 1 where the mark is."""
    drawn = side if rng.random() < 0.6 else round(side / rng.uniform(SHRINK, 1))
    part = np.ascontiguousarray(crop(rng, photo, drawn))
    if rng.random() < 0.3:
        part = light(rng, part)
    alpha = np.zeros((drawn, drawn), np.float32)
    if rng.random() >= CLEAN:
        alpha, colour = layer(rng, drawn)
        part = (part + alpha[..., None] * (colour - part)).round().clip(0, 255).astype(np.uint8)
    seen = (alpha > LEAST_SEEN * max(alpha.max(), 1e-6)).astype(np.uint8)
    part = saved(rng, part)
    if drawn != side:
        part, seen = (cv2.resize(x, (side, side), interpolation=cv2.INTER_AREA) for x in (part, seen * 255))
        seen = (seen > 100).astype(np.uint8)
    return part, seen if seen.sum() >= LEAST_MARK else seen * 0


def saved(rng, part):
    """As JPEG and opened again, most of the time."""
    if rng.random() < 0.15:
        return part
    _, content = cv2.imencode(".jpg", part, [cv2.IMWRITE_JPEG_QUALITY, rng.randint(60, 96)])
    return cv2.imdecode(content, cv2.IMREAD_COLOR)


class Scenes:
    """By (number, side), for a loader's worker; photos and those with text of their own in turn."""

    def __init__(self, photos, seed, read):
        self.photos, self.seed, self.read = photos, seed, read

    def __getitem__(self, key):
        number, side = key
        rng = random.Random(f"{self.seed}/{number}")
        part, seen = scene(rng, self.read(rng.choice(self.photos)), side)
        return np.ascontiguousarray(part), seen
