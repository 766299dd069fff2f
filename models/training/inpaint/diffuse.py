"""Fills holes as operators/inpaint/classic/diffuse.ts does, by the surface that solves Laplace's equation, on whole batches."""

import torch
import torch.nn.functional as F

# Sweeps on each level; with them the result is within about two levels of brightness of the exact one.
SWEEPS = 12
DAMPING = 0.9
SMALLEST = 4


def diffuse(image, mask):
    """image [N,3,H,W] with any content where mask [N,1,H,W] is 1 → the same with the hole filled; borders mirror."""
    known = image * (1 - mask)
    filled = fill(known, mask)
    return known + filled * mask


def fill(image, mask):
    """Cascadic multigrid: a coarse picture's answer is the start of the next finer one's sweeps."""
    if min(image.shape[2:]) > SMALLEST and bool(mask.any()):
        weight = pooled(1 - mask)
        coarse = pooled(image) / weight.clamp(min=1e-6)
        start = F.interpolate(fill(coarse, (weight == 0).float()), size=image.shape[2:], mode="bilinear")
    else:
        count = (1 - mask).sum((2, 3), keepdim=True).clamp(min=1)
        start = (image.sum((2, 3), keepdim=True) / count).expand_as(image)
    return relax(image * (1 - mask) + start * mask, mask)


def pooled(x):
    return F.avg_pool2d(x, 2, ceil_mode=True, count_include_pad=False)


def relax(x, mask):
    """Jacobi sweeps inside the hole."""
    share = DAMPING / 4 * mask
    for _ in range(SWEEPS if bool(mask.any()) else 0):
        x = x - share * laplacian(x)
    return x


def diffuse_exactly(image, mask, most=2000, tolerance=1e-5):
    """The same by conjugate gradients from there, as the product has it; one picture [1,3,H,W]."""
    x = diffuse(image, mask)
    rest = -laplacian(x) * mask
    way, size = rest, (rest**2).sum((2, 3), keepdim=True)
    enough = size * tolerance**2
    for _ in range(most):
        if bool((size <= enough).all()):
            break
        turned = laplacian(way) * mask
        length = size / (way * turned).sum((2, 3), keepdim=True).clamp(min=1e-12)
        x, rest = x + length * way, rest - length * turned
        following = (rest**2).sum((2, 3), keepdim=True)
        way, size = rest + following / size.clamp(min=1e-12) * way, following
    return x


def laplacian(x):
    """Four times each pixel less its four neighbours."""
    around = F.pad(x, (1, 1, 1, 1), mode="replicate")
    return 4 * x - around[:, :, 1:-1, :-2] - around[:, :, 1:-1, 2:] - around[:, :, :-2, 1:-1] - around[:, :, 2:, 1:-1]
