"""The shape that both networks share: a U-Net over a picture that enters at half its resolution, four pixels side by side
in the channels, with dilated residual blocks at a sixteenth of it.
"""

import torch.nn.functional as F
from torch import nn

# Sides of a picture must be multiples of it.
STRIDE = 16
PIXELS = 4  # that lie side by side in the channels
PLANES = 4  # of a picture: colours, and one more


def same(x):
    return x


class Up(nn.Module):
    """To twice the resolution, added to what the way down has seen there."""

    def __init__(self, conv, residual, after, inputs, outputs):
        super().__init__()
        self.after = after
        self.narrow = conv(inputs, outputs)
        self.refine = residual(outputs)

    def forward(self, x, seen):
        return self.refine(self.after(F.interpolate(self.narrow(x), scale_factor=2, mode="nearest") + seen))


class UNet(nn.Module):
    """Without its head, which a network adds.

    conv(inputs, outputs, stride=1, dilation=1) and residual(channels, dilation=1) make its layers; channels are those of the
    levels at a half, a quarter, an eighth and a sixteenth of the resolution. Activations stand before the convolutions or
    after them.
    """

    def __init__(self, conv, residual, channels, dilations, before=same, after=same):
        super().__init__()
        self.before, self.after = before, after
        pairs = list(zip(channels, channels[1:]))
        self.stem = conv(PLANES * PIXELS, channels[0])
        self.seen = nn.ModuleList(residual(c) for c in channels[:-1])
        self.down = nn.ModuleList(conv(a, b, stride=2) for a, b in pairs)
        self.context = nn.Sequential(*(residual(channels[-1], d) for d in dilations))
        self.up = nn.ModuleList(Up(conv, residual, after, b, a) for a, b in reversed(pairs))

    def answer(self, picture):
        """[N,PLANES,H,W] → what the head makes of it, [N,C,H,W]."""
        x = self.after(self.stem(F.pixel_unshuffle(picture, 2)))
        passed = []
        for look, down in zip(self.seen, self.down):
            passed.append(look(x))
            x = self.after(down(self.before(passed[-1])))
        x = self.context(x)
        for up, seen in zip(self.up, reversed(passed)):
            x = up(x, seen)
        return F.pixel_shuffle(self.head(self.before(x)), 2)
