"""Which cells answer for a plate, and what a wrong answer costs.

Cells are chosen as in TOOD (Feng et al., arXiv 2108.07755): those whose answer is already confident and fits best.
"""

import torch
import torch.nn.functional as F

from network import STRIDES

CELLS_PER_PLATE = 9
# How much the fit weighs against the confidence when cells are chosen.
FIT_POWER = 4.0
CORNER_WEIGHT, BOX_WEIGHT = 5.0, 2.0
# More than the paper's 0.75 and 2: lamps and lettering must sink below plates within a short training.
FALSE_WEIGHT, FALSE_POWER = 1.5, 1.5
# Only a box is known: a corner may lie this far from the box's, in plate heights, at no cost.
BOX_SLACK = 0.35


def cells(height, width, device):
    """Centres [A,2] and strides [A] of all levels, as the network orders them."""
    centres, strides = [], []
    for stride in STRIDES:
        y, x = torch.meshgrid(torch.arange(height // stride), torch.arange(width // stride), indexing="ij")
        centres.append((torch.stack((x, y), 2).reshape(-1, 2) + 0.5) * stride)
        strides.append(torch.full((len(centres[-1]),), float(stride)))
    return torch.cat(centres).to(device), torch.cat(strides).to(device)


def boxes(corners):
    """[...,8] → [...,4]"""
    points = corners.unflatten(-1, (4, 2))
    return torch.cat((points.amin(-2), points.amax(-2)), -1)


def overlap(a, b, generalized=False):
    """IoU of [...,4] boxes; generalised (Rezatofighi et al., 2019) on request."""
    low, high = torch.maximum(a[..., :2], b[..., :2]), torch.minimum(a[..., 2:], b[..., 2:])
    shared = (high - low).clamp(min=0).prod(-1)
    area_a, area_b = ((x[..., 2:] - x[..., :2]).prod(-1) for x in (a, b))
    union = area_a + area_b - shared
    iou = shared / union.clamp(min=1e-6)
    if not generalized:
        return iou
    hull = (torch.maximum(a[..., 2:], b[..., 2:]) - torch.minimum(a[..., :2], b[..., :2])).prod(-1)
    return iou - (hull - union) / hull.clamp(min=1e-6)


@torch.no_grad()
def choose(score, corners, target, centres, strides):
    """One picture: (cell indices, their plate, wanted score) for plates `target` [n,8]."""
    wanted = boxes(target)
    middle, half = (wanted[:, :2] + wanted[:, 2:]) / 2, (wanted[:, 2:] - wanted[:, :2]) / 2
    # Cells within the plate, or within a cell of its middle where it is smaller than that.
    reach = torch.maximum(half[:, None] * 0.9, strides[None, :, None] * 0.9)
    inside = ((centres[None] - middle[:, None]).abs() < reach).all(2)
    longest = half.amax(1, keepdim=True) * 2 / strides[None]
    inside &= (longest > 1.0) & (longest < 28)
    fit = overlap(boxes(corners)[None], wanted[:, None])
    merit = score.sigmoid()[None].sqrt() * fit**FIT_POWER * inside
    # Before anything fits, the nearest cells learn.
    near = inside / (1 + ((centres[None] - middle[:, None]) / strides[None, :, None]).pow(2).sum(2))
    best = (merit + 1e-6 * near).topk(min(CELLS_PER_PLATE, merit.shape[1]), 1)
    taken = torch.zeros_like(merit).scatter_(1, best.indices, 1.0) * inside
    owner = (taken * (fit + 1e-3)).argmax(0)
    index = taken.amax(0).nonzero()[:, 0]
    owner = owner[index]
    peak = merit.amax(1).clamp(min=1e-9)
    fit_peak = (fit * taken).amax(1)
    goal = merit[owner, index] / peak[owner] * fit_peak[owner]
    return index, owner, goal.clamp(0.05, 1)


def loss(scores, corners, scenes, side):
    """Mean cost of a batch, and its parts for the log. `scenes`: per picture (quads [n,8], exact [n], ignored [n])."""
    centres, strides = cells(side, side, scores.device)
    goals, weights = torch.zeros_like(scores), torch.ones_like(scores)
    parts = []
    for i, (quads, exact, ignored) in enumerate(scenes):
        if ignored.any():
            box = boxes(quads[ignored])
            hit = ((centres[None] > box[:, None, :2]) & (centres[None] < box[:, None, 2:])).all(2).any(0)
            weights[i, hit] = 0
        quads, exact = quads[~ignored], exact[~ignored]
        if len(quads):
            index, owner, goal = choose(scores[i], corners[i], quads, centres, strides)
            goals[i, index], weights[i, index] = goal, 1
            parts.append((corners[i, index], quads[owner], exact[owner], goal))
    total = goals.sum().clamp(min=1)
    score_loss = score_cost(scores, goals, weights) / total
    if not parts:
        return score_loss, (score_loss.item(), 0.0, 0.0)
    predicted, quads, exact, goal = (torch.cat(p) for p in zip(*parts))
    box_loss = ((1 - overlap(boxes(predicted), boxes(quads), True)) * goal).sum() / total
    corner_loss = (corner_cost(predicted, quads, exact) * goal).sum() / total
    sum_ = score_loss + BOX_WEIGHT * box_loss + CORNER_WEIGHT * corner_loss
    return sum_, (score_loss.item(), box_loss.item(), corner_loss.item())


def score_cost(scores, goals, weights):
    """Varifocal (Zhang et al., arXiv 2008.13367): cells without a plate count by how sure they are of one."""
    guess = scores.detach().sigmoid()
    weight = torch.where(goals > 0, goals.clamp(min=0.3), FALSE_WEIGHT * guess**FALSE_POWER)
    return (F.binary_cross_entropy_with_logits(scores, goals, reduction="none") * weight * weights).sum()


def corner_cost(predicted, quads, exact):
    """Mean distance per coordinate in units of the plate's size, with slack where only the box is known."""
    size = boxes(quads)
    width, height = (size[:, 2:] - size[:, :2]).unbind(1)
    away = (predicted - quads).abs()
    away = torch.where(exact[:, None], away, (away - BOX_SLACK * height[:, None]).clamp(min=0))
    return away.mean(1) / (width + height) * 4
