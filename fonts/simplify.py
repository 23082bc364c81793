#!/usr/bin/env python3
"""Makes the outlines of a font simpler: SOURCE's glyphs drawn with as few quadratic curves and lines as stay
within TOLERANCE of them, on a grid of GRID units, without instructions, as a TrueType font TARGET.

    python3 fonts/simplify.py SOURCE TARGET TOLERANCE GRID

TOLERANCE and GRID are in units of the em. Needs fontTools and numpy. The same source gives the same bytes.
"""

import math
import sys
from multiprocessing import Pool

import numpy as np
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

# Two segments that meet at a larger angle meet in a corner, which stays where it is.
CORNER = math.radians(25)
# Points by which a curve is known, and most segments that become one.
SAMPLES = 6
REACH = 12


def segments(glyphs, name):
    """The contours of a glyph, each a list of segments: a tuple of two, three or four points."""
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    contours, contour, at, start = [], [], None, None

    def close():
        if contour and at != start:
            contour.append((at, start))
        kept = [s for s in contour if any(p != s[0] for p in s[1:])]
        if len(kept) > 1:
            contours.append(kept)

    for operator, points in pen.value:
        if operator == "moveTo":
            contour, at, start = [], points[0], points[0]
        elif operator == "lineTo":
            contour.append((at, points[0]))
            at = points[0]
        elif operator == "curveTo":
            contour.append((at, *points))
            at = points[-1]
        elif operator == "qCurveTo":
            *controls, end = points
            for index, control in enumerate(controls):
                if index + 1 < len(controls):
                    after = controls[index + 1]
                    joint = ((control[0] + after[0]) / 2, (control[1] + after[1]) / 2)
                else:
                    joint = end
                contour.append((at, control, joint))
                at = joint
        else:
            close()
    return contours


def direction(segment, at_end):
    points = [np.array(p, float) for p in (segment[::-1] if at_end else segment)]
    for other in points[1:]:
        vector = points[0] - other if at_end else other - points[0]
        length = np.hypot(*vector)
        if length > 1e-6:
            return vector / length
    return np.zeros(2)


def sampled(segment):
    """Points of a segment after its first."""
    p = [np.array(point, float) for point in segment]
    if len(p) == 2:
        count = max(2, min(12, int(math.dist(*p) / 8) + 1))
        t = np.linspace(0, 1, count + 1)[1:, None]
        return p[0] * (1 - t) + p[1] * t
    t = np.linspace(0, 1, SAMPLES + 1)[1:, None]
    if len(p) == 3:
        return p[0] * (1 - t) ** 2 + 2 * p[1] * t * (1 - t) + p[2] * t * t
    return p[0] * (1 - t) ** 3 + 3 * p[1] * t * (1 - t) ** 2 + 3 * p[2] * t * t * (1 - t) + p[3] * t**3


def off_line(points):
    """How far points are from the line between the first and the last."""
    a, b = points[0], points[-1]
    length = math.dist(a, b)
    if length == 0:
        return np.hypot(*(points - a).T).max()
    normal = np.array([b[1] - a[1], a[0] - b[0]]) / length
    return np.abs((points - a) @ normal).max()


def curve(points):
    """The control point of the quadratic curve that is nearest to points, and how far it is from them."""
    a, b = points[0], points[-1]
    run = np.concatenate(([0], np.cumsum(np.hypot(*(points[1:] - points[:-1]).T))))
    if run[-1] == 0:
        return None, math.inf
    u = run / run[-1]
    for last in (False, False, True):
        weight = 2 * u * (1 - u)
        ends = a * ((1 - u) ** 2)[:, None] + b * (u * u)[:, None]
        scale = (weight * weight).sum()
        if scale < 1e-9:
            return None, math.inf
        control = (weight[:, None] * (points - ends)).sum(0) / scale
        drawn = ends + weight[:, None] * control
        if last:
            return control, np.hypot(*(drawn - points).T).max()
        t = u[:, None]
        first = 2 * ((control - a) * (1 - t) + (b - control) * t)
        second = 2 * (b - 2 * control + a)
        over = ((drawn - points) * first).sum(1)
        under = (first * first).sum(1) + ((drawn - points) * second).sum(1)
        safe = np.where(np.abs(under) > 1e-9, under, 1)
        u = np.clip(np.where(np.abs(under) > 1e-9, u - over / safe, u), 0, 1)


