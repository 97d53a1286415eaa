#!/usr/bin/env python3
"""Draws the two pictures of the demo: the steppe under its sky, and a shanyrak.

Everything is drawn at twice the size and scaled down for smooth edges; the same
input gives the same picture on every run. Needs numpy and Pillow:

    pip install numpy pillow
    python3 sample/media/draw.py
"""

import math
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

HERE = Path(__file__).resolve().parent
SCALE = 2


def blend(low, high, share):
    """The colours between `low` and `high`; `share` is an array from 0 to 1."""
    return np.asarray(low) + (np.asarray(high) - np.asarray(low)) * share[..., None]


def ridge(width, base, height, waves, random):
    """The upper edge of hills: a sum of sines with random phases."""
    across = np.linspace(0, 1, width)
    line = np.zeros(width)
    for number in waves:
        line += np.sin(2 * math.pi * (number * across + random.random())) / number**0.8
    line = (line - line.min()) / (line.max() - line.min())
    return base - height * line


def fill_below(picture, line, colour, bottom_colour, depth):
    """Paints everything under `line`, shading towards `bottom_colour`."""
    height = picture.shape[0]
    rows = np.arange(height)[:, None]
    share = np.clip((rows - line[None, :]) / depth, 0, 1)
    cover = np.clip(rows - line[None, :], 0, 1)[..., None]
    picture[:] = picture * (1 - cover) + blend(colour, bottom_colour, share) * cover


def yurt(draw, x, y, size):
    """A white felt yurt with its red band and door; (x, y) is its foot's middle."""
    wall, half, roof = 0.34 * size, 0.5 * size, 0.30 * size
    draw.ellipse([x - half * 1.25, y - 0.05 * size, x + half * 1.6, y + 0.08 * size],
                 fill=(104, 112, 52))
    top = y - wall
    crown = 0.13 * size
    draw.polygon([(x - half, y), (x - half, top), (x + half, top), (x + half, y)],
                 fill=(246, 241, 228))
    dome = [(x - half * 1.04, top)]
    for step in range(25):
        share = step / 24
        angle = math.pi * (1 - share)
        dome.append((x + math.cos(angle) * (crown + (half - crown) * (1 - math.sin(angle)) * 1.04),
                     top - roof * math.sin(angle)))
    dome.append((x + half * 1.04, top))
    draw.polygon(dome, fill=(253, 250, 241))
    draw.rectangle([x, top, x + half, y], fill=(229, 221, 203))
    draw.rectangle([x - half, top - 0.01 * size, x + half, top + 0.06 * size], fill=(178, 52, 44))
    for number in range(9):
        left = x - half + (number + 0.25) * size / 9
        draw.polygon([(left, top + 0.052 * size), (left + size / 36, top),
                      (left + size / 18, top + 0.052 * size)], fill=(240, 200, 92))
    draw.rectangle([x - 0.12 * size, y - 0.27 * size, x + 0.12 * size, y], fill=(140, 70, 40))
    draw.rectangle([x - 0.085 * size, y - 0.235 * size, x + 0.085 * size, y], fill=(196, 122, 60))
    draw.line([(x, y - 0.235 * size), (x, y)], fill=(140, 70, 40), width=max(2, int(size / 60)))
    draw.ellipse([x - crown, top - roof - 0.035 * size, x + crown, top - roof + 0.035 * size],
                 fill=(150, 92, 52))


def eagle(draw, x, y, span, colour):
    """A soaring bird seen from far below: two wings and a tail."""
    left = [(x, y), (x - 0.2 * span, y - 0.13 * span), (x - 0.5 * span, y - 0.05 * span),
            (x - 0.24 * span, y - 0.035 * span), (x, y + 0.07 * span)]
    draw.polygon(left, fill=colour)
    draw.polygon([(2 * x - px, py) for px, py in left], fill=colour)
    draw.polygon([(x, y - 0.02 * span), (x - 0.05 * span, y + 0.15 * span),
                  (x + 0.05 * span, y + 0.15 * span)], fill=colour)


