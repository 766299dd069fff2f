"""Quads and boxes: [n,4,2] and [n,4] (x0 y0 x1 y1), pixels."""

import cv2
import numpy as np


def boxes_of(quads):
    return np.concatenate((quads.min(1), quads.max(1)), 1) if len(quads) else np.zeros((0, 4), np.float32)


def project(quads, matrix):
    """Quads through a 3×3 homography."""
    if not len(quads):
        return quads.reshape(0, 4, 2).astype(np.float32)
    return cv2.perspectiveTransform(quads.reshape(-1, 1, 2).astype(np.float64), matrix).reshape(-1, 4, 2).astype(np.float32)


def mirrored(quads, width):
    """Quads of a photo flipped left to right, their corners again clockwise from the top-left."""
    flipped = quads.copy()
    flipped[..., 0] = width - flipped[..., 0]
    return flipped[:, [1, 0, 3, 2]]


def width_height(quads):
    """Mean length of the two long edges of the text line, and of its two sides."""
    edge = lambda a, b: np.linalg.norm(quads[:, a] - quads[:, b], axis=1)
    return (edge(1, 0) + edge(2, 3)) / 2, (edge(3, 0) + edge(2, 1)) / 2


def visible_share(quads, width, height):
    """How much of each quad's box lies inside the picture."""
    boxes = boxes_of(quads)
    inside = np.clip(boxes, 0, [width, height, width, height])
    area = lambda b: np.maximum(0, b[:, 2] - b[:, 0]) * np.maximum(0, b[:, 3] - b[:, 1])
    return area(inside) / np.maximum(area(boxes), 1e-6)


def iou(a, b):
    """[n,4] and [m,4] → [n,m]."""
    shared = shared_area(a, b)
    return shared / np.maximum(area(a)[:, None] + area(b)[None] - shared, 1e-6)


def shared_area(a, b):
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    return np.prod(np.clip(high - low, 0, None), 2)


def area(boxes):
    return np.prod(boxes[:, 2:] - boxes[:, :2], 1)


def letterbox(image, side, pad=114):
    """The picture scaled so that its longer edge is `side`, at the top left of a square; and the scale."""
    scale = side / max(image.shape[:2])
    size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    resized = cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    canvas = np.full((side, side, 3), pad, np.uint8)
    canvas[: size[1], : size[0]] = resized
    return canvas, scale


# A detection of which so much lies in another one, or that holds so much of it, is that one: as in nms.ts.
PART = 0.75


def suppress(scores, quads, threshold=0.5, floor=0.01, most=300):
    """Indices kept by greedy suppression on upright boxes, best first."""
    order = np.argsort(-scores, kind="stable")
    order = order[scores[order] > floor][:most]
    boxes = boxes_of(quads[order])
    overlap = iou(boxes, boxes)
    within = shared_area(boxes, boxes) / np.maximum(np.minimum(area(boxes)[:, None], area(boxes)[None]), 1e-6)
    kept, gone = [], np.zeros(len(order), bool)
    for index in range(len(order)):
        if not gone[index]:
            kept.append(order[index])
            gone |= (overlap[index] > threshold) | (within[index] >= PART)
    return np.array(kept, int)
