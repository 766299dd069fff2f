"""What people do to a picture before it is posted again. Pictures are uint8 BGR of any size."""

import math

import cv2
import numpy as np

FONTS = (cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_DUPLEX, cv2.FONT_HERSHEY_TRIPLEX, cv2.FONT_HERSHEY_SCRIPT_SIMPLEX)
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!?.,"


def color(rng):
    return tuple(int(v) for v in rng.integers(0, 256, 3))


def resize(image, scale):
    height, width = (max(8, round(n * scale)) for n in image.shape[:2])
    return cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)


def stretch(image, ratio):
    height, width = image.shape[:2]
    return cv2.resize(image, (max(8, round(width * ratio)), height), interpolation=cv2.INTER_AREA)


def jpeg(image, quality):
    return cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, int(quality)])[1], cv2.IMREAD_COLOR)


def blur(image, share):
    """Gaussian, sigma as a share of the longer side."""
    return cv2.GaussianBlur(image, (0, 0), max(0.3, share * max(image.shape[:2])))


def crop(image, rng, least, ratio=1.6):
    """A part of `least` to 1 of the area, its shape changed by up to `ratio`."""
    height, width = image.shape[:2]
    area = rng.uniform(least, 1)
    change = math.exp(rng.uniform(-math.log(ratio), math.log(ratio)) / 2)
    w = int(min(width, max(8, width * math.sqrt(area) * change)))
    h = int(min(height, max(8, height * math.sqrt(area) / change)))
    x, y = rng.integers(0, width - w + 1), rng.integers(0, height - h + 1)
    return image[y : y + h, x : x + w]


def flip(image):
    return image[:, ::-1]


def quarter(image, turns):
    return np.rot90(image, turns)


def tilt(image, degrees, rng):
    """Turned by less than a right angle; the corners that come free take one colour or the mirrored picture."""
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    border = cv2.BORDER_CONSTANT if rng.random() < 0.5 else cv2.BORDER_REFLECT
    return cv2.warpAffine(image, matrix, (width, height), borderMode=border, borderValue=color(rng))


def perspective(image, share, rng):
    height, width = image.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    moved = corners + rng.uniform(-share, share, (4, 2)).astype(np.float32) * (width, height)
    matrix = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    return cv2.warpPerspective(image, matrix, (width, height), borderValue=color(rng))


def light(image, rng, strength):
    """Brightness, contrast, saturation and hue; `strength` 0..1."""
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV).astype(np.float32)
    hsv[..., 0] = (hsv[..., 0] + rng.uniform(-18, 18) * strength) % 180
    hsv[..., 1] *= math.exp(rng.uniform(-0.9, 0.9) * strength)
    back = cv2.cvtColor(np.clip(hsv, 0, 255).astype(np.uint8), cv2.COLOR_HSV2BGR).astype(np.float32)
    gain, shift = math.exp(rng.uniform(-0.5, 0.5) * strength), rng.uniform(-50, 50) * strength
    return np.clip((back - 128) * gain + 128 + shift, 0, 255).astype(np.uint8)


def grayscale(image):
    return cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)


def noise(image, rng, sigma):
    return np.clip(image + rng.normal(0, sigma, image.shape), 0, 255).astype(np.uint8)


def pixelate(image, cells):
    height, width = image.shape[:2]
    scale = cells / max(height, width)
    small = cv2.resize(image, (max(2, int(width * scale)), max(2, int(height * scale))), interpolation=cv2.INTER_AREA)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST)


def words(rng, letters):
    return "".join(rng.choice(list(LETTERS), letters))


def text(image, rng, lines=1):
    image = image.copy()
    height, width = image.shape[:2]
    for _ in range(lines):
        scale = rng.uniform(0.4, 2.2) * width / 320
        place = (int(rng.uniform(-0.1, 0.6) * width), int(rng.uniform(0.1, 1) * height))
        thick = max(1, int(scale * rng.uniform(1, 4)))
        font = FONTS[rng.integers(len(FONTS))]
        if rng.random() < 0.6:
            cv2.putText(image, words(rng, 12), place, font, scale, color(rng), thick + 2, cv2.LINE_AA)
        cv2.putText(image, words(rng, rng.integers(4, 22)), place, font, scale, color(rng), thick, cv2.LINE_AA)
    return image


