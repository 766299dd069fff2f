"""Makes what the corner network learns from: crops around proposals, right, inexact and wrong; all from their seed."""

from dataclasses import dataclass

import cv2
import numpy as np

from crops import HEIGHT, WIDTH, cut, frames
from geometry import boxes_of, iou, mirrored, project, visible_share, width_height
from labels import SQUEEZED
from look import blur, grain, night, tone
from scenes import loose_quad, paste, repaint
from synthetic import draw_plate, draw_sign, weather

# Upright boxes: from the first on, the proposal means the plate; below the second it does not.
MEANT, WRONG = 0.4, 0.2
# A more confident false proposal may be a plate that nobody annotated; these sources have all of them.
DOUBTED, COMPLETE = 0.25, ("rf_experiment", "cn_easypr")
NOTHING = np.zeros((4, 2), np.float32)


@dataclass
class Sample:
    # BGR uint8 [80,160,3]
    crop: np.ndarray
    # 1 a plate, 0 none, -1 not taught.
    goal: float
    # Crop pixels.
    quad: np.ndarray
    # All four corners are known; or at least the upright box is.
    exact: bool
    known: bool


class SampleMaker:
    def __init__(self, photos, backgrounds, proposals, seed, pixels):
        """`proposals`: as propose.py writes them; `pixels`: photo → BGR, from a cache."""
        self.photos, self.backgrounds, self.seed, self.pixels = photos, backgrounds, seed, pixels
        self.right, self.wrong = sorted_out(photos + backgrounds, proposals)

    def __getitem__(self, number):
        random = np.random.default_rng((self.seed, number))
        kind = random.random()
        if kind < 0.42:
            sample = self.photographed(random)
        elif kind < 0.68:
            sample = self.drawn(random)
        elif kind < 0.86:
            sample = self.mistaken(random)
        else:
            sample = self.anywhere(random)
        sample.crop = change_look(random, sample.crop)
        return sample

    def photographed(self, random):
        """A plate of a photo, seen from elsewhere, around a proposal of the detector or a made-up one."""
        photo = self.photos[random.integers(len(self.photos))]
        image, quads, exact = self.pixels(photo), photo.quads, photo.exact
        pick = random.integers(len(quads))
        offered = self.right.get((photo.file.name, int(pick)))
        if random.random() < 0.15:
            image, quads, exact = repaint(random, image, quads[pick : pick + 1], exact[pick : pick + 1])
            pick = 0
        quad, sure = quads[pick], exact[pick]
        given = offered[random.integers(len(offered))] if offered is not None and random.random() < 0.4 else None
        if random.random() < 0.4:
            image = image[:, ::-1]
            quad = mirrored(quad[None], image.shape[1])[0]
            given = given if given is None else mirrored(given[None], image.shape[1])[0]
        matrix = tilt(random, quad, sure, photo.source in SQUEEZED)
        seen = project(quad[None], matrix)[0]
        proposal = inexact(random, seen, sure) if given is None else shaken(random, project(given[None], matrix)[0], 0.3)
        proposal = proposal if sure else upright(proposal)
        return around(np.ascontiguousarray(image), matrix, proposal, seen, bool(sure))

    def drawn(self, random):
        """A drawn plate on any photo; often one of those that are nearly as high as wide, rare among the photos."""
        aspect = random.uniform(1.0, 1.9) if random.random() < 0.35 else None
        art = weather(random, draw_plate(random, aspect))[..., ::-1]
        quad = loose_quad(random, art.shape[1] / art.shape[0], 640)
        sample, frame = self.ground(random, inexact(random, quad, True))
        sample.quad = project(quad[None], frame)[0]
        if random.random() < 0.3:  # its holder, which is no part of it
            grown = sample.quad.mean(0) + (sample.quad - sample.quad.mean(0)) * random.uniform(1.04, 1.2, 2)
            colour = np.full((8, 8, 3), random.integers(0, 70), np.uint8)
            paste(sample.crop, colour, grown.astype(np.float32))
        light = random.uniform(0.4, 1.1)
        paste(sample.crop, np.ascontiguousarray((art * light).clip(0, 255).astype(np.uint8)), sample.quad)
        sample.goal, sample.exact, sample.known = 1.0, True, True
        return sample

    def mistaken(self, random):
        """What the detector took for a plate, and was none."""
        photo, quads = self.wrong[random.integers(len(self.wrong))]
        quad, image = quads[random.integers(len(quads))], self.pixels(photo)
        if random.random() < 0.5:
            image, quad = image[:, ::-1], mirrored(quad[None], image.shape[1])[0]
        matrix = tilt(random, quad, False, False)
        proposal = shaken(random, project(quad[None], matrix)[0], 0.5)
        crop = cut(np.ascontiguousarray(image), frames(proposal[None])[0] @ matrix)
        return Sample(crop, 0.0, NOTHING, False, False)

    def anywhere(self, random):
        """A sign, or just a place without plates."""
        art = draw_sign(random)
        quad = loose_quad(random, art.shape[1] / art.shape[0], 640)
        sample, frame = self.ground(random, shaken(random, quad, 1.0))
        if random.random() < 0.7:
            paste(sample.crop, np.ascontiguousarray(art[..., 2::-1]), project(quad[None], frame)[0], np.ascontiguousarray(art[..., 3]))
        return sample

    def ground(self, random, proposal):
        """A crop without plate in its middle, as if around `proposal`; and the frame of that proposal."""
        photo, place, scale = self.free_place(random)
        image = self.pixels(photo)
        turn = random.normal(0, 0.2)
        c, s = np.cos(turn) * scale, np.sin(turn) * scale
        there = np.array([[c, s, 0], [-s, c, 0], [0, 0, 1.0]])
        there[:2, 2] = [WIDTH / 2, HEIGHT / 2] - there[:2, :2] @ place
        return Sample(cut(image, there), 0.0, NOTHING, False, False), frames(proposal[None])[0]

    def free_place(self, random):
        """(photo, place in it, crop pixels per pixel of it), away from its plates."""
        for _ in range(6):
            photos = self.photos if random.random() < 0.6 else self.backgrounds
            photo = photos[random.integers(len(photos))]
            place = random.uniform(0.1, 0.9, 2) * self.pixels(photo).shape[1::-1]
            scale = np.exp(random.uniform(-1.2, 1.2))
            if not len(photo.quads) or is_free(photo.quads, place, scale):
                return photo, place, scale
        photo = self.backgrounds[random.integers(len(self.backgrounds))]
        return photo, np.array(self.pixels(photo).shape[1::-1]) / 2, 1.0