def steppe():
    random = np.random.default_rng(7)
    width, height = 1200 * SCALE, 630 * SCALE
    rows = np.linspace(0, 1, height)[:, None]
    columns = np.linspace(0, 1, width)[None, :]

    picture = blend((20, 128, 178), (255, 231, 178), np.clip(rows / 0.66, 0, 1) ** 1.35 + 0 * columns)
    sun_x, sun_y = 0.72, 0.47
    far = np.hypot((columns - sun_x) * width, (rows - sun_y) * height) / height
    glow = np.exp(-((far / 0.30) ** 2))[..., None]
    picture = picture * (1 - 0.55 * glow) + np.array((255, 226, 130)) * 0.55 * glow
    disc = np.clip((0.085 - far) * height / 2, 0, 1)[..., None]
    picture = picture * (1 - disc) + np.array((255, 244, 196)) * disc

    # Thin clouds: long soft ellipses, lit from below.
    veil = Image.new("L", (width, height), 0)
    brush = ImageDraw.Draw(veil)
    for cx, cy, long, thick in ((0.20, 0.17, 0.30, 0.022), (0.30, 0.20, 0.22, 0.018),
                                (0.55, 0.10, 0.26, 0.016), (0.86, 0.22, 0.24, 0.020),
                                (0.93, 0.25, 0.16, 0.014), (0.08, 0.33, 0.20, 0.014)):
        for _ in range(14):
            px = (cx + random.normal(0, long / 4)) * width
            py = (cy + random.normal(0, thick / 3)) * height
            rx, ry = random.uniform(0.25, 0.5) * long * width / 2, random.uniform(0.4, 1) * thick * height / 2
            brush.ellipse([px - rx, py - ry, px + rx, py + ry], fill=120)
    veil = np.asarray(veil.filter(ImageFilter.GaussianBlur(9 * SCALE)), dtype=float)[..., None] / 255
    picture = picture * (1 - veil) + np.array((255, 250, 240)) * veil

    for base, tall, waves, colour, bottom, depth in (
        (0.66, 0.20, (2, 3, 5, 9, 17), (126, 150, 176), (206, 200, 186), 0.16),
        (0.69, 0.11, (1, 3, 4, 7, 13), (112, 140, 134), (186, 186, 140), 0.10),
        (0.72, 0.045, (1, 2, 3), (190, 172, 92), (216, 190, 104), 0.12),
        (0.82, 0.05, (1, 2), (168, 160, 74), (190, 168, 82), 0.14),
        (0.95, 0.08, (1, 2), (128, 136, 60), (92, 106, 46), 0.14),
    ):
        line = ridge(width, base * height, tall * height, waves, random)
        fill_below(picture, line, colour, bottom, depth * height)

    image = Image.fromarray(picture.clip(0, 255).astype("uint8"))
    draw = ImageDraw.Draw(image)
    yurt(draw, 0.235 * width, 0.845 * height, 0.175 * width)
    yurt(draw, 0.40 * width, 0.800 * height, 0.085 * width)
    eagle(draw, 0.50 * width, 0.25 * height, 0.085 * width, (58, 62, 70))
    eagle(draw, 0.605 * width, 0.165 * height, 0.042 * width, (74, 84, 96))

    # Feather grass along the lower edge, leaning with one wind.
    for _ in range(420):
        foot = random.uniform(-0.02, 1.0) * width
        ground = random.uniform(0.96, 1.03) * height
        tall = random.uniform(0.03, 0.10) * height
        lean = random.uniform(0.35, 0.75) * tall
        tone = random.uniform(0, 1)
        colour = tuple(int(v) for v in np.array((96, 110, 44)) * (1 - tone) + np.array((222, 206, 128)) * tone)
        stem = [(foot + lean * part**2, ground - tall * part) for part in np.linspace(0, 1, 8)]
        draw.line(stem, fill=colour, width=2 + int(tone * 2))
    image = image.resize((1200, 630), Image.LANCZOS)
    image.save(HERE / "steppe.jpg", quality=84, optimize=True, progressive=True)


