"""Runs a detector over photos: ours as trained, ours as exported, or the peer."""

import numpy as np
import torch

from geometry import letterbox, suppress
from metrics import Finding


def findings(photos, predict, pixels, sides=(640,), batch=8):
    """`predict`: BGR uint8 [n,side,side,3], letterboxed top-left → list of (scores, quads [n,4,2]). Looks at each photo
    at every one of `sides`."""
    out = []
    for start in range(0, len(photos), batch):
        group = photos[start : start + batch]
        parts = [at_side([pixels(photo) for photo in group], predict, side) for side in sides]
        for photo, *looks in zip(group, *parts):
            scores, quads = (np.concatenate(values) for values in zip(*looks))
            kept = suppress(scores, quads)
            out.append(Finding(photo, scores[kept], quads[kept]))
    return out


def at_side(images, predict, side):
    """[(scores, quads in pixels of the picture)]"""
    boxed = [letterbox(image, side) for image in images]
    answers = predict(np.stack([image for image, _ in boxed]))
    return [(scores, quads / scale) for (scores, quads), (_, scale) in zip(answers, boxed)]


def to_input(images):
    """BGR uint8 [n,h,w,3] → RGB float [n,3,h,w], 0..1."""
    return np.ascontiguousarray(images[..., ::-1].transpose(0, 3, 1, 2), np.float32) / 255


def torch_predictor(detector):
    @torch.no_grad()
    def predict(images):
        x = torch.from_numpy(to_input(images)).to(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16, enabled=True):
            scores, corners = detector(x)
        return [
            (s.numpy(), c.numpy().reshape(-1, 4, 2)) for s, c in zip(scores.float().sigmoid(), corners.float())
        ]

    return predict


def session(path, threads=1):
    import onnxruntime  # not in Debian; training does without it

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def onnx_predictor(path):
    """Our file: images → quads [N,A,9]."""
    model = session(path)

    def predict(images):
        rows = model.run(None, {"images": to_input(images)})[0]
        return [(row[:, 0], row[:, 1:].reshape(-1, 4, 2)) for row in rows]

    return predict


def peer_predictor(path):
    """HyperLPR's y5fu: one 640×640 picture, padded with 0 around its middle; rows cx cy w h obj, 8 corners, 2 classes."""
    model = session(path)

    def predict(images):
        answers = []
        for image in images:
            moved, (dx, dy) = centred(image)
            rows = model.run(None, {"input": to_input(moved[None])})[0][0]
            scores = rows[:, 4] * rows[:, 13:15].max(1)
            quads = rows[:, 5:13].reshape(-1, 4, 2) - np.float32([dx, dy])
            answers.append((scores, quads))
        return answers

    return predict


def centred(image, pad=114):
    """Our top-left letterbox as the peer wants it: in the middle, on black."""
    filled = (image != pad).any(2)
    height, width = int(filled.any(1).nonzero()[0][-1]) + 1, int(filled.any(0).nonzero()[0][-1]) + 1
    dx, dy = (image.shape[1] - width) // 2, (image.shape[0] - height) // 2
    out = np.zeros_like(image)
    out[dy : dy + height, dx : dx + width] = image[:height, :width]
    return out, (dx, dy)
