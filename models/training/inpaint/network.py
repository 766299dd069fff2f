"""The inpainting network: a U-Net that corrects a hole already filled by diffusion.

All convolutions are dense 3×3. The picture enters at half its resolution (four pixels side by side in the channels), and
dilated residual blocks at a sixteenth of it, after Yu and Koltun, "Multi-Scale Context Aggregation by Dilated Convolutions"
(arXiv 1511.07122), look 500 pixels around. No normalization: as in EDSR (Lim et al., arXiv 1707.02921), a small step per
residual block keeps the training stable, and a picture's brightness survives.
"""

import torch
import torch.nn.functional as F
from torch import nn

# Of the levels at a half, a quarter, an eighth and a sixteenth of the resolution.
CHANNELS = (32, 64, 128, 160)
DILATIONS = (1, 2, 4, 8, 4, 1)
SLOPE = 0.1  # of the activation below 0
# Sides must be multiples of it.
STRIDE = 16


def conv(inputs, outputs, stride=1, dilation=1):
    layer = nn.Conv2d(inputs, outputs, 3, stride, dilation, dilation)
    nn.init.kaiming_normal_(layer.weight, SLOPE)
    nn.init.zeros_(layer.bias)
    return layer


def bend(x):
    """Bent at 0 however small the values are, so that the untrained network is not nearly linear."""
    return F.leaky_relu(x, SLOPE)


class Residual(nn.Module):
    def __init__(self, channels, dilation=1):
        super().__init__()
        self.first = conv(channels, channels, dilation=dilation)
        self.second = conv(channels, channels)
        with torch.no_grad():
            self.second.weight.mul_(0.2)

    def forward(self, x):
        return x + self.second(bend(self.first(bend(x))))


class Up(nn.Module):
    """To twice the resolution, added to what the way down has seen there."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.narrow = conv(inputs, outputs)
        self.refine = Residual(outputs)

    def forward(self, x, seen):
        return self.refine(F.interpolate(self.narrow(x), scale_factor=2, mode="nearest") + seen)


class Inpainter(nn.Module):
    """(image [N,3,H,W] in 0..1, its hole filled smoothly; mask [N,1,H,W], 1 = hole) → [N,3,H,W], unchanged outside."""

    def __init__(self, channels=CHANNELS, dilations=DILATIONS):
        super().__init__()
        pairs = list(zip(channels, channels[1:]))
        self.stem = conv(4 * 4, channels[0])
        self.seen = nn.ModuleList(Residual(c) for c in channels[:-1])
        self.down = nn.ModuleList(conv(a, b, stride=2) for a, b in pairs)
        self.context = nn.Sequential(*(Residual(channels[-1], d) for d in dilations))
        self.up = nn.ModuleList(Up(b, a) for a, b in reversed(pairs))
        self.head = conv(channels[0], 3 * 4)
        nn.init.zeros_(self.head.weight)

    def forward(self, image, mask):
        x = self.stem(F.pixel_unshuffle(torch.cat((image - 0.5, mask), 1), 2))
        passed = []
        for look, down in zip(self.seen, self.down):
            passed.append(look(x))
            x = down(bend(passed[-1]))
        x = self.context(x)
        for up, seen in zip(self.up, reversed(passed)):
            x = up(x, seen)
        return image + mask * F.pixel_shuffle(self.head(bend(x)), 2).to(image.dtype)


class Exported(nn.Module):
    """What the file holds: the same, cut to 0..1."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, image, mask):
        return self.network(image, mask).clamp(0, 1)
