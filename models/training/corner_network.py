"""The second stage: one crop → whether the proposal is a plate, and its four corners.

Corners are the means of four heatmaps (Sun et al., arXiv 1711.08229): exact below a cell, and learnt in few steps.
Plain 3×3 convolutions, which train several times faster on a CPU than depthwise ones.
"""

import torch
import torch.nn.functional as F
from torch import nn

from crops import HEIGHT, WIDTH

CHANNELS = (16, 32, 64, 112)
# Crop pixels per cell of the heatmaps.
CELL = 4
CELLS = (HEIGHT // CELL, WIDTH // CELL)


def conv(inputs, outputs, kernel=3, stride=1):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(True)
    )


class Block(nn.Module):
    """Two convolutions beside a shortcut."""

    def __init__(self, channels):
        super().__init__()
        self.first = conv(channels, channels)
        self.second = nn.Sequential(nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        return F.relu(x + self.second(self.first(x)))


class PlateCorners(nn.Module):
    def __init__(self):
        super().__init__()
        c2, c4, c8, c16 = CHANNELS
        self.to4 = nn.Sequential(conv(3, c2, 3, 2), conv(c2, c4, 3, 2), Block(c4))
        self.to8 = nn.Sequential(conv(c4, c8, 3, 2), Block(c8))
        self.to16 = nn.Sequential(conv(c8, c16, 3, 2), Block(c16), Block(c16))
        self.lateral8, self.merge8 = conv(c16, c8, 1), conv(c8, c8)
        self.lateral4, self.merge4 = conv(c8, c4, 1), conv(c4, c4)
        self.maps = nn.Conv2d(c4, 4, 1)
        self.score = nn.Sequential(nn.Linear(2 * c16, 32), nn.ReLU(True), nn.Linear(32, 1))

    def forward(self, crops):
        """Crops [N,3,80,160] 0..1 → score logits [N], heatmap logits [N,4,20·40], corners [N,8] in crop pixels."""
        x4 = self.to4(crops * 4 - 2)
        x8 = self.to8(x4)
        x16 = self.to16(x8)
        y8 = self.merge8(x8 + double(self.lateral8(x16)))
        maps = self.maps(self.merge4(x4 + double(self.lateral4(y8)))).float().flatten(2)
        # The middle of the crop is where the proposal lies; the mean of all is what surrounds it.
        middle = x16[:, :, 1:4, 2:8].mean((2, 3))
        score = self.score(torch.cat((middle, x16.amax((2, 3))), 1)).squeeze(1)
        return score.float(), maps, corners_of(maps)


def double(x):
    return F.interpolate(x, scale_factor=2.0, mode="nearest")


def corners_of(maps):
    """Heatmap logits [N,4,cells] → x1 y1 … x4 y4 [N,8] in crop pixels: the mean place of each."""
    share = maps.softmax(2)
    return (share @ places(maps.device)).flatten(1)


def places(device=None):
    """Centres [cells,2] in crop pixels."""
    y, x = torch.meshgrid(torch.arange(CELLS[0]), torch.arange(CELLS[1]), indexing="ij")
    centres = (torch.stack((x, y), 2).float() + 0.5) * CELL
    return centres.reshape(-1, 2).to(device)


class Exported(nn.Module):
    """What the file holds: crops → plates [N,9], score 0..1, then four corners in crop pixels."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, crops):
        score, _, corners = self.network(crops)
        return torch.cat((score.sigmoid().unsqueeze(1), corners), 1)
