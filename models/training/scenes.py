"""Makes training pictures out of photos, drawn plates and drawn signs; every one follows from its seed."""

from dataclasses import dataclass

import cv2
import numpy as np

from geometry import boxes_of, mirrored, project, visible_share, width_height
from labels import SQUEEZED
from look import change_look
from synthetic import draw_plate, draw_sign, weather

# Pixels in the training picture: plates lower than the first are neither asked for nor punished.
LOWEST, NARROWEST, WIDEST = 5.0, 22.0, 0.85
EMPTY = (np.zeros((0, 4, 2), np.float32), np.zeros(0, bool), np.zeros(0, bool))


@dataclass
class Scene:
    image: np.ndarray
    quads: np.ndarray
    # True where all four corners are supervised, false where only the upright box is.
    exact: np.ndarray
    # True where nothing is asked: too small, or mostly outside.
    ignored: np.ndarray


class SceneMaker:
    def __init__(self, photos, backgrounds, seed, pixels):
        """`pixels`: photo → BGR, from a cache."""
        self.photos, self.backgrounds, self.seed, self.pixels = photos, backgrounds, seed, pixels

    def make(self, index, side):
        """Scene number `index` as a square of `side` pixels."""
        random = np.random.default_rng((self.seed, index))
        kind = random.random()
        if kind < 0.64:
            scene = self.photo_scene(random, side)
        elif kind < 0.8:
            scene = self.mosaic(random, side)
        else:
            scene = self.background_scene(random, side)
        scene.image = change_look(random, scene.image)
        return scene

    def photo_scene(self, random, side, smaller=1.0):
        photo = self.photos[random.integers(len(self.photos))]
        image, quads, exact = self.pixels(photo), photo.quads, photo.exact
        if random.random() < 0.3:
            image, quads, exact = repaint(random, image, quads, exact)
        if random.random() < 0.4:
            image, quads = image[:, ::-1], mirrored(quads, image.shape[1])
        matrix = view(random, image, quads, exact, side, smaller, photo.source in SQUEEZED)
        scene = take(random, image, quads, exact, matrix, side)
        return stick(random, scene, draw_sign, 1) if random.random() < 0.15 else scene

    def mosaic(self, random, side):
        """Four photos side by side: many small plates, cut edges."""
        cut_x, cut_y = (int(side * random.uniform(0.35, 0.65)) for _ in range(2))
        image = np.zeros((side, side, 3), np.uint8)
        parts = []
        for x0, x1 in ((0, cut_x), (cut_x, side)):
            for y0, y1 in ((0, cut_y), (cut_y, side)):
                part = self.photo_scene(random, max(x1 - x0, y1 - y0), 0.75)
                image[y0:y1, x0:x1] = part.image[: y1 - y0, : x1 - x0]
                share = visible_share(part.quads, x1 - x0, y1 - y0)
                parts.append((part.quads + np.float32([x0, y0]), part.exact, part.ignored | (share < 0.6), share))
        seen = np.concatenate([p[3] for p in parts]) > 0.02
        quads, exact, ignored = (np.concatenate([p[i] for p in parts])[seen] for i in range(3))
        return Scene(image, quads, exact, ignored)

    def background_scene(self, random, side):
        """A photo without plates; signs on most, drawn plates on some."""
        photo = self.backgrounds[random.integers(len(self.backgrounds))]
        image = self.pixels(photo)
        scene = take(random, image, *EMPTY[:2], view(random, image, *EMPTY[:2], side, 1.0, False), side)
        if random.random() < 0.7:
            scene = stick(random, scene, draw_sign, int(random.integers(1, 5)))
        if random.random() < 0.4:
            scene = stick(random, scene, None, int(random.integers(1, 3)))
        return scene


