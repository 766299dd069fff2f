"""What the corner network sees of a photo: an upright part around a proposed quad, as operators/cover-plates cuts it."""

import cv2
import numpy as np

from geometry import width_height

# Pixels of a crop.
WIDTH, HEIGHT = 160, 80
# How much of the photo it shows, in lengths of the proposal: along its text and across.
ALONG, ACROSS = 2.0, 1.6


def frames(quads):
    """Similarities [n,3,3] from the photo to the crop around each quad [n,4,2]: turned as its text, in its middle."""
    middle = quads.mean(1)
    along = (quads[:, 1] - quads[:, 0] + quads[:, 2] - quads[:, 3]) / 2
    along[(along == 0).all(1)] = [1, 0]
    length = np.linalg.norm(along, axis=1)
    wide, high = width_height(quads)
    scale = np.minimum(WIDTH / (ALONG * np.maximum(wide, 1)), HEIGHT / (ACROSS * np.maximum(high, 1)))
    c, s = along[:, 0] / length * scale, along[:, 1] / length * scale
    out = np.zeros((len(quads), 3, 3))
    out[:, 0, 0], out[:, 0, 1], out[:, 1, 0], out[:, 1, 1], out[:, 2, 2] = c, s, -s, c, 1
    out[:, :2, 2] = [WIDTH / 2, HEIGHT / 2] - np.einsum("nij,nj->ni", out[:, :2, :2], middle)
    return out


def cut(image, matrix):
    """The crop of a homography photo → crop, BGR uint8, black beyond the photo. A larger photo is shrunk by area first."""
    step = int(1 / max(np.sqrt(abs(np.linalg.det(matrix[:2, :2] / matrix[2, 2]))), 1e-6))
    shift = lambda by: np.array([[1, 0, by], [0, 1, by], [0, 0, 1.0]])
    h, w = image.shape[:2]
    if step > 1:
        image = cv2.resize(image, (-(-w // step), -(-h // step)), interpolation=cv2.INTER_AREA)
        matrix = matrix @ np.diag([w / image.shape[1], h / image.shape[0], 1.0])
    # Pixel centres lie at .5 in the matrix and at whole numbers in OpenCV.
    return cv2.warpPerspective(image, shift(-0.5) @ matrix @ shift(0.5), (WIDTH, HEIGHT))
