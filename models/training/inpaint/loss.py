"""What the network is told about its answer, inside the hole only."""

import torch
import torch.nn.functional as F

GRADIENT, TEXTURE = 0.6, 0.5
# Pixels a side of the cells whose contrast is compared.
CELL = 4


def loss(filled, truth, mask):
    """filled, truth [N,3,H,W], mask [N,1,H,W] → the cost, and its parts: colour, edges, contrast."""
    parts = colour(filled, truth, mask), edges(filled, truth, mask), contrast(filled, truth, mask)
    return parts[0] + GRADIENT * parts[1] + TEXTURE * parts[2], [float(part.detach()) for part in parts]


def colour(filled, truth, mask):
    return mean_in((filled - truth).abs(), mask)


def edges(filled, truth, mask):
    """Differences between neighbours, of the picture at three sizes."""
    cost = 0
    for _ in range(3):
        for axis in (2, 3):
            touched = torch.maximum(mask.narrow(axis, 1, mask.shape[axis] - 1), mask.narrow(axis, 0, mask.shape[axis] - 1))
            cost = cost + mean_in((filled.diff(dim=axis) - truth.diff(dim=axis)).abs(), touched)
        filled, truth, mask = (F.avg_pool2d(x, 2) for x in (filled, truth, mask))
    return cost / 6


def contrast(filled, truth, mask):
    """How much neighbours differ on average in small cells: the same for texture wherever its grains lie, less for a blur."""
    cells = F.avg_pool2d(mask, CELL)
    return mean_in((strength(filled) - strength(truth)).abs(), (cells > 0.5).float())


def strength(x):
    across, down = x.diff(dim=3)[:, :, :-1], x.diff(dim=2)[:, :, :, :-1]
    return F.avg_pool2d(torch.sqrt(across**2 + down**2 + 1e-6), CELL, ceil_mode=True)


def mean_in(cost, mask):
    return (cost * mask).sum() / (mask.sum() * cost.shape[1]).clamp(min=1)
