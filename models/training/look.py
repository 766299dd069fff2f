"""How a training picture looks: light, weather, lens, sensor, compression."""

import cv2
import numpy as np


def change_look(random, image):
    """BGR uint8 → BGR uint8; most pictures get a few mild changes, some strong ones."""
    out = image
    if random.random() < 0.1:
        out = night(random, out)
    elif random.random() < 0.8:
        out = tone(random, out)
    if random.random() < 0.06:
        out = rain(random, out)
    if random.random() < 0.25:
        out = blur(random, out)
    if random.random() < 0.15:
        out = coarse(random, out)
    if random.random() < 0.25:
        out = grain(random, out)
    if random.random() < 0.3:
        quality = int(random.integers(18, 85))
        out = cv2.imdecode(cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 1)
    return out


def tone(random, image):
    """Gamma, contrast and brightness per channel; sometimes grey, sometimes another saturation."""
    levels = np.arange(256) / 255
    gamma, gain, lift = random.uniform(0.55, 1.7), random.uniform(0.65, 1.35), random.uniform(-0.12, 0.12)
    tables = []
    for _ in range(3):
        own = gain * random.uniform(0.88, 1.12)
        tables.append(np.clip((levels**gamma - 0.5) * own + 0.5 + lift, 0, 1) * 255)
    out = cv2.LUT(image, np.stack(tables, 1).astype(np.uint8)[None])
    if random.random() < 0.12:
        return cv2.cvtColor(cv2.cvtColor(out, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    if random.random() < 0.3:
        grey = cv2.cvtColor(cv2.cvtColor(out, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
        share = random.uniform(0.3, 1.6)
        return cv2.addWeighted(out, share, grey, 1 - share, 0)
    return out


def night(random, image):
    """Dark, coloured by lamps, with a few of them in the picture."""
    h, w = image.shape[:2]
    cast = random.uniform(0.55, 1.1, 3)
    out = image.astype(np.float32) * (random.uniform(0.25, 0.6) * cast)
    small = np.zeros((h // 8 + 1, w // 8 + 1, 3), np.float32)
    for _ in range(random.integers(0, 5)):
        at = (int(random.integers(small.shape[1])), int(random.integers(small.shape[0])))
        cv2.circle(small, at, int(random.integers(1, 4)), tuple(float(v) for v in random.uniform(100, 500, 3)), -1)
    out += cv2.resize(cv2.GaussianBlur(small, (0, 0), random.uniform(1, 4)), (w, h))
    return np.clip(out, 0, 255).astype(np.uint8)


def rain(random, image):
    streaks = np.zeros(image.shape[:2], np.uint8)
    slant, length = random.uniform(-0.4, 0.4), random.uniform(6, 24)
    for _ in range(random.integers(60, 300)):
        x, y = random.uniform(0, image.shape[1]), random.uniform(0, image.shape[0])
        cv2.line(streaks, (int(x), int(y)), (int(x + slant * length), int(y + length)), int(random.integers(60, 160)), 1)
    hazy = cv2.addWeighted(image, random.uniform(0.7, 0.95), np.full_like(image, 150), 0.12, 0)
    return cv2.add(hazy, cv2.cvtColor(cv2.blur(streaks, (2, 2)), cv2.COLOR_GRAY2BGR))


def blur(random, image):
    """Out of focus, or moved along a line of up to 11 pixels."""
    if random.random() < 0.5:
        return cv2.GaussianBlur(image, (0, 0), random.uniform(0.4, 1.8))
    length, angle = random.uniform(3, 11), random.uniform(0, np.pi)
    kernel = np.zeros((13, 13), np.float32)
    step = np.array([np.cos(angle), np.sin(angle)]) * length / 2
    start, end = tuple(int(v) for v in 6 - step), tuple(int(v) for v in np.round(6 + step))
    cv2.line(kernel, start, end, 1, 1)
    return cv2.filter2D(image, -1, kernel / kernel.sum())


def coarse(random, image):
    """As if scaled up from a smaller picture."""
    h, w = image.shape[:2]
    share = random.uniform(0.35, 0.8)
    small = cv2.resize(image, (int(w * share), int(h * share)), interpolation=cv2.INTER_AREA)
    return cv2.resize(small, (w, h), interpolation=int(random.choice([cv2.INTER_LINEAR, cv2.INTER_CUBIC])))


def grain(random, image):
    noise = random.standard_normal(image.shape, np.float32) * random.uniform(3, 16)
    return np.clip(image + noise, 0, 255).astype(np.uint8)
