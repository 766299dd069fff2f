"""Writes the network that finds marks as ONNX and checks the file. `python3 export_marks.py best.pt darkroom-marks.onnx`

Prints what the manifest says of it: bytes, hash and the numbers of its self-test.
"""

import torch

from checkpoints import load
from mark_network import Exported, MarkFinder
from onnx_file import arguments, described, difference, session, write
from selftest import chosen, feed

# Largest difference of a probability between the network and the file.
TOLERANCE = 0.01
SHAPE = (1, 3, 64, 96)


def main():
    args = arguments(__doc__)
    network = Exported(load(MarkFinder(), args.checkpoint)).eval()
    write(network, {"image": torch.rand(SHAPE)}, "marked", args.file)
    opened = session(args.file)
    # Far beyond what pictures hold: noise within it is no mark, and says nothing.
    image = 10 * feed(SHAPE, 0) - 5
    print(described(args.file, difference(network, opened, {"image": torch.from_numpy(image)}), TOLERANCE))
    print(chosen(opened.run(None, {"image": image})[0], 0.2, 0.8))


if __name__ == "__main__":
    main()
