"""Measures detectors on photos that training never saw.

`python3 evaluate.py --plates DIR --photos DIR --ours darkroom-plates.onnx [--corners darkroom-plate-corners.onnx]
[--peer y5fu_640x_sim.onnx] [--unlisted unlisted.json] [--json FILE]`

A detection is right where its upright box and the annotated one have an IoU of at least 0.5. The threshold is the one at
which there are 0.1 false alarms a photo; all splits use it. Photos are scaled so that their longer side is 640, and plate
heights are counted there. With `--corners` ours is what operators/cover-plates does: a second, smaller look for large
plates, and the corner network on what is found.
"""

import argparse
import json
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from corners import onnx_network, refined
from detect import findings, onnx_predictor, peer_predictor
from geometry import boxes_of, width_height
from labels import CORNERS, VALIDATED, read_backgrounds, read_photos, with_unlisted
from metrics import corner_errors, hits, threshold_at

SIDE = 640
# At which operators/cover-plates looks at a whole photo.
SIDES = (640, 320)
RATE = 0.1
HEIGHTS = (0, 16, 32, 64, 10_000)
ANGLES = (0, 10, 20, 30, 91)


def share(found):
    """[recall, plates]"""
    return [round(float(found.mean()), 4) if len(found) else None, len(found)]


def by(values, edges, found):
    return {
        f"{low}-{high}": share(found[(values >= low) & (values < high)]) for low, high in zip(edges[:-1], edges[1:])
    }


def heights(said):
    """Of each annotated plate, at SIDE: the box's where only a box is known, else of the plate itself."""
    out = []
    for finding in said:
        photo = finding.photo
        scale = SIDE / max(cv2.imread(str(photo.file)).shape[:2])
        boxes = boxes_of(photo.quads)
        upright = boxes[:, 3] - boxes[:, 1]
        out.extend(np.where(photo.exact, width_height(photo.quads)[1], upright) * scale)
    return np.array(out)


def angles(said):
    """Degrees between each annotated plate's text line and the horizontal."""
    lines = np.concatenate([f.photo.quads[:, 1] - f.photo.quads[:, 0] for f in said])
    return np.degrees(np.arctan2(np.abs(lines[:, 1]), np.abs(lines[:, 0])))


def only(said, sources):
    return [finding for finding in said if finding.photo.source in sources]


def report(said, corners, empty):
    """All figures of one detector."""
    threshold = threshold_at(said, RATE)
    strict = threshold_at(said, RATE, strict=True)
    found = hits(said, threshold)
    corner_threshold = threshold_at(corners, RATE)
    true4 = np.concatenate([np.array([kind == "true4" for kind in f.photo.kinds], bool) for f in corners])
    corner_found = hits(corners, threshold)
    errors = corner_errors(corners, threshold)
    return {
        "threshold": round(threshold, 4),
        "recall": share(found),
        "recall, every unmatched detection counted false": share(hits(said, strict)),
        "recall by source": {s: share(hits(only(said, (s,)), threshold)) for s in VALIDATED},
        "recall by height": by(heights(said), HEIGHTS, found),
        "eg_moto recall": share(corner_found),
        "eg_moto recall at its own threshold": share(hits(corners, corner_threshold)),
        "eg_moto recall by angle, true4": by(angles(corners)[true4], ANGLES, corner_found[true4]),
        "corner error / width, mean": round(float(errors.mean()), 4) if len(errors) else None,
        "corner error / width, median and p90": [round(float(v), 4) for v in np.percentile(errors, (50, 90))] if len(errors) else None,
        "corners measured": len(errors),
        "false alarms a photo without plates": round(float(np.mean([(f.scores >= threshold).sum() for f in empty])), 4),
    }


def closely(search, predict, pixels):
    """A search whose findings the corner network looks at."""
    return lambda photos: [refined(found, pixels(found.photo.file), predict) for found in search(photos)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plates", type=Path, required=True)
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--ours", type=Path)
    parser.add_argument("--corners", type=Path)
    parser.add_argument("--peer", type=Path)
    parser.add_argument("--unlisted", type=Path, help="boxes of plates that are no false alarms: unlisted.json")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    pixels = lru_cache(64)(lambda file: cv2.imread(str(file)))
    sets = [read_photos(args.plates, VALIDATED), read_photos(args.plates, CORNERS), read_backgrounds(args.photos)]
    if args.unlisted:
        sets[0] = with_unlisted(sets[0], args.unlisted)
    look = lambda predict, sides: lambda photos: findings(photos, predict, lambda photo: pixels(photo.file), sides)
    made = {}
    if args.ours:
        made["ours"] = look(onnx_predictor(args.ours), (SIDE,))
    if args.ours and args.corners:
        made["ours"] = closely(look(onnx_predictor(args.ours), SIDES), onnx_network(args.corners), pixels)
    if args.peer:
        made["peer"] = look(peer_predictor(args.peer), (SIDE,))
    reports = {}
    for name, search in made.items():
        reports[name] = report(*(search(photos) for photos in sets))
        print(name, json.dumps(reports[name], indent=1), flush=True)
    if args.json:
        args.json.write_text(json.dumps(reports, indent=1))


if __name__ == "__main__":
    main()
