"""Runs the corner network over what a detector found."""

import numpy as np
import torch

from corner_network import Exported
from crops import cut, frames
from detect import session, to_input
from geometry import project, suppress
from metrics import Finding

# Detections below are not looked at, nor more than so many of a photo.
LOWEST, MOST = 0.05, 64
# How much the logit of the closer look adds to the detector's; fit_trust.py shows why.
TRUST = 0.1


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


def combined(detector, close, trust=TRUST):
    """The score of a detection from the detector's own and that of the closer look."""
    return 1 / (1 + np.exp(-logit(detector) - trust * logit(close)))


def refined(finding, image, predict, trust=TRUST):
    """The finding with corners and scores of the second stage, as lookClosely of operators/cover-plates."""
    kept = np.flatnonzero(finding.scores >= LOWEST)[:MOST]
    close, quads = look(image, finding.quads[kept], predict)
    scores = combined(finding.scores[kept], close, trust)
    kept = suppress(scores, quads, floor=0.005)
    return Finding(finding.photo, scores[kept], quads[kept])
