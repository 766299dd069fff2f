"""What is compared: (picture uint8 [H,W,3], mask uint8 of 0 and 1) → the filled picture, uint8."""

import cv2
import numpy as np
import onnxruntime
import torch

from diffuse import diffuse_exactly

# Pixels, as in OpenCV's examples.
RADIUS = 3


def diffusion(image, mask):
    """As operators/inpaint/classic/diffuse.ts gives it, rounded to bytes: what the network starts from."""
    tensors = torch.from_numpy(image).permute(2, 0, 1)[None].float(), torch.from_numpy(mask)[None, None].float()
    return diffuse_exactly(*tensors)[0].permute(1, 2, 0).round().clamp(0, 255).byte().numpy()


def telea(image, mask):
    return cv2.inpaint(image, mask * 255, RADIUS, cv2.INPAINT_TELEA)


def navier_stokes(image, mask):
    return cv2.inpaint(image, mask * 255, RADIUS, cv2.INPAINT_NS)


class Ours:
    def __init__(self, file):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(file), options, ["CPUExecutionProvider"])

    def __call__(self, smooth, mask):
        """smooth: what `diffusion` gave."""
        feeds = {
            "image": smooth.transpose(2, 0, 1)[None].astype(np.float32) / 255,
            "mask": mask[None, None].astype(np.float32),
        }
        return (self.session.run(None, feeds)[0][0].transpose(1, 2, 0) * 255).round().astype(np.uint8)
