"""Reads the annotated photos and says which source serves what."""

import hashlib
import json
from dataclasses import dataclass, field, replace
from pathlib import Path

import cv2
import numpy as np

# Stated licences that permit it: MIT, Apache-2.0, CC BY.
TRAINED = ("rf_experiment", "cn_easypr", "openimages_rf", "ro_robertlucian")
# Never trained on. eg_moto's licence contradicts itself, so it measures corners and stays out of the weights.
VALIDATED = ("world_kaggle433", "in_kaggle_v3")
CORNERS = ("eg_moto",)
# One plate of each photo is annotated there; the others are no false alarms.
INCOMPLETE = ("in_kaggle_v3",)
# Squeezed to a square before they were published: training stretches them back by a random amount.
SQUEEZED = ("rf_experiment", "openimages_rf")


@dataclass
class Photo:
    file: Path
    source: str
    origin: str
    # [n,4,2] pixels, clockwise from the text's top-left.
    quads: np.ndarray
    # [n] true where the four corners are real, false where only an upright box is known.
    exact: np.ndarray
    # Of each plate: true4 | rotrect | box.
    kinds: tuple
    # [m,4] boxes of plates that are there and not annotated so: to find them is no false alarm, and no hit.
    unlisted: np.ndarray = field(default_factory=lambda: np.zeros((0, 4), np.float32))

    def pixels(self):
        """BGR, uint8."""
        image = cv2.imread(str(self.file))
        if image is None:
            raise ValueError(f"{self.file} is no picture that OpenCV reads")
        return image


def read_photos(folder, sources):
    """Photos of `sources` in `folder`/labels.jsonl, in its order."""
    folder = Path(folder)
    photos = []
    for line in (folder / "labels.jsonl").read_text().splitlines():
        row = json.loads(line)
        if row["source"] not in sources:
            continue
        quads = np.array(row["plates"], np.float32).reshape(-1, 4, 2)
        kinds = tuple(row["kinds"])
        exact = np.array([kind != "box" for kind in kinds], bool)
        photos.append(Photo(folder / row["file"], row["source"], row["orig"], quads, exact, kinds))
    return photos


def with_unlisted(photos, path):
    """Photos, and the plates of `path` (file name → boxes) that their annotation leaves out or draws far too large."""
    boxes = json.loads(Path(path).read_text())
    array = lambda photo: np.array(boxes.get(photo.file.name, []), np.float32).reshape(-1, 4)
    return [replace(photo, unlisted=array(photo)) for photo in photos]


def read_backgrounds(folder):
    """Photos without plates, from `folder`/manifest.jsonl."""
    folder = Path(folder)
    rows = [json.loads(line) for line in (folder / "manifest.jsonl").read_text().splitlines()]
    empty = np.zeros((0, 4, 2), np.float32)
    return [Photo(folder / r["file"], r["source"], r["orig"], empty, np.zeros(0, bool), ()) for r in rows]


def split(photos, share):
    """(rest, held back): by origin, since some photos come in several augmented copies."""
    held = [bucket(photo) < share for photo in photos]
    return (
        [photo for photo, is_held in zip(photos, held) if not is_held],
        [photo for photo, is_held in zip(photos, held) if is_held],
    )


def bucket(photo):
    """0..1, the same for every copy of a photo, and for neighbouring frames of one video."""
    origin = photo.origin.split(".rf.")[0].split("#t=")[0] if photo.source != "ro_robertlucian" else photo.origin
    return int(hashlib.sha256(origin.encode()).hexdigest()[:8], 16) / 2**32
