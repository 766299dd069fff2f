"""Answers one JSON line for each JSON line: makes the picture pairs of feature.ts, and runs OpenCV with one thread."""
import base64
import json
import sys
import time
from pathlib import Path

import cv2
import numpy as np

cv2.setNumThreads(1)


def turned(shape, angle, scale):
    h, w = shape[:2]
    m = np.vstack([cv2.getRotationMatrix2D((w / 2, h / 2), angle, scale), [0, 0, 1]])
    corners = (m @ np.array([[0, w - 1, 0, w - 1], [0, 0, h - 1, h - 1], [1, 1, 1, 1]]))[:2]
    low, high = corners.min(axis=1), corners.max(axis=1)
    shift = np.array([[1, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1]])
    return shift @ m, tuple(int(v) for v in np.ceil(high - low) + 1)


def tilted(shape, left, right):
    h, w = shape[:2]
    corners = np.float32([[0, 0], [w - 1, 0], [w - 1, h - 1], [0, h - 1]])
    moved = np.float32([[0, h * left], [w - 1, h * right], [w - 1, h * (1 - right)], [0, h * (1 - left)]])
    return cv2.getPerspectiveTransform(corners, moved).astype(float), (w, h)


def warp(image, plan):
    matrix, size = plan
    # Shrinking without blur first would alias, as no camera does.
    scale = np.sqrt(abs(np.linalg.det(matrix[:2, :2])))
    if scale < 0.9:
        image = cv2.GaussianBlur(image, (0, 0), 0.5 * np.sqrt(1 / scale**2 - 1))
    return cv2.warpPerspective(image, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), matrix


def jpeg(image, quality):
    return cv2.imdecode(cv2.imencode('.jpg', image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)


def dimmed(image, factor, offset):
    return np.clip(image.astype(np.float32) * factor + offset, 0, 255).astype(np.uint8)


def noisy(image, sigma):
    noise = np.random.default_rng(7).normal(0, sigma, image.shape)
    return np.clip(image + noise, 0, 255).astype(np.uint8)


def pairs(shared):
    read = lambda name: cv2.imread(str(Path(shared) / name), cv2.IMREAD_COLOR)
    zidane = read('photos/ultralytics_zidane.jpg')
    train, h = warp(zidane, turned(zidane.shape, 35, 0.8))
    yield 'turned 35 degrees, 0.8 as large', zidane, train, h

    bus = read('photos/ultralytics_bus.jpg')
    train, h = warp(bus, tilted(bus.shape, 0.02, 0.22))
    yield 'perspective', bus, train, h

    street = read('photos/hyperlpr_test_img.jpg')
    train, h = warp(street, turned(street.shape, -12, 0.5))
    yield 'half as large, turned', street, train, h

    dog = read('photos/darknet_dog.jpg')
    train = dimmed(cv2.GaussianBlur(dog, (0, 0), 1.5), 0.6, 15)
    yield 'blurred and darkened', dog, train, np.eye(3)

    # Two files of one photograph, turned by somebody else's camera software and saved as JPEG again.
    bridge, turned_bridge = read('data/copies/pdq/dih/bridge-1-original.jpg'), read('data/copies/pdq/dih/bridge-2-rotate-90.jpg')
    height, width = bridge.shape[:2]
    clockwise = np.array([[0, -1, height - 1], [1, 0, 0], [0, 0, 1]], float)
    counter = np.array([[0, 1, 0], [-1, 0, width - 1], [0, 0, 1]], float)
    fits = lambda h: np.abs(cv2.warpPerspective(bridge, h, turned_bridge.shape[1::-1]).astype(float) - turned_bridge).mean()
    yield 'a file turned by 90 degrees, JPEG 30', bridge, jpeg(turned_bridge, 30), min(clockwise, counter, key=fits)

    scene = read('photos/places/9.png')
    larger, first = warp(scene, turned(scene.shape, 20, 1.5))
    train, second = warp(larger, tilted(larger.shape, 0.1, 0.0))
    yield 'enlarged, tilted, noise, JPEG 50', scene, jpeg(noisy(train, 6), 50), second @ first


def write_pairs(shared, folder):
    listed = []
    for index, (name, query, train, homography) in enumerate(pairs(shared)):
        files = [str(Path(folder) / f'{index}-{side}.png') for side in ('query', 'train')]
        for file, image in zip(files, (query, train)):
            cv2.imwrite(file, image)
        listed.append({'name': name, 'files': files, 'homography': homography.tolist()})
    return {'pairs': listed}


GRAY = {}


def gray(file):
    if file not in GRAY:
        GRAY[file] = cv2.imread(file, cv2.IMREAD_GRAYSCALE)
    return GRAY[file]


def packed(array):
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


def detect(file):
    image, sift = gray(file), cv2.SIFT_create()
    start = time.perf_counter()
    points, descriptors = sift.detectAndCompute(image, None)
    seconds = time.perf_counter() - start
    DESCRIPTORS[file] = descriptors
    rows = np.array([[p.pt[0], p.pt[1], p.size, p.angle, p.response] for p in points], np.float64)
    return {'seconds': seconds, 'points': packed(rows)}


DESCRIPTORS = {}


def match(query, train, limit):
    a, b = DESCRIPTORS[query][:limit], DESCRIPTORS[train][:limit]
    matcher = cv2.BFMatcher()
    start = time.perf_counter()
    found = matcher.knnMatch(a, b, k=2)
    seconds = time.perf_counter() - start
    rows = [[m[0].queryIdx, m[0].trainIdx, m[0].distance, m[1].distance] for m in found if len(m) == 2]
    return {'seconds': seconds, 'nearest': packed(np.array(rows, np.float64))}


def hamming(count, bytes):
    rows = np.random.default_rng(7).integers(0, 256, (2, count, bytes), np.uint8)
    start = time.perf_counter()
    cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(rows[0], rows[1], k=2)
    return {'seconds': time.perf_counter() - start}


COMMANDS = {'hamming': hamming, 'pairs': write_pairs, 'detect': detect, 'match': match}

for line in sys.stdin:
    question = json.loads(line)
    print(json.dumps(COMMANDS[question.pop('do')](**question)), flush=True)
