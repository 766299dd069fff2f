"""Fits how the scores of the detector and of both rounds of the corner network become one, on held back photos.

`python3 fit_scores.py --plates DIR --photos DIR --detector darkroom-plates.onnx --corners darkroom-plate-corners.onnx`
prints the weights for corners.py and operators/cover-plates/corners.ts, and the recall with them.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np

import corners
from detect import findings, onnx_predictor
from evaluate import RATE, SIDES
from geometry import boxes_of, iou
from labels import TRAINED, read_backgrounds, read_photos, split
from metrics import corner_errors, hits, threshold_at
from train import BACKGROUND_SHARE, DEV_SHARE

# Keeps the weights near each other: there are few mistakes to learn from.
RIDGE = 0.02


def looks(photos, detector, network):
    """Of each photo: (finding of the detector, scores [n,3] as logits, quads after both rounds)."""
    out = []
    for found in findings(photos, detector, lambda photo: photo.pixels(), SIDES):
        kept = np.flatnonzero(found.scores >= corners.LOWEST)[: corners.MOST]
        image = found.photo.pixels()
        first, once = corners.look(image, found.quads[kept], network)
        second, twice = corners.look(image, once, network)
        out.append((found, corners.logit(np.stack((found.scores[kept], first, second), 1)), twice))
    return out


def labelled(looked):
    """(rows [n,3], whether a plate [n]): those that are half right are left out."""
    rows, plates = [], []
    for found, scores, quads in looked:
        truth = boxes_of(found.photo.quads)
        fit = iou(boxes_of(quads), truth).max(1) if len(truth) and len(quads) else np.zeros(len(quads))
        clear = (fit >= 0.5) | (fit < 0.1)
        rows.append(scores[clear])
        plates.append(fit[clear] >= 0.5)
    return np.concatenate(rows), np.concatenate(plates)


def fit(rows, plates, steps=3000, rate=0.05):
    """Weights [4] of a logistic regression, the bias last, by gradient descent; none is below 0."""
    x = np.concatenate((rows, np.ones((len(rows), 1))), 1)
    weights = np.array([0.4, 0.4, 0.4, 0.0])
    for _ in range(steps):
        wrong = 1 / (1 + np.exp(-x @ weights)) - plates
        slope = x.T @ wrong / len(x)
        slope[:3] += RIDGE * (weights[:3] - weights[:3].mean())
        weights -= rate * slope
        weights[:3] = np.maximum(weights[:3], 0)
    return weights


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("plates", "photos", "detector", "corners"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    cv2.setNumThreads(1)
    dev = split(read_photos(args.plates, TRAINED), DEV_SHARE)[1]
    empty = split(read_backgrounds(args.photos), BACKGROUND_SHARE)[1]
    detector, network = onnx_predictor(args.detector), corners.onnx_network(args.corners)
    looked = looks(dev + empty, detector, network)
    corners.WEIGHTS = tuple(round(float(v), 3) for v in fit(*labelled(looked)))
    print("weights", corners.WEIGHTS)
    for name, photos in (("held back photos of plates", dev), ("with photos without plates", dev + empty)):
        alone = [found for found, _, _ in looked[: len(photos)]]
        close = [corners.refined(found, found.photo.pixels(), network) for found in alone]
        for stage, said in (("detector", alone), ("both", close)):
            threshold = threshold_at(said, RATE)
            errors = corner_errors(said, threshold)
            print(f"{name}, {stage}: threshold {threshold:.3f}, recall {hits(said, threshold).mean():.3f}, corners {errors.mean():.4f}")


if __name__ == "__main__":
    main()
