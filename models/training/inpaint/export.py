"""Writes the trained network as ONNX and checks the file. `python3 export.py best.pt darkroom-inpaint.onnx`"""

import torch

from checkpoints import load
from network import Exported, Inpainter
from onnx_file import arguments, described, difference, session, write
from unet import STRIDE

# Largest difference, in 0..1, between the network and the file on random pictures: half a level of brightness.
TOLERANCE = 0.002
SIDES = ((256, 256), (64, 192), (512, 384))


def example(height, width):
    """A random picture, a third of it hole."""
    return {"image": torch.rand(1, 3, height, width), "mask": (torch.rand(1, 1, height, width) > 0.7).float()}


def main():
    args = arguments(__doc__)
    network = Exported(load(Inpainter(), args.checkpoint)).eval()
    write(network, example(4 * STRIDE, 6 * STRIDE), "filled", args.file)
    opened = session(args.file)
    worst = max(difference(network, opened, example(*sides)) for sides in SIDES)
    print(described(args.file, worst, TOLERANCE))


if __name__ == "__main__":
    main()
