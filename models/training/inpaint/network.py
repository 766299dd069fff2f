"""The inpainting network: a U-Net that corrects a hole already filled by diffusion.

All convolutions are dense 3×3. Its dilated residual blocks, after Yu and Koltun, "Multi-Scale Context Aggregation by Dilated
Convolutions" (arXiv 1511.07122), look 500 pixels around. No normalization: as in EDSR (Lim et al., arXiv 1707.02921), a small
step per residual block keeps the training stable, and a picture's brightness survives.
"""

import torch
import torch.nn.functional as F
from torch import nn

from unet import PIXELS, UNet

CHANNELS = (32, 64, 128, 160)
DILATIONS = (1, 2, 4, 8, 4, 1)
SLOPE = 0.1  # of the activation below 0


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


class Inpainter(UNet):
    """(image [N,3,H,W] in 0..1, its hole filled smoothly; mask [N,1,H,W], 1 = hole) → [N,3,H,W], unchanged outside."""

    def __init__(self, channels=CHANNELS, dilations=DILATIONS):
        super().__init__(conv, Residual, channels, dilations, before=bend)
        self.head = conv(channels[0], 3 * PIXELS)
        nn.init.zeros_(self.head.weight)

    def forward(self, image, mask):
        return image + mask * self.answer(torch.cat((image - 0.5, mask), 1)).to(image.dtype)


class Exported(nn.Module):
    """What the file holds: the same, cut to 0..1."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, image, mask):
        return self.network(image, mask).clamp(0, 1)
