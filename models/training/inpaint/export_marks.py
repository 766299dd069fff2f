"""Writes the network that finds marks as ONNX and checks the file. `python3 export_marks.py best.pt darkroom-marks.onnx`

Prints what the manifest says of it: bytes, hash and the numbers of its self-test.
"""

import argparse
import hashlib
import inspect
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch

from export import OPSET, TOLERANCE, halve
from mark_network import STRIDE, Exported, MarkFinder
from selftest import COUNT, feed

SHAPE = (1, 3, 64, 96)


def write(network, path):
    axes = {0: "N", 2: "H", 3: "W"}
    older = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    torch.onnx.export(
        network, torch.rand(1, 3, 4 * STRIDE, 6 * STRIDE), str(path), input_names=["image"], output_names=["marked"],
        dynamic_axes={"image": axes, "marked": axes}, opset_version=OPSET, **older,
    )
    model = onnx.load(str(path))
    halve(model.graph)
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("file", type=Path)
    args = parser.parse_args()
    network = MarkFinder()
    network.load_state_dict(torch.load(args.checkpoint, map_location="cpu"))
    network = Exported(network).eval()
    write(network, args.file)
    session = onnxruntime.InferenceSession(str(args.file), providers=["CPUExecutionProvider"])
    # Far beyond what pictures hold: noise within it is no mark, and says nothing.
    image = (10 * feed(SHAPE, 0) - 5).astype(np.float32)
    answer = session.run(None, {"image": image})[0]
    with torch.no_grad():
        worst = float(np.abs(answer - network(torch.from_numpy(image)).numpy()).max())
    if worst > 5 * TOLERANCE:
        raise SystemExit(f"{args.file} differs from the network by {worst:.5f}")
    flat, content = answer.reshape(-1), args.file.read_bytes()
    inside = np.flatnonzero((flat > 0.2) & (flat < 0.8))
    chosen = inside[len(inside) // (2 * COUNT) :: len(inside) // COUNT][:COUNT]
    print(f"bytes {len(content)}, sha256 {hashlib.sha256(content).hexdigest()}, off by {worst:.6f} at most")
    print("dims", list(answer.shape), "at", json.dumps([[int(i), round(float(flat[i]), 4)] for i in chosen]))


if __name__ == "__main__":
    main()
