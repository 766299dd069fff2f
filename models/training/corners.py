"""Runs the corner network over what a detector found."""

import numpy as np
import torch

from corner_network import Exported
from crops import cut, frames
from detect import session, to_input
from geometry import project, suppress
from metrics import Finding

# Detections below are not looked at, nor more than so many of a photo.
LOWEST, MOST = 0.03, 64
# Of the detector, the first and the second round, and the bias; fit_scores.py prints them.
WEIGHTS = (0.75, 0.2, 0.75, -1.37)


def torch_network(network):
    """A network in training as refined() wants it."""
    exported = Exported(network)

    @torch.no_grad()
    def predict(crops):
        exported.eval()
        return exported(torch.from_numpy(to_input(crops)).to(memory_format=torch.channels_last)).float().numpy()

    return predict


def onnx_network(path):
    model = session(path)
    return lambda crops: model.run(None, {"crops": to_input(crops)})[0]


def look(image, quads, predict):
    """(scores [n], quads [n,4,2]) of the crops around `quads`."""
    if not len(quads):
        return np.zeros(0, np.float32), quads
    matrices = frames(quads)
    rows = predict(np.stack([cut(image, matrix) for matrix in matrices]))
    seen = rows[:, 1:].reshape(-1, 4, 2)
    return rows[:, 0], np.stack([project(quad[None], np.linalg.inv(m))[0] for quad, m in zip(seen, matrices)])


def logit(scores):
    p = np.clip(scores, 1e-4, 1 - 1e-4)
    return np.log(p / (1 - p))


def combined(detector, first, second):
    """The score of a detection from the detector's own and those of both rounds, by WEIGHTS."""
    a, b, c, bias = WEIGHTS
    return 1 / (1 + np.exp(-(a * logit(detector) + b * logit(first) + c * logit(second) + bias)))


def refined(finding, image, predict, lowest=LOWEST):
    """The finding with corners and scores of the second stage, as lookClosely of operators/cover-plates."""
    kept = np.flatnonzero(finding.scores >= lowest)[:MOST]
    scores, quads = finding.scores[kept], finding.quads[kept]
    first, quads = look(image, quads, predict)
    second, quads = look(image, quads, predict)
    scores = combined(scores, first, second)
    kept = suppress(scores, quads, floor=0.01)
    return Finding(finding.photo, scores[kept], quads[kept])
