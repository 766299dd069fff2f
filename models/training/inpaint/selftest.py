"""Prints what the manifest says of the file: bytes, hash and the numbers of its self-test. `python3 selftest.py FILE`"""

import argparse
import json
from pathlib import Path

import numpy as np

from onnx_file import identity, session

SHAPES = {"image": (1, 3, 64, 96), "mask": (1, 1, 64, 96)}
COUNT = 8


def feed(dims, index):
    """The noise of models/golden.ts, in 0..1."""
    k = np.arange(np.prod(dims), dtype=np.float64)
    noise = np.sin(12.9898 * (k + 1) + 78.233 * (index + 1)) * 43758.5453
    return (noise - np.floor(noise)).reshape(dims).astype(np.float32)


def chosen(answer, least, most):
    """Its shape, and some values between least and most with their places."""
    flat = answer.reshape(-1)
    inside = np.flatnonzero((flat > least) & (flat < most))
    places = inside[len(inside) // (2 * COUNT) :: len(inside) // COUNT][:COUNT]
    return f"dims {list(answer.shape)} at {json.dumps([[int(i), round(float(flat[i]), 4)] for i in places])}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    path = parser.parse_args().file
    filled = session(path).run(None, {name: feed(dims, i) for i, (name, dims) in enumerate(SHAPES.items())})[0]
    print(identity(path))
    # Values that the cut to 0..1 left alone.
    print(chosen(filled, 0.05, 0.95))


if __name__ == "__main__":
    main()
