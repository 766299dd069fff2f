"""What tells copies from other pictures: instance discrimination with entropy regularisation, as in SSCD."""

import torch

TEMPERATURE = 0.05
ENTROPY = 3.0


class Memory:
    """Embeddings of the last steps, as further pictures that are no copies."""

    def __init__(self, size, width):
        self.vectors = torch.zeros(0, width)
        self.groups = torch.zeros(0, dtype=torch.long)
        self.size = size

    def add(self, vectors, groups):
        self.vectors = torch.cat((vectors.detach(), self.vectors))[: self.size]
        self.groups = torch.cat((groups, self.groups))[: self.size]


def loss(first, second, groups, memory):
    """Two views of N pictures [N,W] each, and the group of each picture; the cost and its two parts."""
    vectors, owners = torch.cat((first, second)), torch.cat((groups, groups))
    count = len(groups)
    everything = torch.cat((vectors, memory.vectors))
    similar = vectors @ everything.T / TEMPERATURE
    partner = torch.arange(2 * count).roll(count)
    # Another picture of the same group may well be a copy: it says nothing.
    same = owners[:, None] == torch.cat((owners, memory.groups))[None]
    same[torch.arange(2 * count), partner] = False
    contrast = torch.nn.functional.cross_entropy(similar.masked_fill(same, -1e4), partner)
    spread = entropy(vectors, owners)
    return contrast + ENTROPY * spread, (float(contrast.detach()), float(spread.detach()))


def entropy(vectors, owners):
    """KoLeo (Sablayrolles et al., arXiv 1806.03198): minus the mean logarithm of the distance to the nearest stranger."""
    near = (vectors @ vectors.T).masked_fill(owners[:, None] == owners[None], -1).amax(1)
    return -(2 - 2 * near).clamp(min=1e-4).sqrt().log().mean()
