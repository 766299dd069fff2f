"""What both trainings do alike."""

import argparse
import copy
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import torch
from torch.utils.data import DataLoader

from checkpoints import load
from photos import read_rgb
from schedule import rate_at

AVERAGED = 0.998
REPORTED = 100  # steps a line


def parser(description, rate, check_every):
    options = argparse.ArgumentParser(description=description)
    options.add_argument("--photos", type=Path, required=True, help="folder with manifest.jsonl")
    options.add_argument("--start", type=Path, help="checkpoint to go on from")
    options.add_argument("--late", action="store_true", help="the largest crops only, to go on from a checkpoint")
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--rate", type=float, default=rate)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--threads", type=int, default=1)
    options.add_argument(
        "--check-every", type=int, default=check_every, help="steps between looks at the held back photos"
    )
    return options


def prepare(args):
    """Before anything is random or read."""
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    cv2.setNumThreads(1)


def reader():
    """Reads each photo once."""
    return lru_cache(None)(read_rgb)


def to_input(image):
    """uint8 [N,H,W,3] → float32 [N,3,H,W] in 0..1"""
    return (image.permute(0, 3, 1, 2).float() / 255).contiguous(memory_format=torch.channels_last)


def train(network, cost_of, samples, schedule, check, args):
    """Until the schedule is done.

    samples: by key of the schedule, what a loader's worker makes; cost_of(network, *batch) → the cost, and its parts to
    print; check(network, step, seconds) looks at the averaged weights.
    """
    if args.start:
        load(network, args.start)
    network = network.to(memory_format=torch.channels_last)
    average = copy.deepcopy(network).eval()
    optimizer = torch.optim.AdamW(network.parameters(), lr=args.rate, betas=(0.9, 0.99), weight_decay=1e-4)
    parts = []
    for step, batch in enumerate(DataLoader(samples, batch_sampler=schedule, num_workers=1, prefetch_factor=8)):
        done = schedule.done(step)
        if step % args.check_every == 0 or done >= 1:
            check(average, step, schedule.seconds())
        if done >= 1:
            return
        cost, told = cost_of(network, *batch)
        learn(network, optimizer, cost, rate_at(step, done, args.rate))
        follow(average, network, step)
        parts.append(told)
        if (step + 1) % REPORTED == 0:
            print(step + 1, batch[0].shape[1], np.mean(parts, 0).round(4), f"{schedule.seconds():.0f} s", flush=True)
            parts.clear()


def learn(network, optimizer, cost, rate):
    optimizer.zero_grad(set_to_none=True)
    cost.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    for group in optimizer.param_groups:
        group["lr"] = rate
    optimizer.step()


@torch.no_grad()
def follow(average, network, step):
    """Moves the averaged weights, and what the layers know of their inputs, towards the current ones."""
    share = min(AVERAGED, (1 + step) / (10 + step))
    for kept, new in zip(average.state_dict().values(), network.state_dict().values()):
        if kept.is_floating_point():
            kept.lerp_(new, 1 - share)
