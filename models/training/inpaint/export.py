"""Writes the trained network as ONNX and checks the file. `python3 export.py best.pt darkroom-inpaint.onnx`"""

import argparse
import hashlib
import inspect
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper

from network import STRIDE, Exported, Inpainter

OPSET = 13
# Largest difference, in 0..1, between the network and the file on random pictures: half a level of brightness.
TOLERANCE = 0.002
SIDES = ((256, 256), (64, 192), (512, 384))


def write(network, path):
    axes = {0: "N", 2: "H", 3: "W"}
    # Newer PyTorch has a second exporter as default; only the first knows every version that this runs with.
    older = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    example = torch.rand(1, 3, 4 * STRIDE, 6 * STRIDE), torch.zeros(1, 1, 4 * STRIDE, 6 * STRIDE)
    torch.onnx.export(
        Exported(network), example, str(path), input_names=["image", "mask"], output_names=["filled"],
        dynamic_axes={name: axes for name in ("image", "mask", "filled")}, opset_version=OPSET, **older,
    )
    model = onnx.load(str(path))
    halve(model.graph)
    # Neither paths nor line numbers of the machine that wrote it belong in the file.
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def halve(graph):
    """Stores the convolutions' weights as float16; a Cast, which the runtime folds when it loads, makes them float32."""
    casts = []
    for tensor in graph.initializer:
        if len(tensor.dims) != 4:
            continue
        name, values = tensor.name, numpy_helper.to_array(tensor).astype(np.float16)
        tensor.CopyFrom(numpy_helper.from_array(values, name + ".half"))
        casts.append(helper.make_node("Cast", [tensor.name], [name], name=name + ".cast", to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)


def difference(network, path):
    """Largest absolute difference over SIDES."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    worst = 0.0
    for height, width in SIDES:
        image, mask = torch.rand(1, 3, height, width), (torch.rand(1, 1, height, width) > 0.7).float()
        with torch.no_grad():
            expected = Exported(network)(image, mask).numpy()
        answer = session.run(None, {"image": image.numpy(), "mask": mask.numpy()})[0]
        worst = max(worst, float(np.abs(answer - expected).max()))
    return worst


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("file", type=Path)
    args = parser.parse_args()
    network = Inpainter()
    network.load_state_dict(torch.load(args.checkpoint, map_location="cpu"))
    network.eval()
    write(network, args.file)
    worst = difference(network, args.file)
    if worst > TOLERANCE:
        raise SystemExit(f"{args.file} differs from the network by {worst:.5f}")
    content = args.file.read_bytes()
    print(f"{args.file}: {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}, off by {worst:.6f} at most")


if __name__ == "__main__":
    main()
