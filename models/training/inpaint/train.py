"""Trains the inpainting network. `python3 train.py --photos DIR --out DIR --minutes 60`"""

import argparse
import copy
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import torch
from torch.utils.data import DataLoader

from check import Checker
from crops import Crops
from diffuse import diffuse
from loss import loss
from network import Inpainter
from photos import read_photos, read_rgb, split
from schedule import Schedule, rate_at

AVERAGED = 0.998


def options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, required=True, help="folder with manifest.jsonl")
    parser.add_argument("--start", type=Path, help="checkpoint to go on from")
    parser.add_argument("--late", action="store_true", help="the largest crops only, to go on from a checkpoint")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=20000)
    parser.add_argument("--minutes", type=float, help="follow the clock instead of --steps, on a machine that others use")
    parser.add_argument("--fraction", type=float, default=1.0, help="share of photos and steps")
    parser.add_argument("--rate", type=float, default=8e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--check-every", type=int, default=500, help="steps between looks at the held back photos")
    return parser.parse_args()


def load(photos, schedule, seed, read):
    return DataLoader(Crops(photos, seed, read), batch_sampler=schedule, num_workers=1, prefetch_factor=8)


def prepare(image, mask):
    """uint8 crops and masks → truth, network's input, mask, in 0..1."""
    truth = (image.permute(0, 3, 1, 2).float() / 255).contiguous(memory_format=torch.channels_last)
    mask = mask[:, None].float()
    return truth, diffuse(truth, mask), mask


def start(path):
    network = Inpainter()
    if path:
        network.load_state_dict(torch.load(path, map_location="cpu"))
    return network.to(memory_format=torch.channels_last)


@torch.no_grad()
def follow(average, network, step):
    """Moves the averaged weights towards the current ones."""
    share = min(AVERAGED, (1 + step) / (10 + step))
    for kept, new in zip(average.parameters(), network.parameters()):
        kept.lerp_(new, 1 - share)


def main():
    args = options()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    cv2.setNumThreads(1)
    trained, held_back = split(read_photos(args.photos))
    trained = trained[:: max(1, round(1 / args.fraction))]
    read = lru_cache(None)(read_rgb)
    for photo in trained:
        read(photo.file)
    print(f"{len(trained)} photos to train on, {len(held_back)} held back", flush=True)
    network = start(args.start)
    average = copy.deepcopy(network)
    optimizer = torch.optim.AdamW(network.parameters(), lr=args.rate, betas=(0.9, 0.99), weight_decay=1e-4)
    check = Checker(args.out, held_back)
    schedule, sums = Schedule(max(20, int(args.steps * args.fraction)), args.minutes, args.late), np.zeros(4)
    for step, (image, mask) in enumerate(load(trained, schedule, args.seed, read)):
        done = schedule.done(step)
        if step % args.check_every == 0 or done >= 1:
            check(average, step, schedule.seconds())
        if done >= 1:
            return
        truth, smooth, mask = prepare(image, mask)
        with torch.autocast("cpu", torch.bfloat16):
            filled = network(smooth, mask)
        cost, parts = loss(filled.float(), truth, mask)
        optimizer.zero_grad(set_to_none=True)
        cost.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        for group in optimizer.param_groups:
            group["lr"] = rate_at(step, done, args.rate)
        optimizer.step()
        follow(average, network, step)
        sums += (*parts, 1)
        if (step + 1) % 100 == 0:
            print(step + 1, image.shape[1], (sums[:3] / sums[3]).round(4), f"{schedule.seconds():.0f} s", flush=True)
            sums[:] = 0


if __name__ == "__main__":
    main()
