"""Looks at held back photos during training, and keeps the best weights."""

import random

import torch

from checkpoints import Keeper
from crops import crop
from diffuse import diffuse
from masks import KINDS, mask_of
from photos import read_rgb

SIDE = 256


class Checker(Keeper):
    """Each held back photo once, every kind of mask in turn, the same at each look."""

    def __init__(self, out, photos):
        super().__init__(out)
        rng = random.Random(0)
        pairs = [(crop(rng, read_rgb(photo.file), SIDE), mask_of(kind, rng, SIDE)) for photo, kind in zip(photos, cycle(rng))]
        self.truth = torch.stack([torch.from_numpy(image.copy()) for image, _ in pairs]).permute(0, 3, 1, 2).float() / 255
        self.mask = torch.stack([torch.from_numpy(mask) for _, mask in pairs])[:, None].float()
        self.smooth = diffuse(self.truth, self.mask)
        self.start = float(self.decibels(self.smooth).mean())

    def decibels(self, filled):
        """PSNR inside the hole, of each picture."""
        error = ((filled - self.truth) ** 2 * self.mask).sum((1, 2, 3)) / (3 * self.mask.sum((1, 2, 3)))
        return -10 * torch.log10(error + 1e-6)

    @torch.no_grad()
    def __call__(self, network, step, seconds):
        with torch.autocast("cpu", torch.bfloat16):
            filled = torch.cat([network(x, m).float() for x, m in zip(self.smooth.split(8), self.mask.split(8))])
        value = float(self.decibels(filled.clamp(0, 1)).mean())
        print(f"step {step}, {seconds:.0f} s: {value:.3f} dB in the hole, diffusion {self.start:.3f}", flush=True)
        self.keep(network, value)


def cycle(rng):
    """Kinds of masks, as often as in training."""
    while True:
        yield rng.choices(list(KINDS), list(KINDS.values()))[0]
