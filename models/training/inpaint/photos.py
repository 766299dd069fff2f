"""The photos, and which of them are held back."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import cv2

# By origin, so that a photo and a crop of it never lie on two sides.
HELD_BACK = 0.1


@dataclass(frozen=True)
class Photo:
    file: Path
    source: str
    orig: str


def read_photos(folder):
    """The photos with a stated licence of a folder with manifest.jsonl."""
    rows = [json.loads(line) for line in (folder / "manifest.jsonl").read_text().splitlines()]
    return [Photo(folder / row["file"], row["source"], row["orig"]) for row in rows if row["file"].startswith("open/")]


def split(photos):
    """(trained, held back)"""
    kept = [photo for photo in photos if share_of(photo.orig) >= HELD_BACK]
    return kept, [photo for photo in photos if share_of(photo.orig) < HELD_BACK]


def share_of(text):
    """A number in 0..1 that only the text decides."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) / 2**32


def read_rgb(file):
    """uint8 [H,W,3]"""
    return cv2.cvtColor(cv2.imread(str(file)), cv2.COLOR_BGR2RGB)
