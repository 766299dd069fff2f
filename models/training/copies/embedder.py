"""The embedding: the stages of YOLOX-nano's body at strides 16 and 32, pooled, to 256 numbers of length 1."""

import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

sys.path.append(str(Path(__file__).parent.parent))

from initial import convolutions, copy, stem
from network import Body

WIDTH = 256
SIDE = 192


class Pool(nn.Module):
    """Generalised mean over all places (Radenovic et al., arXiv 1711.02512)."""

    def __init__(self):
        super().__init__()
        self.power = nn.Parameter(torch.tensor(3.0))

    def forward(self, x):
        return x.clamp(min=1e-4).pow(self.power).mean((2, 3)).pow(1 / self.power)


class Embedder(nn.Module):
    """Images [N,3,SIDE,SIDE], RGB 0..1 → [N,WIDTH], unit length."""

    def __init__(self):
        super().__init__()
        body = Body()
        self.stem, self.early, self.middle, self.late = (
            body.stem,
            nn.Sequential(body.stage4, body.stage8),
            body.stage16,
            body.stage32,
        )
        self.pools = nn.ModuleList((Pool(), Pool()))
        self.out = nn.Linear(128 + 256, WIDTH, bias=False)

    def forward(self, images):
        middle = self.middle(self.early(F.silu(self.stem(images))))
        stages = middle, self.late(middle)
        with torch.autocast("cpu", enabled=False):  # bfloat16 has too few digits for powers and lengths
            pooled = torch.cat([pool(stage.float()) for pool, stage in zip(self.pools, stages)], 1)
            return F.normalize(self.out(pooled), dim=1)


def start_from(embedder, path):
    """YOLOX-nano's COCO weights; the file lists its convolutions in the order of these stages."""
    source = convolutions(path)
    parts = (embedder.stem, embedder.early, embedder.middle, embedder.late)
    layers = [layer for part in parts for layer in part.modules() if isinstance(layer, nn.Conv2d)]
    copy(layers[0], stem(source[0][0]), source[0][1])
    for layer, (weight, bias) in zip(layers[1:], source[1:]):
        copy(layer, weight, bias)
