"""Trains the corner network. `python3 train_corners.py --plates DIR --photos DIR --proposals proposals.npz --out DIR`"""

import argparse
import copy
import json
import math
import time
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.distributed as distributed
import torch.multiprocessing as multiprocessing
from torch.utils.data import DataLoader

from corner_loss import corner_loss
from corner_network import PlateCorners
from corners import look, torch_network
from crop_samples import SampleMaker
from geometry import boxes_of, iou, width_height
from labels import TRAINED, read_backgrounds, read_photos, split
from train import BACKGROUND_SHARE, DEV_SHARE, follow, groups, meeting_file, share_gradients, thin

BATCH = 64


def options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plates", type=Path, required=True, help="folder with labels.jsonl")
    parser.add_argument("--photos", type=Path, required=True, help="folder with manifest.jsonl: photos without plates")
    parser.add_argument("--proposals", type=Path, required=True, help="what propose.py wrote")
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--minutes", type=float, help="follow the clock instead of --steps, on a machine that others use")
    parser.add_argument("--fraction", type=float, default=1.0, help="share of photos and steps")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2, help="that share each step's samples, one thread each")
    parser.add_argument("--check-every", type=int, default=250, help="steps between looks at the held back photos")
    return parser.parse_args()


class Numbers:
    """Yields, without end, the numbers of each step's samples that are this process's."""

    def __init__(self, rank, ranks):
        self.rank, self.ranks = rank, ranks

    def __iter__(self):
        first = self.rank
        while True:
            yield [first + i * self.ranks for i in range(BATCH // self.ranks)]
            first += BATCH


def collate(samples):
    crops = torch.from_numpy(np.stack([s.crop for s in samples]))
    column = lambda values, kind: torch.from_numpy(np.array(values, kind))
    return (
        crops, column([s.goal for s in samples], np.float32), column([s.quad.reshape(8) for s in samples], np.float32),
        column([s.exact and s.known for s in samples], bool), column([s.known for s in samples], bool),
    )


def to_network(crops):
    """BGR uint8 [n,h,w,3] → RGB 0..1 [n,3,h,w]"""
    return (crops.flip(3).permute(0, 3, 1, 2).float() / 255).contiguous(memory_format=torch.channels_last)


def figures(network, photos, proposals, pixels):
    """On held back photos: how far corners are off before, after one round and after two, and how scores tell plates."""
    predict = torch_network(network)
    errors, scores = [], ([], [])
    for photo in photos:
        rows = proposals[f"640/{photo.file.name}"][:6]
        quads = rows[:, 1:].reshape(-1, 4, 2)
        first, once = look(pixels(photo), quads, predict)
        _, twice = look(pixels(photo), once, predict)
        fit = iou(boxes_of(quads), boxes_of(photo.quads)) if len(photo.quads) else np.zeros((len(quads), 1))
        for index, (plate, share) in enumerate(zip(fit.argmax(1), fit.max(1))):
            if share >= 0.4 or share < 0.1:
                scores[int(share >= 0.4)].append(first[index])
            if share >= 0.4 and photo.kinds[plate] == "true4":
                truth = photo.quads[plate]
                off = lambda quad: np.linalg.norm(quad - truth, axis=1).mean() / width_height(truth[None])[0][0]
                errors.append((off(quads[index]), off(once[index]), off(twice[index])))
    wrong, right = np.array(scores[0]), np.array(scores[1])
    each = list(zip(*errors))
    return {
        "corners": [round(float(np.mean(column)), 4) for column in each],
        "medians": [round(float(np.median(column)), 4) for column in each],
        "auc": round(float((right[:, None] > wrong[None]).mean()), 4),
        "plates below 0.5": round(float((right < 0.5).mean()), 4),
        "others above 0.5": round(float((wrong > 0.5).mean()), 4),
    }


def rate_at(step, done, peak):
    return peak * min(1, (step + 1) / 100) * (0.01 + 0.99 * (1 + math.cos(math.pi * min(done, 1))) / 2)


class Photos:
    """All that is read once, before the processes part ways, so that they share one copy of the pixels."""

    def __init__(self, args):
        read = lru_cache(None)(lambda file: cv2.imread(str(file)))
        self.pixels = lambda photo: read(photo.file)
        photos, self.dev = split(thin(read_photos(args.plates, TRAINED), args.fraction), DEV_SHARE)
        backgrounds, empty = split(thin(read_backgrounds(args.photos), args.fraction), BACKGROUND_SHARE)
        self.dev += empty[::2]
        self.proposals = dict(np.load(args.proposals))
        for photo in photos + backgrounds:
            self.pixels(photo)
        self.maker = SampleMaker(photos, backgrounds, self.proposals, args.seed, self.pixels)


def start(path):
    network = PlateCorners()
    if path:
        network.load_state_dict(torch.load(path, map_location="cpu"))
    return network.to(memory_format=torch.channels_last)


def improve(network, optimizer, crops, wanted, done):
    """One step. Returns how much of the training all processes think is done, and the parts of the cost."""
    with torch.autocast("cpu", torch.bfloat16):
        answer = network(to_network(crops))
    cost, parts = corner_loss(answer, *wanted)
    optimizer.zero_grad(set_to_none=False)
    cost.backward()
    learnt = list(network.parameters())
    done = share_gradients(learnt, done)
    torch.nn.utils.clip_grad_norm_(learnt, 5.0)
    optimizer.step()
    return done, parts


def follow_all(average, network, step):
    """Moves averaged weights and statistics towards the current ones."""
    follow(average, network, step)
    for kept, new in zip(average.buffers(), network.buffers()):
        kept.copy_(new)


def run(rank, args, photos):
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    if args.processes > 1:
        meeting = f"file://{meeting_file(args)}"
        distributed.init_process_group("gloo", init_method=meeting, rank=rank, world_size=args.processes)
    network = start(args.start)
    average = copy.deepcopy(network)
    for p in network.parameters():
        p.grad = torch.zeros_like(p)
    optimizer = torch.optim.AdamW(groups(list(network.parameters())), lr=args.rate, betas=(0.9, 0.99))
    steps, minutes = max(60, int(args.steps * args.fraction)), args.minutes and args.minutes * args.fraction
    numbers = Numbers(rank, args.processes)
    loader = DataLoader(photos.maker, batch_sampler=numbers, num_workers=1, collate_fn=collate, prefetch_factor=6)
    began, sums, done = time.time(), np.zeros(5), 0.0
    for step, (crops, *wanted) in enumerate(loader):
        for group in optimizer.param_groups:
            group["lr"] = rate_at(step, done, args.rate)
        so_far = (time.time() - began) / 60 / minutes if minutes else (step + 1) / steps
        done, parts = improve(network, optimizer, crops, wanted, so_far)
        follow_all(average, network, step)
        sums += (*parts, 1)
        if rank == 0 and (step + 1) % 50 == 0:
            print(step + 1, (sums[:4] / sums[4]).round(4), f"{time.time() - began:.0f} s", flush=True)
            sums[:] = 0
        if rank == 0 and ((step + 1) % args.check_every == 0 or done >= 1):
            report(average, photos, step + 1, time.time() - began, args.out)
        if done >= 1:
            return


def report(average, photos, step, seconds, out):
    torch.save(average.state_dict(), out / "last.pt")
    row = {"step": step, "seconds": round(seconds), **figures(average, photos.dev, photos.proposals, photos.pixels)}
    print(json.dumps(row), flush=True)
    with (out / "log.jsonl").open("a") as log:
        print(json.dumps(row), file=log)


def main():
    args = options()
    args.out.mkdir(parents=True, exist_ok=True)
    cv2.setNumThreads(1)
    photos = Photos(args)
    if args.processes == 1:
        return run(0, args, photos)
    meeting_file(args).unlink(missing_ok=True)
    multiprocessing.start_processes(run, (args, photos), args.processes, start_method="fork")


if __name__ == "__main__":
    main()
