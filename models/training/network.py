"""The plate detector: a YOLOX-nano body, and a head that says one score and four corners per cell.

Layout after Ge et al., "YOLOX: Exceeding YOLO Series in 2021" (arXiv 2107.08430), width 0.25, depth 0.33. Convolutions
carry a bias and no batch norm: they start from weights whose norms are already folded in, so that a batch of 16 on a
CPU trains them without statistics of its own.
"""

import torch
import torch.nn.functional as F
from torch import nn

STRIDES = (8, 16, 32)
CHANNELS = (64, 128, 256)
HEAD = 64
# A plate's corners lie a few cells away; the raw output is in units of 4 cells so that it starts near 1.
REACH = 4.0


class Conv(nn.Module):
    """Convolution, bias, SiLU."""

    def __init__(self, inputs, outputs, size=1, stride=1, groups=1):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, size, stride, size // 2, groups=groups)

    def forward(self, x):
        return F.silu(self.conv(x))


def separable(inputs, outputs, stride=1):
    """3×3 depthwise, then 1×1."""
    return nn.Sequential(Conv(inputs, inputs, 3, stride, groups=inputs), Conv(inputs, outputs))


class Bottleneck(nn.Module):
    def __init__(self, channels, shortcut):
        super().__init__()
        self.first = Conv(channels, channels)
        self.second = separable(channels, channels)
        self.shortcut = shortcut

    def forward(self, x):
        y = self.second(self.first(x))
        return x + y if self.shortcut else y


class Csp(nn.Module):
    """Cross-stage partial block: half of the channels go through the bottlenecks."""

    def __init__(self, inputs, outputs, depth, shortcut=True):
        super().__init__()
        half = outputs // 2
        self.main = Conv(inputs, half)
        self.side = Conv(inputs, half)
        self.blocks = nn.Sequential(*(Bottleneck(half, shortcut) for _ in range(depth)))
        self.join = Conv(outputs, outputs)

    def forward(self, x):
        return self.join(torch.cat((self.blocks(self.main(x)), self.side(x)), 1))


class Pyramid(nn.Module):
    """Spatial pyramid pooling over 5, 9 and 13 cells; each window is the one before pooled again."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.narrow = Conv(inputs, inputs // 2)
        self.join = Conv(inputs * 2, outputs)

    def forward(self, x):
        pooled = [self.narrow(x)]
        for _ in range(3):
            pooled.append(F.max_pool2d(pooled[-1], 5, 1, 2))
        return self.join(torch.cat(pooled, 1))


class Body(nn.Module):
    """Image [N,3,H,W], 0..1 → features at strides 8, 16 and 32."""

    def __init__(self):
        super().__init__()
        small, middle, large = CHANNELS
        self.stem = nn.Conv2d(3, 16, 6, 2, 2)
        self.stage4 = nn.Sequential(separable(16, 32, 2), Csp(32, 32, 1))
        self.stage8 = nn.Sequential(separable(32, small, 2), Csp(small, small, 3))
        self.stage16 = nn.Sequential(separable(small, middle, 2), Csp(middle, middle, 3))
        self.stage32 = nn.Sequential(
            separable(middle, large, 2), Pyramid(large, large), Csp(large, large, 1, shortcut=False)
        )
        self.lateral32 = Conv(large, middle)
        self.up16 = Csp(large, middle, 1, shortcut=False)
        self.lateral16 = Conv(middle, small)
        self.up8 = Csp(middle, small, 1, shortcut=False)
        self.down8 = separable(small, small, 2)
        self.down16 = Csp(middle, middle, 1, shortcut=False)
        self.down16to32 = separable(middle, middle, 2)
        self.down32 = Csp(large, large, 1, shortcut=False)

    def forward(self, x):
        p8 = self.stage8(self.stage4(F.silu(self.stem(x))))
        p16 = self.stage16(p8)
        lateral32 = self.lateral32(self.stage32(p16))
        lateral16 = self.lateral16(self.up16(torch.cat((double(lateral32), p16), 1)))
        out8 = self.up8(torch.cat((double(lateral16), p8), 1))
        out16 = self.down16(torch.cat((self.down8(out8), lateral16), 1))
        out32 = self.down32(torch.cat((self.down16to32(out16), lateral32), 1))
        return out8, out16, out32


def double(x):
    return F.interpolate(x, scale_factor=2.0, mode="nearest")


class Head(nn.Module):
    """One level's features → score logit [N,1,h,w] and corner offsets [N,8,h,w], in cells / REACH."""

    def __init__(self, inputs):
        super().__init__()
        self.stem = Conv(inputs, HEAD)
        self.score = nn.Sequential(separable(HEAD, HEAD), separable(HEAD, HEAD))
        self.score_out = nn.Conv2d(HEAD, 1, 1)
        self.corners = nn.Sequential(separable(HEAD, HEAD), separable(HEAD, HEAD))
        self.corners_out = nn.Conv2d(HEAD, 8, 1)
        nn.init.constant_(self.score_out.bias, -5.0)
        nn.init.normal_(self.score_out.weight, std=0.01)
        nn.init.normal_(self.corners_out.weight, std=0.01)
        # A plate three times as wide as high, centred on the cell.
        self.corners_out.bias.data = torch.tensor([-3.0, -1, 3, -1, 3, 1, -3, 1]) / REACH

    def forward(self, x):
        x = self.stem(x)
        score, corners = self.score(x), self.corners(x)
        with torch.autocast("cpu", enabled=False):  # bfloat16 would round corners to whole pixels
            return self.score_out(score.float()), self.corners_out(corners.float())


class PlateDetector(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = Body()
        self.heads = nn.ModuleList(Head(channels) for channels in CHANNELS)

    def forward(self, images):
        """Images [N,3,H,W] 0..1 → score logits [N,A] and corners [N,A,8] in pixels, A cells of all levels."""
        scores, corners = [], []
        for feature, head, stride in zip(self.body(images), self.heads, STRIDES):
            score, offset = head(feature)
            scores.append(score.flatten(1))
            corners.append(decode(offset, stride))
        return torch.cat(scores, 1), torch.cat(corners, 1)


def decode(offset, stride):
    """Offsets [N,8,h,w] → corners [N,h·w,8] in pixels."""
    # Running sums of ones count the cells, so that the exported graph takes any size.
    ones = torch.ones_like(offset[:, :1])
    x = torch.cumsum(ones, 3) - 0.5
    y = torch.cumsum(ones, 2) - 0.5
    corners = (torch.cat((x, y) * 4, 1) + offset * REACH) * stride
    return corners.flatten(2).transpose(1, 2)


class Exported(nn.Module):
    """What the file holds: images → quads [N,A,9], score 0..1 then four corners in pixels."""

    def __init__(self, detector):
        super().__init__()
        self.detector = detector

    def forward(self, images):
        scores, corners = self.detector(images)
        return torch.cat((scores.sigmoid().unsqueeze(2), corners), 2)
