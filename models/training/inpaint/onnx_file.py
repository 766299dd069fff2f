"""How a trained network becomes an ONNX file, and what is said of that."""

import argparse
import hashlib
import inspect
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper

OPSET = 13
AXES = {0: "N", 2: "H", 3: "W"}  # of every input and output


def arguments(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("file", type=Path)
    return parser.parse_args()


def write(network, inputs, output, path):
    """inputs: an example [1,C,H,W] of each, by name."""
    # Newer PyTorch has a second exporter as default; only the first knows every version that this runs with.
    older = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    torch.onnx.export(
        network, tuple(inputs.values()), str(path), input_names=list(inputs), output_names=[output],
        dynamic_axes={name: AXES for name in (*inputs, output)}, opset_version=OPSET, **older,
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


def session(path):
    return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])


def difference(network, opened, inputs):
    """Largest absolute one between the network and the opened file; inputs: tensors by name."""
    with torch.no_grad():
        expected = network(*inputs.values()).numpy()
    answer = opened.run(None, {name: tensor.numpy() for name, tensor in inputs.items()})[0]
    return float(np.abs(answer - expected).max())


def described(path, worst, tolerance):
    """What the manifest says of the file; ends the command where it differs from the network by more than the tolerance."""
    if worst > tolerance:
        raise SystemExit(f"{path} differs from the network by {worst:.5f}")
    return f"{identity(path)}, off by {worst:.6f} at most"


def identity(path):
    content = path.read_bytes()
    return f"bytes {len(content)}, sha256 {hashlib.sha256(content).hexdigest()}"
