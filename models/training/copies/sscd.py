"""Turns SSCD, which Meta publishes as TorchScript, into the ONNX file that the manifest entry `sscd-disc-mixup` describes.

`python3 sscd.py sscd_disc_mixup.torchscript.pt sscd_disc_mixup.onnx`
"""

import inspect
import sys

import numpy as np
import onnx
import onnxruntime
import torch

SIDE = 320
NUMBERS = 512
OPSET = 17
TOLERANCE = 1e-3


def main():
    source, path = sys.argv[1:]
    model = torch.jit.load(source, map_location="cpu").eval()
    images = torch.rand(2, 3, SIDE, SIDE)
    with torch.no_grad():
        expected = model(images).numpy()
    if expected.shape != (len(images), NUMBERS):
        raise SystemExit(f"{source} gives {expected.shape[1:]} numbers a picture in place of {NUMBERS}: it is another network")
    older = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    torch.onnx.export(
        model, images, path, input_names=["images"], output_names=["embedding"],
        dynamic_axes={"images": {0: "N"}, "embedding": {0: "N"}}, opset_version=OPSET, **older,
    )
    onnx.checker.check_model(path)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    worst = np.abs(session.run(None, {"images": images.numpy()})[0] - expected).max()
    if worst > TOLERANCE:
        raise SystemExit(f"{path} differs from the network by {worst:.6f}")
    print(f"{path}: largest difference from the network {worst:.2g}")


if __name__ == "__main__":
    main()
