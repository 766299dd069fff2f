"""Random edits for training: two of these views of one picture should get the same embedding."""

import cv2
import numpy as np

import edits


def light_view(image, rng, side):
    """What the library holds: the picture, resized, compressed, perhaps cropped a little."""
    image = edits.crop(image, rng, 0.8) if rng.random() < 0.3 else image
    image = edits.jpeg(image, rng.uniform(40, 95)) if rng.random() < 0.3 else image
    return square(image, side)


def heavy_view(image, other, rng, side):
    """One to four edits, in the order in which people make them."""
    for chance, edit in steps(image, other, rng):
        if rng.random() < chance:
            image = edit(image)
    return square(image, side)


def steps(image, other, rng):
    return (
        (0.45, lambda i: edits.crop(i, rng, 0.25)),
        (0.30, edits.flip),
        (0.25, lambda i: edits.quarter(i, int(rng.integers(1, 4)))),
        (0.12, lambda i: edits.tilt(i, rng.uniform(-35, 35), rng)),
        (0.10, lambda i: edits.perspective(i, 0.12, rng)),
        (0.40, lambda i: edits.light(i, rng, rng.uniform(0.3, 1.3))),
        (0.08, edits.grayscale),
        (0.15, lambda i: edits.text(i, rng, int(rng.integers(1, 5)))),
        (0.15, lambda i: edits.shape(i, rng, rng.uniform(0.1, 0.6))),
        (0.12, lambda i: edits.over(i, other, rng)),
        (0.10, lambda i: edits.meme(i, rng)),
        (0.12, lambda i: edits.border(i, rng)),
        (0.12, lambda i: edits.screenshot(i, rng)),
        (0.12, lambda i: edits.onto(i, other, rng)),
        (0.08, lambda i: edits.stretch(i, rng.uniform(0.6, 1.6))),
        (0.15, lambda i: edits.blur(i, rng.uniform(0.002, 0.014))),
        (0.06, lambda i: edits.pixelate(i, rng.uniform(24, 90))),
        (0.08, lambda i: edits.noise(i, rng, rng.uniform(4, 22))),
        (0.20, lambda i: edits.resize(i, rng.uniform(0.2, 0.8))),
        (0.30, lambda i: edits.jpeg(i, rng.uniform(8, 60))),
    )


def square(image, side):
    """uint8 [3,side,side] RGB, squeezed: what the network reads."""
    small = cv2.resize(np.ascontiguousarray(image), (side, side), interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(small[..., ::-1].transpose(2, 0, 1))
