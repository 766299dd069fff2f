"""Trains the inpainting network. `python3 train.py --photos DIR --out DIR --minutes 60`"""

import torch

from check import Checker
from crops import Crops
from diffuse import diffuse
from loss import loss
from network import Inpainter
from photos import read_photos, split
from schedule import Schedule
from training import parser, prepare, reader, to_input, train


def options():
    more = parser(__doc__, rate=8e-4, check_every=500)
    more.add_argument("--steps", type=int, default=20000)
    more.add_argument("--minutes", type=float, help="follow the clock instead of --steps, on a machine that others use")
    more.add_argument("--fraction", type=float, default=1.0, help="share of photos and steps")
    return more.parse_args()


def cost_of(network, image, mask):
    """uint8 crops and masks → the cost, and its parts."""
    truth, mask = to_input(image), mask[:, None].float()
    smooth = diffuse(truth, mask)
    with torch.autocast("cpu", torch.bfloat16):
        filled = network(smooth, mask)
    return loss(filled.float(), truth, mask)


def main():
    args = options()
    prepare(args)
    trained, held_back = split(read_photos(args.photos))
    trained, read = trained[:: max(1, round(1 / args.fraction))], reader()
    for photo in trained:
        read(photo.file)
    print(f"{len(trained)} photos to train on, {len(held_back)} held back", flush=True)
    schedule = Schedule(max(20, int(args.steps * args.fraction)), args.minutes, args.late)
    train(Inpainter(), cost_of, Crops(trained, args.seed, read), schedule, Checker(args.out, held_back), args)


if __name__ == "__main__":
    main()
