"""Looks at held back photos while the network that finds marks is trained, and keeps the best weights."""

import random

import torch

from checkpoints import Keeper
from mark_scenes import scene
from photos import read_rgb
from training import to_input

SIDE = 256


class Checker(Keeper):
    """Each held back photo once, with and without a mark as in training, the same at each look."""

    def __init__(self, out, photos):
        super().__init__(out)
        rng = random.Random(0)
        pairs = [scene(rng, read_rgb(photo.file), SIDE) for photo in photos]
        self.image = to_input(torch.stack([torch.from_numpy(image) for image, _ in pairs]))
        self.seen = torch.stack([torch.from_numpy(seen) for _, seen in pairs])[:, None] > 0

    @torch.no_grad()
    def __call__(self, network, step, seconds):
        with torch.autocast("cpu", torch.bfloat16):
            found = torch.cat([network(part).float() > 0 for part in self.image.split(8)])
        marked = self.seen.flatten(1).any(1)
        both, either = ((x.flatten(1).sum(1)) for x in (found & self.seen, found | self.seen))
        value = float((both[marked] / either[marked]).mean())
        wrong = float(found[~marked].float().mean())
        print(f"step {step}, {seconds:.0f} s: IoU {value:.3f}, where there is none {wrong:.4f} of the pixels", flush=True)
        self.keep(network, value)
