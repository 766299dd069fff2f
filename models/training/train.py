"""Trains the plate detector. `python3 train.py --plates DIR --photos DIR --start yolox_nano.onnx --out DIR`"""

import argparse
import copy
import json
import math
import time
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import torch
from torch.utils.data import DataLoader

from detect import findings, torch_predictor
from initial import start_from
from labels import CORNERS, TRAINED, VALIDATED, read_backgrounds, read_photos, split
from loss import loss
from metrics import corner_errors, hits, threshold_at
from network import PlateDetector
from scenes import SceneMaker

# Share of the schedule up to which pictures have this side; small ones first, they are quicker. Batches hold as many pixels.
SIDES = ((0.45, (320, 352, 384)), (0.8, (384, 448, 512)), (1.0, (512, 576, 640)))
BATCH_PIXELS = 16 * 320 * 320
WARM_UP_STEPS = 200
DEV_SHARE = 0.08
FALSE_ALARMS = 0.1
# Of the validation photos, during training; they are looked at, and choose nothing.
WATCHED_SHARE = 0.34


def options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plates", type=Path, required=True, help="folder with labels.jsonl")
    parser.add_argument("--photos", type=Path, required=True, help="folder with manifest.jsonl: photos without plates")
    parser.add_argument("--start", type=Path, help="YOLOX-nano ONNX or a checkpoint to start from; none: from nothing")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=9000)
    parser.add_argument("--minutes", type=float, help="follow the clock instead of --steps, on a machine that others use")
    parser.add_argument("--fraction", type=float, default=1.0, help="share of photos and steps")
    parser.add_argument("--rate", type=float, default=6e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--check-every", type=int, default=500, help="steps between looks at the held back photos")
    parser.add_argument("--late", action="store_true", help="the largest pictures only, to go on from a checkpoint")
    return parser.parse_args()


class Scenes:
    """Training scenes by (number, side), for a loader's worker."""

    def __init__(self, maker):
        self.maker = maker

    def __getitem__(self, key):
        return self.maker.make(*key)


class Schedule:
    """How much of the training is done, and the keys of each step's scenes; their side changes from step to step."""

    def __init__(self, steps, minutes, late):
        self.steps, self.minutes, self.late = steps, minutes, late
        self.began = time.time()

    def done(self, step):
        return (time.time() - self.began) / 60 / self.minutes if self.minutes else step / self.steps

    def __iter__(self):
        number, step = 0, 0
        while (done := self.done(step)) < 1:
            sides = SIDES[-1][1] if self.late else next(sides for until, sides in SIDES if done < until)
            side = sides[step % len(sides)]
            count = max(4, BATCH_PIXELS // side**2)
            yield [(number + i, side) for i in range(count)]
            number, step = number + count, step + 1


def collate(scenes):
    images = np.stack([scene.image for scene in scenes])
    rows = [
        (torch.from_numpy(s.quads.reshape(-1, 8).astype(np.float32)), torch.from_numpy(s.exact), torch.from_numpy(s.ignored))
        for s in scenes
    ]
    return torch.from_numpy(images), rows


def single_thread(_worker):
    cv2.setNumThreads(1)


def groups(detector):
    """Weights decay, biases do not."""
    learnt = [p for p in detector.parameters() if p.requires_grad]
    weights = [p for p in learnt if p.ndim > 1]
    biases = [p for p in learnt if p.ndim == 1]
    return [{"params": weights, "weight_decay": 0.02}, {"params": biases, "weight_decay": 0}]


def rate_at(step, done, peak):
    """A short climb, then half a cosine down to a fiftieth."""
    warm = min(1, (step + 1) / WARM_UP_STEPS)
    return peak * warm * (0.02 + 0.98 * (1 + math.cos(math.pi * min(done, 1))) / 2)


@torch.no_grad()
def follow(average, detector, step):
    """Moves the averaged weights towards the current ones."""
    share = min(0.998, (1 + step) / (10 + step))
    for kept, new in zip(average.parameters(), detector.parameters()):
        kept.lerp_(new, 1 - share)


def figures(detector, photos, pixels):
    """Recall at FALSE_ALARMS a photo, and the mean corner error where corners are known."""
    said = findings(photos, torch_predictor(detector), pixels)
    threshold = threshold_at(said, FALSE_ALARMS)
    errors = corner_errors(said, threshold)
    return {
        "recall": round(float(hits(said, threshold).mean()), 4),
        "threshold": round(threshold, 3),
        "corner": round(float(errors.mean()), 4) if len(errors) else None,
    }


def merit(dev):
    """What the best checkpoint has most of, on held back training photos only."""
    return dev["recall"] - 2 * (dev["corner"] or 0)


class Checker:
    """Measures the averaged weights now and then, logs it, and keeps the best."""

    def __init__(self, out, dev, watched, pixels):
        self.out, self.dev, self.watched, self.pixels = out, dev, watched, pixels
        self.best, self.began = -math.inf, time.time()

    def __call__(self, detector, step):
        dev = figures(detector, self.dev, self.pixels)
        row = {"step": step, "seconds": round(time.time() - self.began), "dev": dev}
        row.update({name: figures(detector, photos, self.pixels) for name, photos in self.watched.items()})
        print(json.dumps(row), flush=True)
        with (self.out / "log.jsonl").open("a") as log:
            print(json.dumps(row), file=log)
        torch.save(detector.state_dict(), self.out / "last.pt")
        if merit(dev) > self.best:
            self.best = merit(dev)
            torch.save(detector.state_dict(), self.out / "best.pt")


def thin(photos, fraction):
    return photos[:: max(1, round(1 / fraction))]


def main():
    args = options()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    cv2.setNumThreads(1)
    train, dev = split(thin(read_photos(args.plates, TRAINED), args.fraction), DEV_SHARE)
    backgrounds = split(thin(read_backgrounds(args.photos), args.fraction), 0.2)[0]
    watch = lambda sources: thin(read_photos(args.plates, sources), args.fraction * WATCHED_SHARE)
    watched = {"validation": watch(VALIDATED), "corners": watch(CORNERS)}
    pixels = lru_cache(None)(lambda file: cv2.imread(str(file)))
    read = lambda photo: pixels(photo.file)
    for photo in train + backgrounds:
        read(photo)  # before the workers are forked, so that they share one copy
    steps = max(60, int(args.steps * args.fraction))
    print(f"{len(train)} photos to train on, {len(dev)} held back, {len(backgrounds)} without plates, {steps} steps", flush=True)

    detector = PlateDetector()
    if args.start and args.start.suffix == ".onnx":
        start_from(detector, args.start)
    elif args.start:
        detector.load_state_dict(torch.load(args.start, map_location="cpu"))
    if args.start:
        # Edges and colours are learnt already, and cost a quarter of the time at their resolution.
        detector.body.stem.requires_grad_(False)
        detector.body.stage4.requires_grad_(False)
    detector = detector.to(memory_format=torch.channels_last)
    average = copy.deepcopy(detector)
    optimizer = torch.optim.AdamW(groups(detector), lr=args.rate, betas=(0.9, 0.99))
    schedule = Schedule(steps, args.minutes and args.minutes * args.fraction, args.late)
    loader = DataLoader(
        Scenes(SceneMaker(train, backgrounds, args.seed, read)), batch_sampler=schedule,
        num_workers=args.workers, collate_fn=collate, worker_init_fn=single_thread, prefetch_factor=4 if args.workers else None,
    )
    check = Checker(args.out, dev, watched, read)
    began, sums = time.time(), np.zeros(4)
    for step, (images, rows) in enumerate(loader):
        for group in optimizer.param_groups:
            group["lr"] = rate_at(step, schedule.done(step), args.rate)
        x = (images.flip(3).permute(0, 3, 1, 2).float() / 255).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            scores, corners = detector(x)
        cost, parts = loss(scores.float(), corners.float(), rows, images.shape[1])
        optimizer.zero_grad()
        cost.backward()
        torch.nn.utils.clip_grad_norm_(detector.parameters(), 5.0)
        optimizer.step()
        follow(average, detector, step)
        sums += (*parts, 1)
        if (step + 1) % 50 == 0:
            print(step + 1, images.shape[1], (sums[:3] / sums[3]).round(3), f"{time.time() - began:.0f} s", flush=True)
            sums[:] = 0
        if (step + 1) % args.check_every == 0:
            check(average, step + 1)
    check(average, step + 1)


if __name__ == "__main__":
    main()
