"""Trains the copy embedding: python3 train.py --photos P --plates P --inpaint P --copies P --start yolox_nano.onnx --out run"""

import argparse
import copy
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset

from embedder import WIDTH, Embedder, start_from
from loss import Memory, loss
from measure import edit_set, embed, figures
from pictures import measured, split, trained
from views import heavy_view, light_view

WARM_UP = 60


class Pairs(Dataset):
    """Two views of each picture; a view follows from the picture, the round and the seed."""

    def __init__(self, pictures, side, seed):
        self.images = [picture.pixels() for picture in pictures]
        ids = {group: i for i, group in enumerate(dict.fromkeys(p.group for p in pictures))}
        self.groups = [ids[p.group] for p in pictures]
        self.side, self.seed, self.round = side, seed, 0

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        rng = np.random.default_rng((self.seed, self.round, index))
        other = self.images[rng.integers(len(self.images))]
        image = self.images[index]
        first = light_view(image, rng, self.side) if rng.random() < 0.5 else heavy_view(image, other, rng, self.side)
        stranger = self.images[rng.integers(len(self.images))]
        return first, heavy_view(image, stranger, rng, self.side), self.groups[index]


def rate_at(step, done, peak):
    return peak * min(1, (step + 1) / WARM_UP) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1, done))))


def average(mean, model, step):
    keep = min(0.998, (step + 1) / (step + 10))
    with torch.no_grad():
        for a, b in zip(mean.parameters(), model.parameters()):
            a.lerp_(b, 1 - keep)


def look(model, held, out, entry):
    references, queries, names = held
    mean = figures(embed(model, references), embed(model, queries), names)
    with (out / "log.jsonl").open("a") as log:
        log.write(json.dumps(entry | mean) + "\n")
    torch.save(model.state_dict(), out / "last.pt")
    return mean["recall"]


def main():
    parser = argparse.ArgumentParser()
    for name in ("photos", "plates", "inpaint", "copies", "out"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--start")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--side", type=int, default=160)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--fraction", type=float, default=1)
    parser.add_argument("--check-minutes", type=float, default=5)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)

    model = Embedder()
    if args.start and args.start.endswith(".onnx"):
        start_from(model, args.start)
    elif args.start:
        model.load_state_dict(torch.load(args.start))
    mean = copy.deepcopy(model)
    training, held = split(trained(args.photos, args.plates), args.seed, args.fraction)
    held = edit_set(held, args.side)
    pairs = Pairs(training, args.side, args.seed)
    print(len(pairs), "pictures train,", len(held[0]), "held back;", len(measured(args.photos, args.plates, args.inpaint, args.copies)), "measure", flush=True)

    optimizer = torch.optim.AdamW(model.parameters(), lr=args.rate, weight_decay=0.02)
    memory = Memory(2048, WIDTH)
    began, step, best, looked = time.time(), 0, look(mean, held, out, {"step": 0}), 0
    while (done := (time.time() - began) / 60 / args.minutes) < 1:
        loader = DataLoader(pairs, args.batch, shuffle=True, drop_last=True, num_workers=args.workers, prefetch_factor=4 if args.workers else None)
        for first, second, owners in loader:
            done = (time.time() - began) / 60 / args.minutes
            for group in optimizer.param_groups:
                group["lr"] = rate_at(step, done, args.rate)
            with torch.autocast("cpu", torch.bfloat16):
                both = model(torch.cat((first, second)).float() / 255)
            cost, parts = loss(*both.chunk(2), owners, memory)
            optimizer.zero_grad(set_to_none=True)
            cost.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5)
            optimizer.step()
            average(mean, model, step)
            memory.add(both, torch.cat((owners, owners)))
            step += 1
            if step % 20 == 0:
                print(step, np.round(parts, 3), f"{time.time() - began:.0f} s", flush=True)
            if (time.time() - began) / 60 > looked + args.check_minutes:
                looked = (time.time() - began) / 60
                recall = look(mean, held, out, {"step": step, "minutes": round(looked, 1)})
                if recall >= best:
                    best = recall
                    torch.save(mean.state_dict(), out / "best.pt")
            if done >= 1:
                break
        pairs.round += 1
    if look(mean, held, out, {"step": step, "end": True}) >= best:
        torch.save(mean.state_dict(), out / "best.pt")


if __name__ == "__main__":
    main()