def is_free(quads, place, scale):
    """Whether a crop of this scale has no plate near its middle."""
    reach = 0.3 * WIDTH / scale + width_height(quads)[0] / 2
    return (np.linalg.norm(quads.mean(1) - place, axis=1) > reach).all()


def sorted_out(photos, proposals):
    """(by file name and plate: proposals that mean it; [(photo, false proposals)])."""
    right, wrong = {}, []
    for photo in photos:
        rows = [proposals[key] for key in (f"{side}/{photo.file.name}" for side in (640, 448, 320)) if key in proposals]
        rows = np.concatenate(rows) if rows else np.zeros((0, 9), np.float32)
        quads, truth = rows[:, 1:].reshape(-1, 4, 2), boxes_of(photo.quads)
        fit = iou(boxes_of(quads), truth) if len(truth) and len(quads) else np.zeros((len(quads), 1))
        for plate in range(len(truth)):
            meant = quads[(fit.argmax(1) == plate) & (fit[:, plate] > 0.25)] if len(quads) else quads
            if len(meant):
                right[photo.file.name, plate] = meant
        limit = 1.1 if not len(truth) or photo.source in COMPLETE else DOUBTED
        false = (fit.max(1) < 0.1) & (rows[:, 0] < limit) & ~pieces(quads, truth)
        if false.any():
            wrong.append((photo, quads[false]))
    return right, wrong


def pieces(quads, truth):
    """Whether each lies mostly within a plate."""
    out = np.zeros(len(quads), bool)
    for index, box in enumerate(boxes_of(quads)):
        low, high = np.maximum(box[:2], truth[:, :2]), np.minimum(box[2:], truth[:, 2:])
        shared = np.clip(high - low, 0, None).prod(1)
        out[index] = (shared > 0.3 * max((box[2:] - box[:2]).prod(), 1)).any()
    return out


