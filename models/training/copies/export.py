"""Writes the embedding as ONNX, checks the file against the network, and prints what the manifest says of it.

`python3 export.py best.pt darkroom-copies.onnx`
"""

import hashlib
import inspect
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch

from embedder import SIDE, Embedder

OPSET = 13
TOLERANCE = 1e-4
# Of the manifest's feed: element k is frac(sin(12.9898 (k + 1) + 78.233) · 43758.5453), in doubles.
SHOWN = 8


def write(model, path):
    older = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    torch.onnx.export(
        model, torch.rand(2, 3, SIDE, SIDE), str(path), input_names=["images"], output_names=["embedding"],
        dynamic_axes={"images": {0: "N"}, "embedding": {0: "N"}}, opset_version=OPSET, do_constant_folding=True, **older,
    )
    file = onnx.load(str(path))
    for node in file.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    onnx.checker.check_model(file)
    onnx.save(file, str(path))


def golden(session):
    k = np.arange(3 * SIDE * SIDE, dtype=np.float64)
    wave = np.sin(12.9898 * (k + 1) + 78.233) * 43758.5453
    feed = (wave - np.floor(wave)).astype(np.float32).reshape(1, 3, SIDE, SIDE)
    values = session.run(None, {"images": feed})[0].ravel()
    places = np.linspace(5, len(values) - 5, SHOWN).astype(int)
    return [[int(i), float(f"{values[i]:.6g}")] for i in places]


def main():
    checkpoint, path = sys.argv[1], Path(sys.argv[2])
    model = Embedder()
    model.load_state_dict(torch.load(checkpoint, map_location="cpu"))
    write(model.eval(), path)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    images = torch.rand(3, 3, SIDE, SIDE)
    with torch.no_grad():
        worst = np.abs(model(images).numpy() - session.run(None, {"images": images.numpy()})[0]).max()
    if worst > TOLERANCE:
        raise SystemExit(f"{path} differs from the network by {worst:.6f}")
    content = path.read_bytes()
    print(json.dumps({"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), "at": golden(session)}))


if __name__ == "__main__":
    main()
