"""Trains the plate detector. `python3 train.py --plates DIR --photos DIR --start yolox_nano.onnx --out DIR`"""

import argparse
import copy
import time
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.distributed as distributed
import torch.multiprocessing as multiprocessing
from torch.utils.data import DataLoader

from check import Checker
from initial import start_from
from labels import CORNERS, TRAINED, VALIDATED, read_backgrounds, read_photos, split
from loss import loss
from network import PlateDetector
from scenes import SceneMaker
from schedule import Schedule, rate_at

# Of the trained photos, by origin: they choose the best weights.
DEV_SHARE = 0.08
# Of the validation photos, during training; they are looked at, and choose nothing.
WATCHED_SHARE = 0.34
# Background photos that stay out of training, to count false alarms on.
BACKGROUND_SHARE = 0.2


def options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plates", type=Path, required=True, help="folder with labels.jsonl")
    parser.add_argument("--photos", type=Path, required=True, help="folder with manifest.jsonl: photos without plates")
    parser.add_argument("--start", type=Path, help="YOLOX-nano ONNX or a checkpoint to start from; none: from nothing")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=9000)
    parser.add_argument("--minutes", type=float, help="follow the clock instead of --steps, on a machine that others use")
    parser.add_argument("--fraction", type=float, default=1.0, help="share of photos and steps")
    parser.add_argument("--rate", type=float, default=6e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2, help="that share each step's scenes, one thread each")
    parser.add_argument("--check-every", type=int, default=500, help="steps between looks at the held back photos")
    parser.add_argument("--late", action="store_true", help="the largest pictures only, to go on from a checkpoint")
    return parser.parse_args()


class Photos:
    """All that is read once, before the processes part ways, so that they share one copy of the pixels."""

    def __init__(self, args):
        self.pixels = lru_cache(None)(lambda file: cv2.imread(str(file)))
        self.train, self.dev = split(thin(read_photos(args.plates, TRAINED), args.fraction), DEV_SHARE)
        self.backgrounds = split(thin(read_backgrounds(args.photos), args.fraction), BACKGROUND_SHARE)[0]
        watch = lambda sources: thin(read_photos(args.plates, sources), args.fraction * WATCHED_SHARE)
        self.watched = {"validation": watch(VALIDATED), "corners": watch(CORNERS)}
        for photo in self.train + self.backgrounds:
            self.read(photo)

    def read(self, photo):
        return self.pixels(photo.file)


def thin(photos, fraction):
    return photos[:: max(1, round(1 / fraction))]


class Scenes:
    """Training scenes by (number, side), for a loader's worker."""

    def __init__(self, maker):
        self.maker = maker

    def __getitem__(self, key):
        return self.maker.make(*key)


def collate(scenes):
    images = np.stack([scene.image for scene in scenes])
    rows = [
        (torch.from_numpy(s.quads.reshape(-1, 8).astype(np.float32)), torch.from_numpy(s.exact), torch.from_numpy(s.ignored))
        for s in scenes
    ]
    return torch.from_numpy(images), rows


def load(photos, schedule, seed):
    return DataLoader(
        Scenes(SceneMaker(photos.train, photos.backgrounds, seed, photos.read)), batch_sampler=schedule, num_workers=1,
        collate_fn=collate, prefetch_factor=4,
    )


def start(path):
    detector = PlateDetector()
    if path and path.suffix == ".onnx":
        start_from(detector, path)
    elif path:
        detector.load_state_dict(torch.load(path, map_location="cpu"))
    if path:
        # Edges and colours are learnt already, and cost a quarter of the time at their resolution.
        detector.body.stem.requires_grad_(False)
        detector.body.stage4.requires_grad_(False)
    return detector.to(memory_format=torch.channels_last)


def groups(learnt):
    """Weights decay, biases do not."""
    weights, biases = [p for p in learnt if p.ndim > 1], [p for p in learnt if p.ndim == 1]
    return [{"params": weights, "weight_decay": 0.02}, {"params": biases, "weight_decay": 0}]


def share_gradients(learnt, done):
    """Averages the gradients over all processes, and how much of the training they think is done."""
    if not distributed.is_initialized():
        return done
    flat = torch.cat([p.grad.reshape(-1) for p in learnt] + [torch.tensor([float(done)])])
    distributed.all_reduce(flat)
    flat /= distributed.get_world_size()
    for p, part in zip(learnt, flat[:-1].split([p.numel() for p in learnt])):
        p.grad.copy_(part.view_as(p))
    return float(flat[-1])


@torch.no_grad()
def follow(average, detector, step):
    """Moves the averaged weights towards the current ones."""
    share = min(0.998, (1 + step) / (10 + step))
    for kept, new in zip(average.parameters(), detector.parameters()):
        kept.lerp_(new, 1 - share)


def cost_of(detector, images, rows):
    x = (images.flip(3).permute(0, 3, 1, 2).float() / 255).contiguous(memory_format=torch.channels_last)
    with torch.autocast("cpu", torch.bfloat16):
        scores, corners = detector(x)
    return loss(scores.float(), corners.float(), rows, images.shape[1])


def meeting_file(args):
    """Through which the processes find each other; no port that another training may hold."""
    return (args.out / "processes").resolve()


def run(rank, args, photos):
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    if args.processes > 1:
        meeting = f"file://{meeting_file(args)}"
        distributed.init_process_group("gloo", init_method=meeting, rank=rank, world_size=args.processes)
    detector = start(args.start)
    average = copy.deepcopy(detector)
    learnt = [p for p in detector.parameters() if p.requires_grad]
    for p in learnt:
        p.grad = torch.zeros_like(p)  # a batch without plates gives the corners none
    optimizer = torch.optim.AdamW(groups(learnt), lr=args.rate, betas=(0.9, 0.99))
    steps = max(60, int(args.steps * args.fraction))
    schedule = Schedule(steps, args.minutes and args.minutes * args.fraction, args.late, rank, args.processes)
    check = Checker(args.out, photos.dev, photos.watched, photos.read) if rank == 0 else lambda *_: None
    began, sums, done = time.time(), np.zeros(4), 0.0
    for step, (images, rows) in enumerate(load(photos, schedule, args.seed)):
        cost, parts = cost_of(detector, images, rows)
        optimizer.zero_grad(set_to_none=False)
        cost.backward()
        done = share_gradients(learnt, schedule.done(step + 1))
        torch.nn.utils.clip_grad_norm_(learnt, 5.0)
        for group in optimizer.param_groups:
            group["lr"] = rate_at(step, done, args.rate)
        optimizer.step()
        follow(average, detector, step)
        sums += (*parts, 1)
        if rank == 0 and (step + 1) % 50 == 0:
            print(step + 1, images.shape[1], (sums[:3] / sums[3]).round(3), f"{time.time() - began:.0f} s", flush=True)
            sums[:] = 0
        if (step + 1) % args.check_every == 0 or done >= 1:
            check(average, step + 1)
        if done >= 1:
            return


def main():
    args = options()
    args.out.mkdir(parents=True, exist_ok=True)
    cv2.setNumThreads(1)
    photos = Photos(args)
    counts = len(photos.train), len(photos.dev), len(photos.backgrounds)
    print("%d photos to train on, %d held back, %d without plates" % counts, flush=True)
    if args.processes == 1:
        return run(0, args, photos)
    meeting_file(args).unlink(missing_ok=True)
    multiprocessing.start_processes(run, (args, photos), args.processes, start_method="fork")


if __name__ == "__main__":
    main()