def view(random, image, quads, exact, side, smaller, squeezed):
    """A homography: one plate of the photo comes to lie, at a width drawn from a log-uniform range, in the picture."""
    h, w = image.shape[:2]
    aspect = np.exp(random.uniform(0, 0.5) if squeezed else random.uniform(-0.12, 0.12))
    if len(quads):
        pick = random.integers(len(quads))
        wide = width_height(quads[pick : pick + 1])[0][0] * aspect
        target = np.exp(random.uniform(np.log(NARROWEST), np.log(side * WIDEST))) * smaller
        # Mostly near the photo's own scale, else every plate would be as likely huge as tiny.
        natural = side / max(w * aspect, h) * wide
        blend = random.uniform(0, 1)
        scale = np.exp(blend * np.log(target) + (1 - blend) * np.log(natural)) / wide
        scale = min(scale, 4.0)  # beyond, there are no details left to learn from
        anchor = quads[pick].mean(0)
    else:
        scale = side / max(w, h) * np.exp(random.uniform(-0.2, 0.8))
        anchor = np.array([random.uniform(0, w), random.uniform(0, h)])
    turn = random.normal(0, 8 if exact.all() else 2.5)
    turn = random.uniform(-42, 42) if exact.all() and random.random() < 0.35 else turn
    c, s = np.cos(np.radians(turn)) * scale, np.sin(np.radians(turn)) * scale
    tilt = random.normal(0, 0.12 if exact.all() else 0.03, 2) / side
    place = place_of(random, w * scale * aspect, h * scale, anchor / [w, h], side)
    to_anchor = np.array([[aspect, 0, -anchor[0] * aspect], [0, 1, -anchor[1]], [0, 0, 1]])
    turned = np.array([[c, -s, 0], [s, c, 0], [tilt[0], tilt[1], 1]])
    return np.array([[1, 0, place[0]], [0, 1, place[1]], [0, 0, 1.0]]) @ turned @ to_anchor


def place_of(random, w, h, anchor, side):
    """Where the anchor goes: so that the photo fills the picture where it can, else anywhere."""
    place = []
    for length, at in ((w, anchor[0]), (h, anchor[1])):
        low, high = sorted((side - length * (1 - at), length * at))
        place.append(np.clip(random.uniform(low, high), side * 0.08, side * 0.92))
    return place


def take(random, image, quads, exact, matrix, side):
    """The photo through the homography, and what of its plates is to be found."""
    shrink = np.sqrt(abs(np.linalg.det(matrix[:2, :2])))
    if shrink < 0.6:  # warping samples only four pixels: average the others first
        small = cv2.resize(image, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        matrix = matrix @ np.diag([image.shape[1] / small.shape[1], image.shape[0] / small.shape[0], 1])
        quads = quads * np.float32([small.shape[1] / image.shape[1], small.shape[0] / image.shape[0]])
        image = small
    fill = (114, 114, 114) if random.random() < 0.6 else tuple(int(v) for v in random.integers(0, 256, 3))
    # OpenCV's pixel centres lie at whole numbers, the annotations' at halves.
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1.0]])
    out = cv2.warpPerspective(np.ascontiguousarray(image), np.linalg.inv(half) @ matrix @ half, (side, side), borderValue=fill)
    return found(out, project(quads, matrix), exact, side)


def found(image, quads, exact, side):
    share = visible_share(quads, side, side)
    seen = share > 0.02
    quads, exact, share = quads[seen], exact[seen], share[seen]
    heights = np.minimum(*width_height(quads)) if len(quads) else np.zeros(0)
    return Scene(image, quads, exact, (share < 0.6) | (heights < LOWEST))


def repaint(random, image, quads, exact):
    """Draws a new plate over one of the photo's own: a real place, a foreign format, exact corners."""
    pick = random.integers(len(quads))
    wide, high = width_height(quads[pick : pick + 1])
    plate = weather(random, draw_plate(random, wide[0] / high[0]))[..., ::-1]
    image = image.copy()
    target = quads[pick] + random.normal(0, 0.01, (4, 2)).astype(np.float32) * np.ptp(quads[pick], 0)
    old = image[tuple(slice(max(0, int(a)), int(b) + 1) for a, b in zip(target.min(0)[::-1], target.max(0)[::-1]))]
    light = np.clip((old.mean() if old.size else 128) / max(plate.mean(), 1), 0.25, 1.15)
    paste(image, np.clip(plate * light, 0, 255).astype(np.uint8), target)
    quads, exact = quads.copy(), exact.copy()
    quads[pick], exact[pick] = target, True
    return image, quads, exact


