"""Trains the network that finds marks. `python3 train_marks.py --photos DIR --plates DIR --out DIR --minutes 60`"""

import argparse
import copy
import json
import random
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch.utils.data import DataLoader

from mark_network import MarkFinder
from mark_scenes import Scenes, scene
from photos import read_photos, read_rgb, split
from schedule import Schedule, rate_at

# Photos of vehicles show text that is part of the scene; of these, sources with a stated licence.
PLATE_SOURCES = ("rf_experiment", "cn_easypr", "openimages_rf", "ro_robertlucian")
PLATES_KEPT = 4  # every fourth
CHECK_SIDE = 256


def options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, required=True, help="folder with manifest.jsonl")
    parser.add_argument("--plates", type=Path, required=True, help="folder with labels.jsonl and img/")
    parser.add_argument("--start", type=Path, help="checkpoint to go on from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--late", action="store_true", help="the largest crops only, to go on from a checkpoint")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--check-every", type=int, default=400, help="steps between looks at the held back photos")
    return parser.parse_args()


def plates(folder):
    rows = [json.loads(row) for row in (folder / "labels.jsonl").read_text().splitlines()]
    return [folder / "img" / Path(row["file"]).name for row in rows if row["source"] in PLATE_SOURCES][::PLATES_KEPT]


def cost_of(logits, seen):
    """Cross-entropy, which tells each pixel, and Dice, which tells the share of each picture's mark that is found."""
    entropy = F.binary_cross_entropy_with_logits(logits, seen, pos_weight=torch.tensor(2.0))
    share, axes = logits.sigmoid(), (1, 2, 3)
    both = 2 * (share * seen).sum(axes) + 50
    dice = 1 - both / (share.sum(axes) + seen.sum(axes) + 50)
    return entropy + 0.5 * dice.mean()


AVERAGED = 0.998


@torch.no_grad()
def follow(average, network, step):
    """Moves the averaged weights, and what the layers know of their inputs, towards the current ones."""
    share = min(AVERAGED, (1 + step) / (10 + step))
    for kept, new in zip(average.state_dict().values(), network.state_dict().values()):
        if kept.is_floating_point():
            kept.lerp_(new, 1 - share)


def to_input(image):
    return (image.permute(0, 3, 1, 2).float() / 255).contiguous(memory_format=torch.channels_last)


class Checker:
    """Each held back photo once, with and without a mark as in training, the same at each look."""

    def __init__(self, out, photos):
        self.out, self.best = out, -1.0
        rng = random.Random(0)
        pairs = [scene(rng, read_rgb(photo.file), CHECK_SIDE) for photo in photos]
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
        torch.save(network.state_dict(), self.out / "last.pt")
        if value > self.best:
            self.best = value
            torch.save(network.state_dict(), self.out / "best.pt")


def main():
    args = options()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    cv2.setNumThreads(1)
    trained, held_back = split(read_photos(args.photos))
    files = [photo.file for photo in trained] + plates(args.plates)
    read = lru_cache(None)(read_rgb)
    print(f"{len(files)} pictures to train on, {len(held_back)} held back", flush=True)
    network = MarkFinder()
    if args.start:
        network.load_state_dict(torch.load(args.start, map_location="cpu"))
    network = network.to(memory_format=torch.channels_last)
    average = copy.deepcopy(network).eval()
    optimizer = torch.optim.AdamW(network.parameters(), lr=args.rate, betas=(0.9, 0.99), weight_decay=1e-4)
    check, schedule, sums = Checker(args.out, held_back), Schedule(1, args.minutes, args.late), []
    loader = DataLoader(Scenes(files, args.seed, read), batch_sampler=schedule, num_workers=1, prefetch_factor=8)
    for step, (image, seen) in enumerate(loader):
        done = schedule.done(step)
        if step % args.check_every == 0 or done >= 1:
            check(average, step, schedule.seconds())
        if done >= 1:
            return
        with torch.autocast("cpu", torch.bfloat16):
            logits = network(to_input(image))
        cost = cost_of(logits.float(), seen[:, None].float())
        optimizer.zero_grad(set_to_none=True)
        cost.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        for group in optimizer.param_groups:
            group["lr"] = rate_at(step, done, args.rate)
        optimizer.step()
        follow(average, network, step)
        sums.append(float(cost.detach()))
        if (step + 1) % 100 == 0:
            print(step + 1, image.shape[1], round(float(np.mean(sums)), 4), f"{schedule.seconds():.0f} s", flush=True)
            sums.clear()


if __name__ == "__main__":
    main()