def shape(image, rng, share):
    """A sticker of one or two colours, `share` of the shorter side wide."""
    image = image.copy()
    height, width = image.shape[:2]
    radius = max(2, int(share * min(height, width) / 2))
    x, y = int(rng.uniform(0, width)), int(rng.uniform(0, height))
    kind = rng.integers(3)
    if kind == 0:
        cv2.circle(image, (x, y), radius, color(rng), -1, cv2.LINE_AA)
        for side in (-1, 1):
            cv2.circle(image, (x + side * radius // 3, y - radius // 4), max(1, radius // 7), color(rng), -1, cv2.LINE_AA)
        cv2.ellipse(image, (x, y), (radius // 2, radius // 2), 0, 20, 160, color(rng), max(1, radius // 8), cv2.LINE_AA)
    elif kind == 1:
        cv2.rectangle(image, (x - radius, y - radius // 2), (x + radius, y + radius // 2), color(rng), -1)
    else:
        points = rng.uniform(-radius, radius, (rng.integers(3, 8), 2)) + (x, y)
        cv2.fillPoly(image, [points.astype(np.int32)], color(rng), cv2.LINE_AA)
    return image


def over(image, other, rng, least=0.1, most=0.45):
    """`other` laid over a part of the picture, sometimes see-through."""
    image = image.copy()
    height, width = image.shape[:2]
    scale = math.sqrt(rng.uniform(least, most))
    h, w = max(4, int(height * scale)), max(4, int(width * scale))
    y, x = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
    patch = cv2.resize(other, (w, h), interpolation=cv2.INTER_AREA)
    alpha = rng.uniform(0.5, 1) if rng.random() < 0.4 else 1
    image[y : y + h, x : x + w] = (alpha * patch + (1 - alpha) * image[y : y + h, x : x + w]).astype(np.uint8)
    return image


def onto(image, other, rng, least=0.35):
    """The picture laid over another one, as a collage or a frame shows it."""
    height, width = image.shape[:2]
    scale = math.sqrt(rng.uniform(least, 0.9))
    wide = rng.uniform(0.8, 1.25)
    canvas = cv2.resize(other, (int(width / scale * wide), int(height / scale / wide)), interpolation=cv2.INTER_AREA)
    h, w = min(height, canvas.shape[0]), min(width, canvas.shape[1])
    y, x = rng.integers(0, canvas.shape[0] - h + 1), rng.integers(0, canvas.shape[1] - w + 1)
    canvas = canvas.copy()
    canvas[y : y + h, x : x + w] = cv2.resize(image, (w, h), interpolation=cv2.INTER_AREA)
    return canvas


def border(image, rng, most=0.25):
    height, width = image.shape[:2]
    top, bottom, left, right = (int(rng.uniform(0, most) * n) for n in (height, height, width, width))
    return cv2.copyMakeBorder(image, top, bottom, left, right, cv2.BORDER_CONSTANT, value=color(rng))


def screenshot(image, rng):
    """The picture in a page: bars, lines of text, round buttons."""
    height, width = image.shape[:2]
    page = np.full((int(height * rng.uniform(1.3, 2)), int(width * rng.uniform(1, 1.5)), 3), color(rng), np.uint8)
    if rng.random() < 0.6:
        page[:] = 250 if rng.random() < 0.6 else 20
    y, x = rng.integers(0, page.shape[0] - height + 1), rng.integers(0, page.shape[1] - width + 1)
    for row in range(8, page.shape[0], 18):
        cv2.putText(page, words(rng, 18), (6, row), cv2.FONT_HERSHEY_SIMPLEX, 0.4, color(rng), 1, cv2.LINE_AA)
    page[y : y + height, x : x + width] = image
    cv2.rectangle(page, (0, 0), (page.shape[1], max(6, page.shape[0] // 14)), color(rng), -1)
    return shape(page, rng, 0.08)


def meme(image, rng):
    """A band with writing above or below."""
    height, width = image.shape[:2]
    band = np.full((int(height * rng.uniform(0.12, 0.4)), width, 3), 255 if rng.random() < 0.7 else 0, np.uint8)
    cv2.putText(band, words(rng, 16), (4, band.shape[0] * 2 // 3), FONTS[0], width / 320, color(rng), 2, cv2.LINE_AA)
    return np.vstack((band, image) if rng.random() < 0.6 else (image, band))


def eleven(image, rng):
    """The edit set, by name."""
    return {
        "resize": resize(image, 0.4),
        "blur": blur(image, 0.008),
        "jpeg 20": jpeg(image, 20),
        "crop": crop(image, rng, 0.45, 1.3),
        "flip": flip(image),
        "turn 90": quarter(image, 1),
        "colour": light(image, rng, 1),
        "text": text(image, rng, 2),
        "logo": shape(image, rng, 0.35),
        "border": border(image, rng, 0.2),
        "screenshot": screenshot(image, rng),
    }


def of_each(pictures, seed=0):
    """Every picture with its eleven edits; the same ones in the same order from the same seed."""
    rng = np.random.default_rng(seed)
    for picture in pictures:
        image = picture.pixels()
        yield image, eleven(image, rng)
