"""Which pictures train the embedding, and which only measure it."""

import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

# Photos whose stated licence permits training; the rest of PHOTOS measures.
TRAINED_PHOTOS = (
    "mei",
    "flowers",
    "wp_lomiri",
    "gcompris_categorization",
    "gcompris_explore_monuments",
    "gcompris_erase",
    "gcompris_details",
    "gcompris_explore_world_animals",
    "gcompris_explore_farm_animals",
    "gcompris_clickgame",
)
TRAINED_PLATES = ("rf_experiment", "cn_easypr", "openimages_rf", "ro_robertlucian")
LONGEST = 320
HELD = 0.06


@dataclass
class Picture:
    file: Path
    # Pictures of one group may show the same thing: neighbouring frames, crops of one wallpaper.
    group: str

    def pixels(self):
        """BGR, uint8, longer side at most LONGEST."""
        image = cv2.imread(str(self.file))
        if image is None:
            raise ValueError(f"{self.file} is no picture that OpenCV reads")
        scale = LONGEST / max(image.shape[:2])
        return cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else image


def rows(path):
    return [json.loads(line) for line in Path(path).read_text().splitlines()]


def group_of(row):
    return row["source"] + ":" + row["orig"].split(".rf.")[0].split("#t=")[0]


def trained(photos, plates):
    """Every picture that may enter the weights."""
    listed = [(Path(photos), row) for row in rows(Path(photos) / "manifest.jsonl") if row["source"] in TRAINED_PHOTOS]
    listed += [(Path(plates), row) for row in rows(Path(plates) / "labels.jsonl") if row["source"] in TRAINED_PLATES]
    return [Picture(folder / row["file"], group_of(row)) for folder, row in listed]


def split(pictures, seed, fraction=1):
    """Those that train, in random order, and one of each group that is held back."""
    rng = np.random.default_rng(seed)
    pictures = [pictures[i] for i in rng.permutation(len(pictures))[: int(len(pictures) * fraction)]]
    kept = set(sorted({picture.group for picture in pictures})[:: round(1 / HELD)])
    held = [picture for picture in {picture.group: picture for picture in pictures}.values() if picture.group in kept]
    return [picture for picture in pictures if picture.group not in kept], held


def measured(photos, plates, inpaint, copies):
    """One picture of each group from sources that training never saw: wallpapers, cameras, places, objects, cars."""
    listed = [
        Picture(Path(photos) / row["file"], group_of(row))
        for row in rows(Path(photos) / "manifest.jsonl")
        if row["source"] not in TRAINED_PHOTOS and not row.get("tile")
    ]
    listed += [Picture(Path(inpaint) / row["image"], row["image"]) for row in rows(Path(inpaint) / "manifest.jsonl")]
    for folder in ("pdq/labelme-subset", "imagededup/base_images"):
        listed += [Picture(file, file.name) for file in sorted((Path(copies) / folder).glob("*.jpg"))]
    cars = [row for row in rows(Path(plates) / "labels.jsonl") if row["source"] == "world_kaggle433"]
    listed += [Picture(Path(plates) / row["file"], group_of(row)) for row in cars[::11]]
    listed.append(Picture(Path(copies) / "pdq/dih/bridge-1-original.jpg", "bridge"))
    return list({picture.group: picture for picture in listed}.values())
