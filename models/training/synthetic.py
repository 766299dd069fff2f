"""Draws plates, and things that only look like them."""

import glob
import string
from functools import lru_cache

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from plate_formats import BLACK, FORMATS, WHITE

# Rare among the photos, common on motorcycles and lorries.
TWO_ROWS = tuple(kind for kind in FORMATS if kind.width < 2 * kind.height and "/" in "".join(kind.patterns))
# Pixels of a drawn plate per millimetre.
SCALE = 0.6
CYRILLIC, ARABIC, ARABIC_DIGITS = "АВЕКМНОРСТУХ", "ابتجدرسصطعفقلمنهوى", "٠١٢٣٤٥٦٧٨٩"
COUNTRIES = ("EGYPT  مصر", "EGYPT", "BRASIL", "REPUBLICA ARGENTINA", "URUGUAY", "MEXICO", "مصر")
WORDS = (
    "taxi hotel pizza market open sale bakery school bus stop exit parking no entry welcome coffee express service centre "
    "police ambulance transport cargo line travel tours city airport station fresh fruit bank pharmacy rent speed limit "
    "turbo sport diesel quattro hybrid logistics garage tyres street avenue north south king garden museum"
).split()


@lru_cache(1)
def fonts():
    """Paths of the sans-serif fonts at hand, bold ones first in each family; DejaVu also has Cyrillic and Arabic."""
    found = sorted(glob.glob("/usr/share/fonts/truetype/*/*Sans*.ttf"))
    if not found:
        raise FileNotFoundError("No fonts below /usr/share/fonts/truetype: install fonts-dejavu and fonts-liberation")
    return found


@lru_cache(512)
def font(path, size):
    return ImageFont.truetype(path, size)


def pick_font(random, text, size):
    paths = [p for p in fonts() if "Oblique" not in p and "Italic" not in p and "ExtraLight" not in p]
    if any(ord(c) > 255 for c in text):
        paths = [p for p in paths if "DejaVu" in p and "Mono" not in p]
    bold = [p for p in paths if "Bold" in p]
    return font(str(random.choice(bold if random.random() < 0.75 else paths)), max(6, int(size)))


def characters(random, pattern):
    kinds = {"A": string.ascii_uppercase, "9": string.digits, "C": CYRILLIC, "R": ARABIC, "D": ARABIC_DIGITS}
    return "".join(str(random.choice(list(kinds[c]))) if c in kinds else c for c in pattern)


def fit_text(random, text, width, height, colour):
    """`text` stretched into width × height, as an RGBA array. Plate letters have their own narrow or wide shapes."""
    face = pick_font(random, text, height * 1.3)
    left, top, right, bottom = face.getbbox(text)
    layer = Image.new("RGBA", (max(1, right - left), max(1, bottom - top)), (*colour, 0))
    draw = ImageDraw.Draw(layer)
    draw.text((-left, -top), text, font=face, fill=(*colour, 255))
    return layer.resize((max(1, int(width)), max(1, int(height))), Image.BILINEAR)


def ideograph(random, draw, box, colour):
    """A block of strokes: no font with such letters is needed, and none is read."""
    x0, y0, x1, y1 = box
    thick = max(1, int((y1 - y0) * 0.09))
    for _ in range(random.integers(3, 7)):
        x, y = random.uniform(x0, x1), random.uniform(y0, y1)
        if random.random() < 0.5:
            draw.line((x0, y, x1, y), fill=colour, width=thick)
        else:
            draw.line((x, y0, x + random.uniform(-0.2, 0.2) * (x1 - x0), y1), fill=colour, width=thick)


def row(random, plate, pattern, box, colour):
    """Draws one row of characters into `box` of the picture `plate`."""
    x0, y0, x1, y1 = box
    text = characters(random, pattern)
    strokes = text.count("K")
    if strokes:
        side = min((x1 - x0) / max(len(text), 1), y1 - y0) * 0.95
        draw = ImageDraw.Draw(plate)
        for index in range(strokes):
            left = x0 + index * side * 1.1
            ideograph(random, draw, (left, y0, left + side * 0.9, y1), colour)
        x0 += strokes * side * 1.15
        text = text.replace("K", "").strip()
    if text and x1 - x0 > 4:
        layer = fit_text(random, text, x1 - x0, y1 - y0, colour)
        plate.paste(layer, (int(x0), int(y0)), layer)


def draw_plate(random, aspect=None):
    """A clean plate, RGB uint8, drawn edge to edge; of about this width / height, if one is asked for."""
    formats = TWO_ROWS if random.random() < 0.3 else FORMATS
    if aspect:
        formats = [kind for kind in FORMATS if 0.75 < kind.width / kind.height / aspect < 1.33] or FORMATS
    kind = formats[random.integers(len(formats))]
    w, h = int(kind.width * SCALE), int(kind.height * SCALE)
    background, ink = kind.colours[random.integers(len(kind.colours))]
    jitter = random.integers(-14, 15, 3)
    plate = Image.new("RGB", (w, h), tuple(int(v) for v in np.clip(np.array(background) + jitter, 0, 255)))
    draw = ImageDraw.Draw(plate)
    if kind.slogan and random.random() < 0.5:
        shade(random, plate)
        draw = ImageDraw.Draw(plate)
    left, top, right, bottom = w * 0.04, h * 0.14, w * 0.96, h * 0.86
    left, right, top = strips(random, kind, plate, left, right, top)
    if kind.slogan:
        for y in (h * 0.03, h * 0.83):
            word = str(random.choice(WORDS)).upper()
            layer = fit_text(random, word, w * random.uniform(0.2, 0.5), h * 0.13, ink)
            plate.paste(layer, (int(w * random.uniform(0.2, 0.4)), int(y)), layer)
        top, bottom = h * 0.22, h * 0.78
    rows = str(random.choice(kind.patterns)).split("/")
    gap, each = h * 0.05, (bottom - top) / len(rows)
    for index, pattern in enumerate(rows):
        inset = random.uniform(0, 0.06) * w
        row(random, plate, pattern, (left + inset, top + index * each + gap / 2, right - inset, top + (index + 1) * each - gap / 2), ink)
    if random.random() < 0.6:
        draw.rectangle((1, 1, w - 2, h - 2), outline=ink, width=max(1, int(h * 0.025)))
    return np.array(plate)


