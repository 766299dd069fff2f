"""Recall at a fixed rate of false alarms, and how far corners are off."""

from dataclasses import dataclass

import numpy as np

from geometry import boxes_of, iou, width_height
from labels import INCOMPLETE

MATCH_IOU = 0.5
# Of a detection with a plate that nobody annotated, to be no false alarm.
UNLISTED_IOU = 0.3
FALSE, UNCOUNTED = -1, -2


@dataclass
class Finding:
    """What a detector said about one photo, best first; all in pixels of the photo."""

    photo: object
    scores: np.ndarray
    quads: np.ndarray


def match(finding):
    """Each detection's plate, FALSE or UNCOUNTED: greedy by score, upright boxes, IoU at least MATCH_IOU."""
    truth, unlisted = boxes_of(finding.photo.quads), finding.photo.unlisted
    owner = np.full(len(finding.scores), FALSE)
    if not len(owner):
        return owner
    if len(unlisted):
        owner[iou(boxes_of(finding.quads), unlisted).max(1) >= UNLISTED_IOU] = UNCOUNTED
    if not len(truth):
        return owner
    overlap = iou(boxes_of(finding.quads), truth)
    for index in range(len(owner)):
        best = overlap[index].argmax()
        if overlap[index, best] >= MATCH_IOU:
            owner[index] = best
            overlap[:, best] = -1
    return owner


def threshold_at(findings, rate, strict=False):
    """The lowest score at which there are at most `rate` false alarms a photo.

    Photos of which only one plate is annotated say nothing about false alarms and are left out, unless `strict`.
    """
    counted = [f for f in findings if strict or f.photo.source not in INCOMPLETE]
    wrong = np.sort(np.concatenate([f.scores[match(f) == FALSE] for f in counted]))[::-1]
    allowed = int(rate * len(counted))
    return float(wrong[allowed]) + 1e-6 if len(wrong) > allowed else 0.01


def hits(findings, threshold):
    """One entry per annotated plate: whether a detection of at least `threshold` matched it."""
    found = []
    for finding in findings:
        owner = match(finding)[finding.scores >= threshold]
        found.extend(plate in owner for plate in range(len(finding.photo.quads)))
    return np.array(found, bool)


def corner_errors(findings, threshold):
    """Mean distance of the four corners / plate width, for each matched plate whose corners were clicked by hand."""
    errors = []
    for finding in findings:
        for index, plate in enumerate(match(finding)):
            if plate < 0 or finding.scores[index] < threshold or finding.photo.kinds[plate] != "true4":
                continue
            truth = finding.photo.quads[plate]
            distance = np.linalg.norm(finding.quads[index] - truth, axis=1).mean()
            errors.append(distance / width_height(truth[None])[0][0])
    return np.array(errors)
