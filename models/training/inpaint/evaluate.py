"""Compares the network with diffusion and OpenCV's two on photos it never saw.

`python3 evaluate.py --photos DIR --ours darkroom-inpaint.onnx --features nsfwjs-mobilenet-v2-mid.onnx --sheet sheet.png`
"""

import argparse
import json
import random
from pathlib import Path

import cv2
import numpy as np

from crops import crop
from engines import Ours, diffusion, navier_stokes, telea
from masks import KINDS, mask_of
from metrics import Perceptual, psnr, ssim
from photos import read_photos, read_rgb, split

SIDE = 256
SHEET_ROWS = 24


def options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, help="folder with manifest.jsonl; the held back ones are used")
    parser.add_argument("--peer", type=Path, help="folder with manifest.jsonl: image, mask, result of MI-GAN, hole")
    parser.add_argument("--ours", type=Path, required=True)
    parser.add_argument("--features", type=Path, required=True, help="MobileNetV2 as the manifest makes it")
    parser.add_argument("--sheet", type=Path, help="PNG of some pictures to look at")
    parser.add_argument("--fraction", type=float, default=1.0, help="share of the photos")
    return parser.parse_args()


def photo_cases(folder, fraction):
    """(kind, image, mask, None): every held back photo with every kind of mask."""
    photos = split(read_photos(folder))[1]
    for number, photo in enumerate(photos[:: max(1, round(1 / fraction))]):
        rng = random.Random(f"evaluate/{number}")
        image = np.ascontiguousarray(crop(rng, read_rgb(photo.file), SIDE))
        for kind in KINDS:
            yield kind, image, mask_of(kind, rng, SIDE), None


def peer_cases(folder, fraction):
    """(set, image, mask, MI-GAN's result) where the picture below the hole is known."""
    rows = [json.loads(line) for line in (folder / "manifest.jsonl").read_text().splitlines()]
    known = [row for row in rows if "freeform" in row["source"]]
    for row in known[:: max(1, round(1 / fraction))]:
        mask = cv2.imread(str(folder / row["mask"]), cv2.IMREAD_GRAYSCALE) > 127
        mask = (~mask if row["hole"] == "black" else mask).astype(np.uint8)
        yield "freeform", read_rgb(folder / row["image"]), mask, read_rgb(folder / row["result"])


def answers_to(image, mask, peer, ours):
    """Each engine's picture, by name."""
    smooth = diffusion(image, mask)
    answers = {"ours": ours(smooth, mask), "diffusion": smooth, "Telea": telea(image, mask)}
    answers["Navier–Stokes"] = navier_stokes(image, mask)
    if peer is not None:
        answers["MI-GAN"] = peer
    return {name: paste(answer, image, mask) for name, answer in answers.items()}


def paste(answer, image, mask):
    return np.where(mask[:, :, None] > 0, answer, image)


def score(answer, image, mask, perceptual):
    filled, truth, hole = answer.astype(np.float32) / 255, image.astype(np.float32) / 255, mask > 0
    return psnr(filled, truth, hole), ssim(filled, truth, hole), perceptual(filled, truth)


def table(scores):
    """Means per kind and engine, as Markdown."""
    engines = list(dict.fromkeys(engine for _, engine in scores))
    print("| mask | count | measure |", " | ".join(engines), "|")
    print("| --- | --- | --- |" + " --- |" * len(engines))
    for kind in dict.fromkeys(kind for kind, _ in scores):
        means = {engine: np.mean(scores[kind, engine], 0) for engine in engines}
        for index, (measure, unit, digits) in enumerate((("PSNR", 1, 2), ("SSIM", 1, 3), ("perceptual × 1000", 1000, 2))):
            values = " | ".join(f"{means[engine][index] * unit:.{digits}f}" for engine in engines)
            print(f"| {kind} | {len(scores[kind, engines[0]])} | {measure} | {values} |")


def main():
    args = options()
    ours, perceptual, scores, rows = Ours(args.ours), Perceptual(args.features), {}, []
    cases = photo_cases(args.photos, args.fraction) if args.photos else peer_cases(args.peer, args.fraction)
    for kind, image, mask, peer in cases:
        answers = answers_to(image, mask, peer, ours)
        for name, answer in answers.items():
            scores.setdefault((kind, name), []).append(score(answer, image, mask, perceptual))
        rows.append(np.concatenate([image, image * (mask[:, :, None] == 0), *answers.values()], 1))
    table(scores)
    if args.sheet:
        shown = random.Random(2).sample(rows, min(SHEET_ROWS, len(rows)))
        cv2.imwrite(str(args.sheet), cv2.cvtColor(np.concatenate(shown), cv2.COLOR_RGB2BGR))


if __name__ == "__main__":
    main()