def fewest(points, joints, tolerance):
    """Points with as few lines and curves as stay within tolerance, parted at joints only."""
    best = [(0, None, None)] + [(math.inf, None, None)] * (len(joints) - 1)
    for end in range(1, len(joints)):
        for start in range(end - 1, max(-1, end - REACH - 1), -1):
            cost = best[start][0]
            if cost == math.inf:
                continue
            piece = points[joints[start] : joints[end] + 1]
            # A single segment is always drawn, as well as can be.
            alone = end - start == 1
            if off_line(piece) <= 0.8 * tolerance:
                if cost + 1 < best[end][0]:
                    best[end] = (cost + 1, start, None)
                continue
            if cost + 2 >= best[end][0]:
                continue
            control, error = curve(piece)
            if control is not None and (error <= tolerance or alone):
                best[end] = (cost + 2, start, control)
            elif alone and best[end][0] == math.inf:
                best[end] = (cost + 1, start, None)
    pieces, end = [], len(joints) - 1
    while end > 0:
        _, start, control = best[end]
        pieces.append((control, points[joints[end]]))
        end = start
    return pieces[::-1]


def simplified(contour, tolerance, grid):
    """A contour's points on the grid, each with whether it is on the curve."""
    count = len(contour)
    corners = [
        i
        for i in range(count)
        if direction(contour[i - 1], True) @ direction(contour[i], False) < math.cos(CORNER)
    ] or [0]
    points = []
    for first, last in zip(corners, corners[1:] + [corners[0] + count]):
        run = [contour[i % count] for i in range(first, last)]
        samples, joints = [np.array(run[0][0], float)], [0]
        for segment in run:
            new = sampled(segment)
            if len(segment) > 2:
                joints.append(len(samples) + len(new) // 2 - 1)
            samples.extend(new)
            joints.append(len(samples) - 1)
        for control, end in fewest(np.array(samples), joints, tolerance):
            if control is not None:
                points.append((control, False))
            points.append((end, True))
    placed = [((int(round(p[0] / grid)) * grid, int(round(p[1] / grid)) * grid), on) for p, on in points]
    kept = []
    for index, (point, on) in enumerate(placed):
        before, after = placed[index - 1], placed[(index + 1) % len(placed)]
        if on and len(placed) > 4:
            if point == before[0]:
                continue
            # A point half way between two control points needs not be said.
            middle = ((before[0][0] + after[0][0]) / 2, (before[0][1] + after[0][1]) / 2)
            if index > 0 and not before[1] and not after[1] and math.dist(middle, point) <= 0.75 * grid:
                continue
        kept.append((point, on))
    return kept


def drawn(contours):
    pen = TTGlyphPen(None)
    for points in contours:
        if len(points) < 3:
            continue
        # Starts at a point on the curve.
        start = next((i for i, (_, on) in enumerate(points) if on), None)
        if start is None:
            pen.qCurveTo(*[p for p, _ in points], None)
            pen.closePath()
            continue
        ring = points[start:] + points[:start]
        pen.moveTo(ring[0][0])
        controls = []
        for point, on in ring[1:] + ring[:1]:
            if not on:
                controls.append(point)
            elif controls:
                pen.qCurveTo(*controls, point)
                controls = []
            else:
                pen.lineTo(point)
        pen.closePath()
    return pen.glyph(dropImpliedOnCurves=False)


def work(name):
    contours = [simplified(c, TOLERANCE, GRID) for c in segments(GLYPHS, name)]
    return name, drawn(contours)


def simplify(source, target, tolerance, grid):
    """Writes the font file SOURCE with simpler outlines to TARGET."""
    global GLYPHS, TOLERANCE, GRID
    TOLERANCE, GRID = tolerance, grid
    font = TTFont(source, recalcTimestamp=False)
    GLYPHS = font.getGlyphSet()
    order = font.getGlyphOrder()
    with Pool(2) as pool:
        made = dict(pool.imap(work, order, chunksize=64))
    if "glyf" not in font:
        del font["CFF "]
        font["glyf"], font["loca"] = newTable("glyf"), newTable("loca")
        maxima = font["maxp"]
        maxima.tableVersion = 0x00010000
        maxima.maxZones = 1
        for key in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements",
                    "SizeOfInstructions", "ComponentElements"):
            setattr(maxima, "max" + key, 0)
        font.sfntVersion = "\0\1\0\0"
    # What instructions need, and tables that are not in use.
    for tag in ("VORG", "fpgm", "prep", "cvt ", "gasp", "mort"):
        if tag in font:
            del font[tag]
    glyf = font["glyf"]
    glyf.glyphs, glyf.glyphOrder = made, order
    for name in order:
        glyph = made[name]
        glyph.recalcBounds(glyf)
        width, _ = font["hmtx"].metrics[name]
        left = glyph.xMin if glyph.numberOfContours else 0
        font["hmtx"].metrics[name] = (width, left)
    font["post"].formatType = 3.0
    font.save(target)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    simplify(sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4]))