def around(image, matrix, proposal, seen, exact):
    """The crop around `proposal` of a photo seen through `matrix`, where the plate is `seen`."""
    frame = frames(proposal[None])[0]
    fit = iou(boxes_of(proposal[None]), boxes_of(seen[None]))[0, 0]
    goal = 1.0 if fit >= MEANT else 0.0 if fit < WRONG else -1.0
    quad = project(seen[None], frame)[0]
    near = visible_share(quad[None], WIDTH, HEIGHT)[0] > 0.6
    return Sample(cut(image, frame @ matrix), goal, quad, exact and bool(near), bool(near) and fit >= 0.25)


def tilt(random, quad, sure, squeezed):
    """A homography about a plate: another point of view where all corners are known, else only other proportions."""
    middle, size = quad.mean(0), max(width_height(quad[None])[0][0], 1)
    aspect = np.exp(random.uniform(0, 0.5) if squeezed else random.uniform(-0.15, 0.15))
    far = random.normal(0, 0.2, 2) / size if sure else (0, 0)
    shear = random.normal(0, 0.15, 2) if sure else (0, 0)
    turn = np.radians(random.uniform(-45, 45) if random.random() < 0.5 else random.normal(0, 8)) if sure else 0
    c, s = np.cos(turn), np.sin(turn)
    to_middle = np.array([[1, 0, -middle[0]], [0, 1, -middle[1]], [0, 0, 1.0]])
    view = np.array([[aspect, shear[0] * 0.5, 0], [shear[1], 1, 0], [far[0], far[1], 1]])
    return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1.0]]) @ view @ to_middle


def inexact(random, quad, sure):
    """A proposal for a plate, off in the ways that the detector is: turned too little, cut short, shifted."""
    if random.random() < 0.35:  # as good as a second look at it
        return shaken(random, quad, 0.25)
    if sure and random.random() < 0.5:
        share = random.uniform(0, 1)
        quad = quad * (1 - share) + upright(quad) * share
    if random.random() < 0.2:
        short, end = random.uniform(0.4, 0.9), random.random() < 0.5
        a, b = (quad[[0, 3]], quad[[1, 2]]) if end else (quad[[1, 2]], quad[[0, 3]])
        b = a + (b - a) * short
        quad = np.stack((a[0], b[0], b[1], a[1]) if end else (b[0], a[0], a[1], b[1]))
    return shaken(random, quad, 1.0)


def shaken(random, quad, much):
    """Moved, scaled and turned; `much` 1 is as much as the detector is ever off."""
    middle, (wide, high) = quad.mean(0), (v[0] for v in width_height(quad[None]))
    size = np.array([wide, high], np.float32)
    turn = np.radians(random.normal(0, 8 * much))
    c, s = np.cos(turn), np.sin(turn)
    scaled = (quad - middle) * np.exp(random.normal(0, 0.15 * much, 2))
    moved = scaled @ np.array([[c, s], [-s, c]]) + middle + random.normal(0, 0.1 * much, 2) * size
    return (moved + random.normal(0, 0.04 * much, (4, 2)) * high).astype(np.float32)


def upright(quad):
    x0, y0, x1, y1 = boxes_of(quad[None])[0]
    return np.float32([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])


def change_look(random, crop):
    """As look.change_look, for a picture that is one plate."""
    out = night(random, crop) if random.random() < 0.06 else tone(random, crop) if random.random() < 0.8 else crop
    if random.random() < 0.4:  # few pixels, scaled up
        share = np.exp(random.uniform(np.log(0.2), 0))
        size = max(8, int(WIDTH * share)), max(4, int(HEIGHT * share))
        small = cv2.resize(out, size, interpolation=cv2.INTER_AREA)
        out = cv2.resize(small, (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR)
    if random.random() < 0.15:
        out = blur(random, out)
    if random.random() < 0.25:
        out = grain(random, out)
    if random.random() < 0.25:
        out = cv2.imdecode(cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(25, 90))])[1], 1)
    return out