def paste(image, plate, quad, alpha=None):
    """Warps `plate` onto the quad, in place, with soft edges."""
    h, w = plate.shape[:2]
    size = width_height(quad[None])
    shrink = max(size[0][0] / w, size[1][0] / h)
    if shrink < 0.7:
        plate = cv2.resize(plate, (max(2, int(w * shrink)), max(2, int(h * shrink))), interpolation=cv2.INTER_AREA)
        alpha = alpha if alpha is None else cv2.resize(alpha, plate.shape[1::-1], interpolation=cv2.INTER_AREA)
        h, w = plate.shape[:2]
    mask = np.full((h, w), 255, np.uint8) if alpha is None else alpha
    corners = np.float32([[0, 0], [w, 0], [w, h], [0, h]]) - 0.5
    matrix = cv2.getPerspectiveTransform(corners, (quad - 0.5).astype(np.float32))
    low = np.clip(np.floor(quad.min(0)).astype(int) - 2, 0, None)
    high = np.minimum(np.ceil(quad.max(0)).astype(int) + 3, image.shape[1::-1])
    if (high - low <= 0).any():
        return
    matrix = np.array([[1, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1.0]]) @ matrix
    size = tuple(int(v) for v in high - low)
    cover = cv2.warpPerspective(mask, matrix, size)[..., None].astype(np.float32) / 255
    drawn = cv2.warpPerspective(plate, matrix, size, borderMode=cv2.BORDER_REPLICATE)
    part = image[low[1] : high[1], low[0] : high[0]]
    part[:] = (part * (1 - cover) + drawn * cover + 0.5).astype(np.uint8)


def stick(random, scene, draw, count):
    """Puts drawn signs (`draw`), or plates where it is None, at free places of the scene."""
    side = scene.image.shape[0]
    for _ in range(count):
        art = draw_plate(random) if draw is None else draw(random)
        quad = loose_quad(random, art.shape[1] / art.shape[0], side)
        if len(scene.quads) and overlaps(quad, scene.quads):
            continue
        if draw is not None:
            paste(scene.image, np.ascontiguousarray(art[..., 2::-1]), quad, np.ascontiguousarray(art[..., 3]))
            continue
        paste(scene.image, np.ascontiguousarray(weather(random, art)[..., ::-1]), quad)
        if random.random() < 0.2:
            hide(random, scene.image, quad)
        scene = found(
            scene.image, np.concatenate((scene.quads, quad[None])), np.append(scene.exact, True), side
        )
    return scene


def loose_quad(random, aspect, side):
    """A plate-shaped quad anywhere: turned, sheared, in perspective."""
    width = np.exp(random.uniform(np.log(NARROWEST), np.log(side * 0.55)))
    height = width / aspect * random.uniform(0.8, 1.1)
    narrow = random.uniform(0.55, 1) if random.random() < 0.5 else 1.0
    corners = np.array([[-width * narrow, -height], [width * narrow, -height], [width * narrow, height], [-width * narrow, height]]) / 2
    corners += random.normal(0, 0.05, (4, 2)) * height
    corners[:, 1] += random.normal(0, 0.15) * corners[:, 0]
    turn = np.radians(random.normal(0, 8) if random.random() < 0.5 else random.uniform(-42, 42))
    turned = corners @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return (turned + random.uniform(0.05 * side, 0.95 * side, 2)).astype(np.float32)


def overlaps(quad, quads):
    box, others = boxes_of(quad[None])[0], boxes_of(quads)
    return ((others[:, :2] < box[2:]) & (others[:, 2:] > box[:2])).all(1).any()


def hide(random, image, quad):
    """A bar, cable or bumper over up to a third of the plate."""
    a, b = quad[random.integers(4)], quad.mean(0)
    thick = int(max(1, np.linalg.norm(quad[3] - quad[0]) * random.uniform(0.1, 0.35)))
    end = a + (b - a) * random.uniform(0.3, 2.2)
    cv2.line(image, tuple(int(v) for v in a), tuple(int(v) for v in end), tuple(int(v) for v in random.integers(0, 200, 3)), thick)
