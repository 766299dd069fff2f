"""Shows how far to trust the corner network's score beside the detector's, on held back photos.

`python3 fit_trust.py --plates DIR --photos DIR --detector darkroom-plates.onnx --corners darkroom-plate-corners.onnx
--unlisted unlisted.json` prints, for each trust, the recall at three rates of false alarms, the corner error, and the
threshold at 0.1 with photos without plates counted too. TRUST of corners.py and of operators/cover-plates/corners.ts, and
the default threshold of the tool, are chosen from it.
"""

import argparse
from pathlib import Path

import cv2

from corners import onnx_network, refined
from detect import findings, onnx_predictor
from evaluate import SIDES
from labels import TRAINED, read_backgrounds, read_photos, split, with_unlisted
from metrics import corner_errors, hits, threshold_at
from train import BACKGROUND_SHARE, DEV_SHARE

RATES = (0.05, 0.1, 0.2)
TRUSTS = (0.0, 0.1, 0.2, 0.3, 0.5, 1.0)


def describe(said, plates):
    """One line of figures; the first `plates` findings are of photos with plates."""
    with_plates = said[:plates]
    recalls = [hits(with_plates, threshold_at(with_plates, rate)).mean() for rate in RATES]
    errors = corner_errors(with_plates, threshold_at(with_plates, 0.1))
    shares = " ".join(f"{recall:.3f}" for recall in recalls)
    return f"recall {shares}, corners {errors.mean():.4f}, threshold {threshold_at(said, 0.1):.3f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("plates", "photos", "detector", "corners", "unlisted"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    cv2.setNumThreads(1)
    dev = with_unlisted(split(read_photos(args.plates, TRAINED), DEV_SHARE)[1], args.unlisted)
    empty = split(read_backgrounds(args.photos), BACKGROUND_SHARE)[1]
    detector, network = onnx_predictor(args.detector), onnx_network(args.corners)
    alone = findings(dev + empty, detector, lambda photo: photo.pixels(), SIDES)
    print("detector alone:", describe(alone, len(dev)), flush=True)
    for trust in TRUSTS:
        close = [refined(found, found.photo.pixels(), network, trust) for found in alone]
        print(f"trust {trust}:", describe(close, len(dev)), flush=True)


if __name__ == "__main__":
    main()