def strips(random, kind, plate, left, right, top):
    draw, (w, h) = ImageDraw.Draw(plate), plate.size
    band = w * 0.08
    if kind.strip in ("left", "both"):
        draw.rectangle((0, 0, band, h), fill=kind.strip_colour)
        left = band * 1.35
    if kind.strip in ("right", "both"):
        draw.rectangle((w - band, 0, w, h), fill=kind.strip_colour)
        right = w - band * 1.35
    if kind.strip == "top":
        band = h * random.uniform(0.18, 0.32)
        draw.rectangle((0, 0, w, band), fill=kind.strip_colour)
        name = str(random.choice(COUNTRIES))
        layer = fit_text(random, name, w * random.uniform(0.3, 0.8), band * 0.6, BLACK if random.random() < 0.5 else WHITE)
        plate.paste(layer, (int(w * random.uniform(0.05, 0.2)), int(band * 0.2)), layer)
        top = band + h * 0.05
    return left, right, top


def shade(random, plate):
    """A printed picture behind the number, as many American plates have."""
    array = np.array(plate).astype(np.float32)
    h, w = array.shape[:2]
    low = random.uniform(-70, 40, (3, 4, 3)).astype(np.float32)
    array += cv2.resize(low, (w, h), interpolation=cv2.INTER_CUBIC)
    plate.paste(Image.fromarray(np.clip(array, 0, 255).astype(np.uint8)))


def weather(random, plate):
    """Dirt, shadow, glare, bolts and wear on a drawn plate."""
    h, w = plate.shape[:2]
    out = plate.astype(np.float32)
    if random.random() < 0.4:
        noise = cv2.resize(random.random((5, 9)).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
        cover = np.clip((noise - random.uniform(0.45, 0.8)) * 4, 0, 0.85)[..., None]
        out = out * (1 - cover) + np.array([95, 80, 60], np.float32) * cover
    if random.random() < 0.4:
        edge = np.linspace(random.uniform(0.35, 1), random.uniform(0.6, 1.3), w, dtype=np.float32)
        out *= edge[None, :, None]
    if random.random() < 0.15:
        x, y = np.meshgrid(np.arange(w), np.arange(h))
        r2 = ((x - random.uniform(0, w)) ** 2 + (y - random.uniform(0, h)) ** 2) / (h * random.uniform(0.3, 1)) ** 2
        out += (random.uniform(60, 220) * np.exp(-r2))[..., None]
    out = np.ascontiguousarray(np.clip(out, 0, 255).astype(np.uint8))
    if random.random() < 0.4:
        for fx in (0.15, 0.85):
            cv2.circle(out, (int(w * fx), int(h * random.choice([0.12, 0.5]))), max(1, h // 25), (90, 90, 90), -1)
    return out


def draw_sign(random):
    """Lettering that is no plate: shop fronts, bus sides, road signs, badges. RGBA uint8."""
    words = " ".join(str(random.choice(WORDS)) for _ in range(random.integers(1, 4)))
    if random.random() < 0.25:
        words = characters(random, str(random.choice(["999", "+99 999 999 99 99", "99%", "9,99", "24h", "www.AAAAA.com"])))
    style = random.integers(3)
    words = words.upper() if style == 0 else words.title() if style == 1 else words
    h = int(random.integers(30, 90))
    w = int(h * random.uniform(0.3, 0.6) * (len(words) + 1))
    ink = tuple(int(v) for v in random.integers(0, 256, 3))
    back = tuple(int(v) for v in random.integers(0, 256, 3))
    sign = Image.new("RGBA", (w, h), (*back, 0))
    draw = ImageDraw.Draw(sign)
    shape = random.random()
    if shape < 0.35:  # a coloured board; white and yellow ones would be plates
        saturated = tuple(int(v) for v in random.permutation([random.integers(0, 60), random.integers(60, 256), random.integers(0, 120)]))
        draw.rounded_rectangle((0, 0, w - 1, h - 1), radius=int(h * random.uniform(0, 0.5)), fill=(*saturated, 255))
        ink = (250, 250, 250) if random.random() < 0.6 else ink
    elif shape < 0.5:  # a round road sign
        w = h
        sign = Image.new("RGBA", (w, h), (0, 0, 0, 0))
        draw = ImageDraw.Draw(sign)
        draw.ellipse((0, 0, w - 1, h - 1), fill=(245, 245, 245, 255), outline=(190, 20, 30, 255), width=max(2, h // 8))
        words, ink = str(random.integers(1, 13) * 10), (20, 20, 20)
    elif shape < 0.6:  # the dots of a bus's destination
        draw.rectangle((0, 0, w, h), fill=(15, 15, 15, 255))
        ink = (255, 170, 20)
    inset = 0.26 if w == h else 0.12
    layer = fit_text(random, words, w * (1 - 2 * inset * h / w), h * (1 - 2 * inset), ink)
    sign.paste(layer, (int(inset * h), int(inset * h)), layer)
    return np.array(sign)