def horn(centre, angle, radius, size, side, steps=60):
    """One curl of the ram's horn ornament, as a run of (point, thickness)."""
    run = []
    for step in range(steps):
        share = step / (steps - 1)
        turn = side * (share * 1.55 * math.pi)
        reach = size * (1 - 0.72 * share)
        # The curl winds about a point off the axis, outside the ring.
        hub = (centre + radius * math.cos(angle) - side * size * math.sin(angle),
               centre + radius * math.sin(angle) + side * size * math.cos(angle))
        at = angle - side * math.pi / 2 + turn
        run.append(((hub[0] + reach * math.cos(at), hub[1] + reach * math.sin(at)),
                    size * (0.30 - 0.12 * share)))
    return run


def stroke(draw, run, colour):
    """Draws a run of (point, thickness) as overlapping round dots."""
    for (x, y), thick in run:
        draw.ellipse([x - thick, y - thick, x + thick, y + thick], fill=colour)


def ring(draw, centre, radius, thick, colour):
    draw.ellipse([centre - radius, centre - radius, centre + radius, centre + radius],
                 outline=colour, width=int(thick))


def shanyrak():
    side = 800 * SCALE
    centre = side / 2
    sky, gold, pale, deep = (0, 133, 161), (244, 196, 72), (255, 226, 140), (0, 98, 124)
    image = Image.new("RGB", (side, side), sky)
    draw = ImageDraw.Draw(image)

    # The roof poles run out of the ring to the edge of the picture.
    for number in range(48):
        angle = 2 * math.pi * (number + 0.5) / 48
        draw.line([(centre + 0.33 * side * math.cos(angle), centre + 0.33 * side * math.sin(angle)),
                   (centre + 0.8 * side * math.cos(angle), centre + 0.8 * side * math.sin(angle))],
                  fill=deep, width=int(0.010 * side))
    draw.ellipse([centre - 0.455 * side, centre - 0.455 * side, centre + 0.455 * side, centre + 0.455 * side],
                 fill=sky)

    for number in range(12):
        angle = 2 * math.pi * number / 12
        for way in (-1, 1):
            stroke(draw, horn(centre, angle, 0.372 * side, 0.040 * side, way), gold)
        tip = 0.452 * side
        draw.line([(centre + 0.33 * side * math.cos(angle), centre + 0.33 * side * math.sin(angle)),
                   (centre + tip * 0.94 * math.cos(angle), centre + tip * 0.94 * math.sin(angle))],
                  fill=gold, width=int(0.014 * side))
        x, y = centre + tip * 0.965 * math.cos(angle), centre + tip * 0.965 * math.sin(angle)
        dot = 0.011 * side
        draw.ellipse([x - dot, y - dot, x + dot, y + dot], fill=pale)

    # The open crown itself: a light sky, crossed by two sets of three bent bars.
    inner = 0.292 * side
    draw.ellipse([centre - inner, centre - inner, centre + inner, centre + inner], fill=(126, 208, 224))
    for upright in (False, True):
        for offset in (-1, 0, 1):
            bar = []
            for share in np.linspace(-1, 1, 240):
                along = share * inner
                across = offset * (0.052 * side + 0.038 * side * (1 - share**2))
                if math.hypot(along, across) > inner:
                    continue
                point = (centre + across, centre + along) if upright else (centre + along, centre + across)
                bar.append((point, 0.0125 * side))
            stroke(draw, bar, gold)
            stroke(draw, [(point, 0.004 * side) for point, _ in bar], pale)
    ring(draw, centre, 0.330 * side, 0.046 * side, gold)
    ring(draw, centre, 0.330 * side, 0.007 * side, pale)
    ring(draw, centre, 0.291 * side, 0.007 * side, pale)
    for number in range(48):
        angle = 2 * math.pi * (number + 0.5) / 48
        x, y = centre + 0.309 * side * math.cos(angle), centre + 0.309 * side * math.sin(angle)
        dot = 0.0055 * side
        draw.ellipse([x - dot, y - dot, x + dot, y + dot], fill=deep)

    image = image.resize((800, 800), Image.LANCZOS)
    image.quantize(64, method=Image.MEDIANCUT, dither=Image.NONE).save(HERE / "shanyrak.png", optimize=True)


if __name__ == "__main__":
    steppe()
    shanyrak()
    for name in ("steppe.jpg", "shanyrak.png"):
        print(f"{name}: {(HERE / name).stat().st_size} bytes")
