"""Looks at held back photos during training, and keeps the best weights."""

import json
import math
import time

import torch

from detect import findings, torch_predictor
from metrics import corner_errors, hits, threshold_at

FALSE_ALARMS = 0.1


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
