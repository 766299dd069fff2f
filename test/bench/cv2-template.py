"""Answers one JSON line for each JSON line: OpenCV's time for a match, and what is exact, for template.ts."""
import json
import sys
import time

import cv2
import numpy as np

cv2.setNumThreads(1)
state = {}


def load(path, width, height):
    return np.ascontiguousarray(np.fromfile(path, np.uint8).reshape(height, width, 4)[:, :, 2::-1])


def prepare(q):
    state["image"] = load(q["image"], *q["imageSize"])
    state["template"] = load(q["template"], *q["templateSize"])
    state["gray"] = q["gray"]
    return {}


def match():
    image, template = state["image"], state["template"]
    if state["gray"]:
        image, template = (cv2.cvtColor(p, cv2.COLOR_BGR2GRAY) for p in (image, template))
    return cv2.matchTemplate(image, template, cv2.TM_CCOEFF_NORMED)


def timed(_):
    start = time.perf_counter()
    match()
    return {"ms": (time.perf_counter() - start) * 1000}


def box_sums(plane, h, w):
    sums = np.zeros((plane.shape[0] + 1, plane.shape[1] + 1), np.int64)
    np.cumsum(np.cumsum(plane, 0, out=sums[1:, 1:]), 1, out=sums[1:, 1:])
    return sums[h:, w:] - sums[:-h, w:] - sums[h:, :-w] + sums[:-h, :-w]


def exact():
    """CCOEFF_NORMED in 64-bit floats; window sums in whole numbers."""
    image, template = state["image"], state["template"]
    if state["gray"]:
        image, template = (cv2.cvtColor(p, cv2.COLOR_BGR2GRAY)[:, :, None] for p in (image, template))
    (h, w), (H, W) = template.shape[:2], image.shape[:2]
    cross = np.zeros((H - h + 1, W - w + 1))
    patch, pattern = np.zeros_like(cross), 0.0
    for c in range(image.shape[2]):
        i, t = image[:, :, c].astype(np.int64) - 128, template[:, :, c].astype(np.float64)
        t -= t.mean()
        pattern += (t * t).sum()
        shape = [cv2.getOptimalDFTSize(n) for n in (H, W)]
        product = np.fft.rfft2(i, shape) * np.conj(np.fft.rfft2(t, shape))
        cross += np.fft.irfft2(product, shape)[: H - h + 1, : W - w + 1]
        patch += box_sums(i * i, h, w) - box_sums(i, h, w).astype(np.float64) ** 2 / (h * w)
    return np.where(patch > 1e-3, cross / np.sqrt(np.maximum(patch, 1e-3) * pattern), 0)


def error(q):
    """Largest error of a map of ours, and of OpenCV's."""
    want = exact()
    ours = np.fromfile(q["map"], np.float32).reshape(want.shape)
    return {"ours": float(np.abs(ours - want).max()), "cv2": float(np.abs(match() - want).max())}


for line in sys.stdin:
    question = json.loads(line)
    answer = {"prepare": prepare, "time": timed, "error": error}[question["do"]](question)
    print(json.dumps({**answer, "version": cv2.__version__}), flush=True)
