"""Says of each pixel whether it belongs to a mark laid over the photo: a slim U-Net.

The answer leaves as the picture enters, at half the resolution, so that thin letters cost no more than wide ones. Beside its
colours the network sees the picture's local contrast, in which a faint mark is as strong as a clear one.
"""

import torch
import torch.nn.functional as F
from torch import nn

from unet import PIXELS, UNet

CHANNELS = (24, 40, 64, 96)
DILATIONS = (1, 2, 4, 8, 1)
NEAR, WIDE = 9, 17  # pixels a side of what a pixel is compared with, and of what tells how much that varies
FLOOR = 0.02  # of a variation, so that noise is not blown up


def conv(inputs, outputs, stride=1, dilation=1):
    layer = nn.Conv2d(inputs, outputs, 3, stride, dilation, dilation, bias=False)
    return nn.Sequential(layer, nn.BatchNorm2d(outputs))


class Residual(nn.Module):
    def __init__(self, channels, dilation=1):
        super().__init__()
        self.first = conv(channels, channels, dilation=dilation)
        self.second = conv(channels, channels)

    def forward(self, x):
        return F.relu(x + self.second(F.relu(self.first(x))))


def contrast(image):
    """[N,3,H,W] → [N,1,H,W]: the difference from the neighbourhood in units of how much that varies."""
    gray = image.mean(1, keepdim=True)
    apart = gray - mean_around(gray, NEAR)
    return apart / (mean_around(apart * apart, WIDE).sqrt() + FLOOR)


def mean_around(x, side):
    return F.avg_pool2d(x, side, 1, side // 2, count_include_pad=False)


class MarkFinder(UNet):
    """image [N,3,H,W] in 0..1 → [N,1,H,W], the log odds of a mark; H and W are multiples of STRIDE."""

    def __init__(self, channels=CHANNELS, dilations=DILATIONS):
        super().__init__(conv, Residual, channels, dilations, after=F.relu)
        self.head = nn.Conv2d(channels[0], PIXELS, 3, 1, 1)
        nn.init.constant_(self.head.bias, -2.5)  # one pixel in twelve

    def forward(self, image):
        return self.answer(torch.cat((4 * (image - 0.5), contrast(image)), 1))


class Exported(nn.Module):
    """What the file holds: probabilities."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, image):
        return self.network(image).sigmoid()
