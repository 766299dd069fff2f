"""Trains the network that finds marks. `python3 train_marks.py --photos DIR --plates DIR --out DIR --minutes 60`"""

import json
from pathlib import Path

import torch

from mark_check import Checker
from mark_loss import mark_loss
from mark_network import MarkFinder
from mark_scenes import Scenes
from photos import read_photos, split
from schedule import Schedule
from training import parser, prepare, reader, to_input, train

# Photos of vehicles show text that is part of the scene; of these, sources with a stated licence.
PLATE_SOURCES = ("rf_experiment", "cn_easypr", "openimages_rf", "ro_robertlucian")
PLATES_KEPT = 4  # every fourth


def options():
    more = parser(__doc__, rate=2e-3, check_every=400)
    more.add_argument("--plates", type=Path, required=True, help="folder with labels.jsonl and img/")
    more.add_argument("--minutes", type=float, required=True)
    return more.parse_args()


def plates(folder):
    rows = [json.loads(row) for row in (folder / "labels.jsonl").read_text().splitlines()]
    return [folder / "img" / Path(row["file"]).name for row in rows if row["source"] in PLATE_SOURCES][::PLATES_KEPT]


def cost_of(network, image, seen):
    """uint8 pictures and where their marks are → the cost, and the same to print."""
    with torch.autocast("cpu", torch.bfloat16):
        logits = network(to_input(image))
    cost = mark_loss(logits.float(), seen[:, None].float())
    return cost, [float(cost.detach())]


def main():
    args = options()
    prepare(args)
    trained, held_back = split(read_photos(args.photos))
    files = [photo.file for photo in trained] + plates(args.plates)
    print(f"{len(files)} pictures to train on, {len(held_back)} held back", flush=True)
    schedule = Schedule(1, args.minutes, args.late)
    train(MarkFinder(), cost_of, Scenes(files, args.seed, reader()), schedule, Checker(args.out, held_back), args)


if __name__ == "__main__":
    main()
