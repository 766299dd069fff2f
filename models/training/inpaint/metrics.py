"""How far a filled picture is from the truth. Pictures are float32 [H,W,3] in 0..1, masks bool [H,W]."""

import cv2
import numpy as np
import onnx
import onnxruntime

# Of MobileNetV2: the last activation of each resolution but the smallest.
TAPS = ("Clip 104", "Clip 160", "Clip 249", "Clip 460")


def psnr(filled, truth, mask):
    """Decibels inside the hole: outside, every engine leaves the picture as it is."""
    return -10 * np.log10(((filled - truth)[mask] ** 2).mean() + 1e-6)


def ssim(filled, truth, mask):
    """Structural similarity of the luma inside the hole (Wang et al. 2004; Gaussian window, 1.5 pixels)."""
    a, b = (cv2.cvtColor(x, cv2.COLOR_RGB2GRAY) for x in (filled, truth))
    blur = lambda x: cv2.GaussianBlur(x, (11, 11), 1.5)
    mean_a, mean_b = blur(a), blur(b)
    spread = blur(a * a) - mean_a**2 + blur(b * b) - mean_b**2
    shared = blur(a * b) - mean_a * mean_b
    c1, c2 = 0.01**2, 0.03**2
    map_ = (2 * mean_a * mean_b + c1) * (2 * shared + c2) / ((mean_a**2 + mean_b**2 + c1) * (spread + c2))
    return map_[mask].mean()


class Perceptual:
    """Distance of deep features, as LPIPS (Zhang et al., arXiv 1801.03924) without learned weights, of the whole picture.

    The network is nsfwjs 4.3.0's MobileNetV2 (MIT) as the manifest's `nsfwjs-mobilenet-v2-mid` makes an ONNX file of it: its
    features are those of ImageNet, it never took part in the training, and every install can have it.
    """

    def __init__(self, file):
        model = onnx.load(str(file))
        needed, kept = set(TAPS), []
        for node in reversed(model.graph.node):
            if needed & set(node.output):
                kept.append(node)
                needed |= set(node.input)
        del model.graph.node[:], model.graph.output[:]
        model.graph.node.extend(reversed(kept))
        for name, axis in zip("NHW", model.graph.input[0].type.tensor_type.shape.dim):
            axis.dim_param = name
        model.graph.output.extend(onnx.helper.make_tensor_value_info(tap, onnx.TensorProto.FLOAT, None) for tap in TAPS)
        quiet = onnxruntime.SessionOptions()
        quiet.log_severity_level, quiet.intra_op_num_threads = 3, 1
        self.session = onnxruntime.InferenceSession(model.SerializeToString(), quiet, ["CPUExecutionProvider"])

    def features(self, picture):
        """Each tap's channels, scaled to length 1 at every place."""
        maps = self.session.run(None, {self.session.get_inputs()[0].name: picture[None].astype(np.float32)})
        return [x / (np.linalg.norm(x, axis=3, keepdims=True) + 1e-6) for x in maps]

    def __call__(self, filled, truth):
        pairs = zip(self.features(filled), self.features(truth))
        return np.mean([((a - b) ** 2).sum(3).mean() for a, b in pairs])
