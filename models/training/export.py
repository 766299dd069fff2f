"""Writes the trained detector as ONNX and checks it against the network. `python3 export.py best.pt darkroom-plates.onnx`"""

import argparse
import hashlib
import inspect
from pathlib import Path

import numpy as np
import onnx
import torch

from detect import session
from network import Exported, PlateDetector

OPSET = 13
# Largest difference, in pixels, between the network and the file on random pictures.
TOLERANCE = 0.02
SHAPES = ((1, 640, 640), (2, 320, 448), (1, 32, 96))


def write(detector, path):
    names = {"images": {0: "N", 2: "H", 3: "W"}, "quads": {0: "N", 1: "A"}}
    # Newer PyTorch has a second exporter as default; only the first knows every version that this runs with.
    older = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    torch.onnx.export(
        Exported(detector), torch.rand(2, 3, 64, 96), str(path), input_names=["images"], output_names=["quads"],
        dynamic_axes=names, opset_version=OPSET, do_constant_folding=True, **older,
    )
    model = onnx.load(str(path))
    # Neither paths nor line numbers of the machine that wrote it belong in the file.
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def difference(detector, path):
    """Largest absolute difference over SHAPES."""
    model, exported = session(path), Exported(detector)
    worst = 0.0
    for count, height, width in SHAPES:
        images = torch.rand(count, 3, height, width)
        with torch.no_grad():
            expected = exported(images).numpy()
        worst = max(worst, np.abs(model.run(None, {"images": images.numpy()})[0] - expected).max())
    return worst


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("file", type=Path)
    args = parser.parse_args()
    detector = PlateDetector()
    detector.load_state_dict(torch.load(args.checkpoint, map_location="cpu"))
    detector.eval()
    write(detector, args.file)
    worst = difference(detector, args.file)
    if worst > TOLERANCE:
        raise SystemExit(f"{args.file} differs from the network by {worst:.4f} px")
    content = args.file.read_bytes()
    print(f"{args.file}: {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}, off by {worst:.5f} px at most")


if __name__ == "__main__":
    main()
