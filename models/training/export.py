"""Writes trained weights as ONNX and checks the file against the network.

`python3 export.py best.pt darkroom-plates.onnx`, `python3 export.py --corners last.pt darkroom-plate-corners.onnx`
"""

import argparse
import hashlib
import inspect
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
import torch

import corner_network
import network
from crops import HEIGHT, WIDTH
from detect import session

OPSET = 13
# Largest difference, in pixels, between the network and the file on random pictures.
TOLERANCE = 0.02


class Kind(NamedTuple):
    """What there is to export: the network, what the file computes, and its tensors."""

    network: type
    exported: type
    input: str
    output: str
    # Axes of any length.
    axes: dict
    # Of random pictures: the first shows the exporter the way, all are compared.
    shapes: tuple


DETECTOR = Kind(
    network.PlateDetector, network.Exported, "images", "quads",
    {"images": {0: "N", 2: "H", 3: "W"}, "quads": {0: "N", 1: "A"}},
    ((2, 3, 64, 96), (1, 3, 640, 640), (2, 3, 320, 448), (1, 3, 32, 96)),
)
CORNERS = Kind(
    corner_network.PlateCorners, corner_network.Exported, "crops", "plates", {"crops": {0: "N"}, "plates": {0: "N"}},
    ((2, 3, HEIGHT, WIDTH), (1, 3, HEIGHT, WIDTH), (7, 3, HEIGHT, WIDTH)),
)


def write(exported, kind, path):
    # Newer PyTorch has a second exporter as default; only the first knows every version that this runs with.
    older = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    torch.onnx.export(
        exported, torch.rand(*kind.shapes[0]), str(path), input_names=[kind.input], output_names=[kind.output],
        dynamic_axes=kind.axes, opset_version=OPSET, do_constant_folding=True, **older,
    )
    model = onnx.load(str(path))
    # Neither paths nor line numbers of the machine that wrote it belong in the file.
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def difference(exported, kind, path):
    """Largest absolute difference over all shapes."""
    model, worst = session(path), 0.0
    for shape in kind.shapes:
        images = torch.rand(*shape)
        with torch.no_grad():
            expected = exported(images).numpy()
        worst = max(worst, np.abs(model.run(None, {kind.input: images.numpy()})[0] - expected).max())
    return worst


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--corners", action="store_true", help="the checkpoint is of train_corners.py")
    args = parser.parse_args()
    kind = CORNERS if args.corners else DETECTOR
    trained = kind.network()
    trained.load_state_dict(torch.load(args.checkpoint, map_location="cpu"))
    exported = kind.exported(trained).eval()
    write(exported, kind, args.file)
    worst = difference(exported, kind, args.file)
    if worst > TOLERANCE:
        raise SystemExit(f"{args.file} differs from the network by {worst:.4f} px")
    content = args.file.read_bytes()
    print(f"{args.file}: {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}, off by {worst:.5f} px at most")


if __name__ == "__main__":
    main()
