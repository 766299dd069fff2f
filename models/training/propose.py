"""Writes down what the detector proposes on the photos that the corner network learns from, right or wrong.

`python3 propose.py --plates DIR --photos DIR --detector darkroom-plates.onnx proposals.npz`
"""

import argparse
from pathlib import Path

import cv2
import numpy as np

from detect import findings, onnx_predictor
from labels import TRAINED, read_backgrounds, read_photos

# Longer sides at which the photos are looked at: each makes mistakes of its own.
SIDES = (640, 448, 320)
LOWEST = 0.03
MOST = 12


def proposals(photos, predict, side):
    """By file name: rows of a score and four corners in pixels of the photo, best first."""
    rows = {}
    for finding in findings(photos, predict, lambda photo: photo.pixels(), (side,)):
        kept = (finding.scores >= LOWEST)[:MOST]
        quads = finding.quads[: len(kept)][kept].reshape(-1, 8)
        rows[finding.photo.file.name] = np.concatenate((finding.scores[: len(kept)][kept, None], quads), 1)
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plates", type=Path, required=True)
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--detector", type=Path, required=True)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    cv2.setNumThreads(1)
    photos, predict = read_photos(args.plates, TRAINED) + read_backgrounds(args.photos), onnx_predictor(args.detector)
    made = {}
    for side in SIDES:
        made.update({f"{side}/{name}": rows.astype(np.float32) for name, rows in proposals(photos, predict, side).items()})
        print(side, sum(len(rows) for rows in made.values()), flush=True)
    np.savez_compressed(args.out, **made)


if __name__ == "__main__":
    main()
