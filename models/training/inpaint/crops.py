"""What the network trains on: crops of photos, each made from its number and the seed."""

import random

import cv2
import numpy as np

from masks import random_mask

# A photo is shown at up to this part of its size; smaller is sharper, for the photos are JPEGs.
SHRINK = 0.55


def crop(rng, photo, side):
    """uint8 [side,side,3]: some part of the photo, at some scale, flipped and turned."""
    least = side / min(photo.shape[:2])
    scale = max(least, rng.uniform(max(least, SHRINK), 1) if least < 1 else least)
    height, width = (max(side, round(scale * n)) for n in photo.shape[:2])
    small = cv2.resize(photo, (width, height), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    y, x = rng.randint(0, height - side), rng.randint(0, width - side)
    part = small[y : y + side, x : x + side]
    if rng.random() < 0.5:
        part = part[:, ::-1]
    return np.rot90(part, rng.choice((0, 0, 0, 1, 2, 3)))


def light(rng, part):
    """Another exposure and another balance of the colours."""
    gain = np.array([rng.uniform(0.85, 1.15) for _ in range(3)]) * rng.uniform(0.8, 1.1)
    return np.clip(255 * (part / 255) ** rng.uniform(0.8, 1.25) * gain, 0, 255).astype(np.uint8)


class Crops:
    """By (number, side): (uint8 [side,side,3], uint8 mask [side,side]), for a loader's worker."""

    def __init__(self, photos, seed, read):
        self.photos, self.seed, self.read = photos, seed, read

    def __getitem__(self, key):
        number, side = key
        rng = random.Random(f"{self.seed}/{number}")
        part = crop(rng, self.read(rng.choice(self.photos).file), side)
        if rng.random() < 0.5:
            part = light(rng, part)
        return np.ascontiguousarray(part), random_mask(rng, side)
