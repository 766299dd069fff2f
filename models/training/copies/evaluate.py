"""Top-1 and recall at 1e-3 false positives on pictures of sources that training never saw.

`python3 evaluate.py --photos P --plates P --inpaint P --copies P --model FILE.onnx [--model FILE.onnx:OUTPUT …]`

A checkpoint (FILE.pt) runs at any `--side`. `--held SEED` takes the pictures that the run of this seed held back: choices
are made on those.
"""

import argparse
import json

import numpy as np
import onnxruntime
import torch

from embedder import SIDE, Embedder
from measure import edit_set, embed, figures
from pictures import measured, split, trained


class Model:
    """Any ONNX file that takes RGB 0..1, squeezed to SIDE, channels first or last."""

    def __init__(self, name):
        path, _, output = name.partition(":")
        self.name = name
        self.session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        self.input = self.session.get_inputs()[0]
        self.output = output or self.session.get_outputs()[0].name

    def embed(self, images):
        last = self.input.shape[-1] == 3
        rows = []
        for image in images:
            feed = image[None].astype(np.float32) / 255
            feed = np.ascontiguousarray(feed.transpose(0, 2, 3, 1)) if last else feed
            rows.append(self.session.run([self.output], {self.input.name: feed})[0].ravel())
        rows = np.stack(rows)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class Checkpoint:
    """Weights as train.py saves them."""

    def __init__(self, name):
        self.name = name
        self.network = Embedder()
        self.network.load_state_dict(torch.load(name, map_location="cpu"))
        self.network.eval()

    def embed(self, images):
        return embed(self.network, images)


def main():
    parser = argparse.ArgumentParser()
    for name in ("photos", "plates", "inpaint", "copies"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--model", action="append", required=True)
    parser.add_argument("--side", type=int, default=SIDE)
    parser.add_argument("--held", type=int)
    args = parser.parse_args()
    if args.held is None:
        pictures = measured(args.photos, args.plates, args.inpaint, args.copies)
    else:
        pictures = split(trained(args.photos, args.plates), args.held)[1]
    references, queries, names = edit_set(pictures, args.side)
    for name in args.model:
        model = Checkpoint(name) if name.endswith(".pt") else Model(name)
        found = figures(model.embed(references), model.embed(queries), names)
        print(json.dumps({"model": name, "side": args.side} | found))


if __name__ == "__main__":
    main()
