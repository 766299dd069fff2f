"""Starts the body from YOLOX-nano's COCO weights (opencv/opencv_zoo, Apache-2.0)."""

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn


def convolutions(path):
    """Weight and bias of each convolution, in the order the graph runs them."""
    graph = onnx.load(path).graph
    values = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    return [(values[n.input[1]].copy(), values[n.input[2]].copy()) for n in graph.node if n.op_type == "Conv"]


def start_from(detector, path):
    """Copies the body and the heads' towers; only the two output layers of each head stay as they were made."""
    source = convolutions(path)
    body = [m for m in detector.body.modules() if isinstance(m, nn.Conv2d)]
    copy(body[0], stem(source[0][0]), source[0][1])
    for layer, (weight, bias) in zip(body[1:], source[1 : len(body)]):
        copy(layer, weight, bias)
    rest = source[len(body) :]
    per_head = 12  # stem, 4 of the class tower, class, 4 of the box tower, box, objectness
    for index, head in enumerate(detector.heads):
        part = rest[index * per_head : (index + 1) * per_head]
        copy(head.stem.conv, *part[0])
        # Objectness hangs on the box tower there, so both towers start from it: it is the one that knows edges.
        for tower in (head.score, head.corners):
            layers = [m for m in tower.modules() if isinstance(m, nn.Conv2d)]
            for layer, (weight, bias) in zip(layers, part[6:10]):
                copy(layer, weight, bias)


def stem(weight):
    """YOLOX's 2×2 space-to-depth and 3×3 convolution as one 6×6 of stride 2; BGR 0..255 becomes RGB 0..1."""
    merged = np.zeros((weight.shape[0], 3, 6, 6), np.float32)
    # The slices are top-left, bottom-left, top-right, bottom-right.
    for part, (dy, dx) in enumerate(((0, 0), (1, 0), (0, 1), (1, 1))):
        merged[:, :, dy::2, dx::2] = weight[:, part * 3 : part * 3 + 3]
    return merged[:, ::-1].copy() * 255


def copy(layer, weight, bias):
    if tuple(layer.weight.shape) != weight.shape:
        raise ValueError(f"Expected a weight of {tuple(layer.weight.shape)}, the file has {weight.shape}")
    layer.weight.data = torch.from_numpy(weight)
    layer.bias.data = torch.from_numpy(bias)
