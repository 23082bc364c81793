#!/usr/bin/env python3
"""Makes the outlines of a font simpler: SOURCE's glyphs drawn with as few quadratic curves and lines as stay
within TOLERANCE of them, on a grid of GRID units, without instructions, as a TrueType font TARGET.

    python3 fonts/simplify.py SOURCE TARGET TOLERANCE GRID

TOLERANCE and GRID are in units of the em. Needs fontTools and numpy. The same source gives the same bytes.

Points are complex numbers.
"""

import math
import sys
from multiprocessing import Pool

import numpy as np
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

# Two segments that meet at a larger angle meet in a corner, which stays where it is.
CORNER = math.radians(45)
# Steps in which a curve is known, and how many of them lie between two places where it may be parted.
STEPS = 6
STEPS_BETWEEN = 3
# A curve is known in twice as many steps where its control polygon is longer.
LONG = 150
# Most places to part at that one curve goes past.
REACH = 16
# What is so many tolerances away from the curve that is fitted at first is not tried further.
FAR = 4
# What a line costs is 1, a curve 2: points. This is saved where a curve begins half way between
# two control points, since that point needs not be said.
SAVED = 0.8


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
        points = [p and complex(*p) for p in points]
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
            if end is None:
                # A contour without a point on the curve: begins between the last and the first.
                at = start = end = (controls[-1] + controls[0]) / 2
                contour = []
            for index, control in enumerate(controls):
                joint = (control + controls[index + 1]) / 2 if index + 1 < len(controls) else end
                contour.append((at, control, joint))
                at = joint
        else:
            close()
    return contours


def direction(segment, at_end):
    points = segment[::-1] if at_end else segment
    for other in points[1:]:
        vector = points[0] - other if at_end else other - points[0]
        if abs(vector) > 1e-6:
            return vector / abs(vector)
    return 0j


def weights(steps):
    """The weights of the points of quadratic and of cubic curves at each step after the first."""
    t = np.linspace(0, 1, steps + 1)[1:]
    u = 1 - t
    return {3: (u * u, 2 * t * u, t * t), 4: (u**3, 3 * t * u * u, 3 * t * t * u, t**3)}


WEIGHTS, WEIGHTS_OF_LONG = weights(STEPS), weights(2 * STEPS)


def sampled(p):
    """Points of a segment after its first, and after how many of them it may be parted."""
    if len(p) == 2:
        count = max(2, min(12, int(abs(p[1] - p[0]) / 8) + 1))
        t = np.linspace(0, 1, count + 1)[1:]
        return p[0] * (1 - t) + p[1] * t, (count,)
    long = sum(abs(b - a) for a, b in zip(p, p[1:])) > LONG
    points = sum(point * weight for point, weight in zip(p, (WEIGHTS_OF_LONG if long else WEIGHTS)[len(p)]))
    return points, range(STEPS_BETWEEN, len(points) + 1, STEPS_BETWEEN)


class Pieces:
    """Pieces of a run of points, one behind the other in one array: numpy takes as long for one piece as
    for a hundred. Piece I is between the joints STARTS[I] and ENDS[I], whose places on the grid are A and B."""

    def __init__(self, points, run, joints, at, starts, ends):
        self.all = points, run, joints, at
        self.starts, self.ends = starts, ends
        self.counts = joints[ends] - joints[starts] + 1
        self.firsts = np.cumsum(self.counts) - self.counts
        index = np.repeat(joints[starts] - self.firsts, self.counts) + np.arange(self.counts.sum())
        self.points = points[index]
        self.a, self.b = at[starts], at[ends]
        # How far along its piece each point is: a first guess.
        length = run[joints[ends]] - run[joints[starts]]
        self.u = (run[index] - self.of_points(run[joints[starts]])) / self.of_points(np.maximum(length, 1e-9))

    def of_points(self, values):
        """What is said of pieces, said of their points."""
        return np.repeat(values, self.counts)

    def sum(self, values):
        return np.add.reduceat(values, self.firsts)

    def largest(self, values):
        return np.maximum.reduceat(values, self.firsts)

    def only(self, which):
        """Some of the pieces."""
        fewer = Pieces(*self.all, self.starts[which], self.ends[which])
        fewer.u = self.u[self.of_points(which)]
        return fewer

    def off_lines(self):
        """How far the points are from the lines between A and B."""
        length = np.abs(self.b - self.a)
        normal = np.where(length > 0, (self.b - self.a).conjugate() / np.where(length > 0, length, 1), 0)
        off = self.points - self.of_points(self.a)
        across = np.abs((off * self.of_points(normal)).imag)
        return self.largest(np.where(self.of_points(length > 0), across, np.abs(off)))

    def fit(self, grid=None):
        """The control points of the quadratic curves between A and B that are nearest to the points, on
        the grid if there is one, and how far they are. Each time, U comes nearer to where the points are."""
        u, a, b = self.u, self.of_points(self.a), self.of_points(self.b)
        weight = 2 * u * (1 - u)
        ends = a * (1 - u) ** 2 + b * (u * u)
        controls = self.sum(weight * (self.points - ends)) / np.maximum(self.sum(weight * weight), 1e-9)
        if grid:
            controls = grid * np.round(controls / grid)
        control = self.of_points(controls)
        off = ends + weight * control - self.points
        second = 2 * (b - 2 * control + a)
        first = 2 * (control - a) + second * u
        over = off.real * first.real + off.imag * first.imag
        under = first.real**2 + first.imag**2 + off.real * second.real + off.imag * second.imag
        u = u - over / np.where(np.abs(under) > 1e-9, under, 1e9)
        self.u = np.minimum(np.maximum(u, 0), 1)
        return controls, self.largest(np.abs(off))


def fewest(points, joints, tolerance, grid):
    """Points with as few lines and curves as stay within tolerance, parted at joints only. All is tried
    with its points on the grid, so that tolerance holds for what is drawn."""
    run = np.concatenate(([0], np.cumsum(np.abs(points[1:] - points[:-1]))))
    at = grid * np.round(points[joints] / grid)
    pairs = [(start, end) for end in range(1, len(joints)) for start in range(max(0, end - REACH), end)]
    starts, ends = np.array(pairs).T
    pieces = Pieces(points, run, np.array(joints), at, starts, ends)
    straight = pieces.off_lines() <= 0.8 * tolerance
    # What each piece may be drawn with: a line (None) or a curve's control point. The shortest pieces
    # are always drawn, as well as can be.
    ways = {pair: None for pair, line in zip(pairs, straight) if line or pair[1] - pair[0] == 1}
    if not straight.all():
        pieces = pieces.only(~straight)
        _, error = pieces.fit()
        likely = (error <= FAR * tolerance) | (pieces.ends - pieces.starts == 1)
        if likely.any():
            pieces = pieces.only(likely)
            pieces.fit()
            controls, error = pieces.fit(grid)
            good = (error <= tolerance) | (pieces.ends - pieces.starts == 1)
            for start, end, control in zip(*(v[good].tolist() for v in (pieces.starts, pieces.ends, controls))):
                ways[start, end] = control
    best = [(0, None, None)] + [(math.inf, None, None)] * (len(joints) - 1)
    for (start, end), control in sorted(ways.items(), key=lambda way: (way[0][1], -way[0][0])):
        cost, _, before = best[start]
        if control is None:
            cost += 1
        else:
            saved = before is not None and needless(before, at[start], control, grid)
            cost += 2 - SAVED if saved else 2
        if cost < best[end][0]:
            best[end] = (cost, start, control)
    drawn_with, end = [], len(joints) - 1
    while end > 0:
        _, start, control = best[end]
        drawn_with.append((control, complex(at[end])))
        end = start
    return drawn_with[::-1]


def needless(before, point, after, grid):
    """A point half way between two control points needs not be said."""
    return abs((before + after) / 2 - point) <= 0.75 * grid


def simplified(contour, tolerance, grid):
    """A contour's points on the grid, each with whether it is on the curve."""
    count = len(contour)
    corners = [
        i
        for i in range(count)
        if (direction(contour[i - 1], True) * direction(contour[i], False).conjugate()).real < math.cos(CORNER)
    ] or [0]
    placed = []
    for first, last in zip(corners, corners[1:] + [corners[0] + count]):
        run = [contour[i % count] for i in range(first, last)]
        samples, joints, length = [np.array(run[0][:1])], [0], 1
        for segment in run:
            new, partings = sampled(segment)
            samples.append(new)
            joints.extend(length + parting - 1 for parting in partings)
            length += len(new)
        for control, end in fewest(np.concatenate(samples), joints, tolerance, grid):
            if control is not None:
                placed.append((control, False))
            placed.append((end, True))
    kept = []
    for index, (point, on) in enumerate(placed):
        before, after = placed[index - 1], placed[(index + 1) % len(placed)]
        if on and len(placed) > 4:
            if point == before[0]:
                continue
            if index > 0 and not before[1] and not after[1] and needless(before[0], point, after[0], grid):
                continue
        kept.append(((int(point.real), int(point.imag)), on))
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
        font["maxp"].tableVersion = 0x00010000
        font["maxp"].maxZones = 1
        font.sfntVersion = "\0\1\0\0"
    # No glyph has instructions or parts that are other glyphs.
    for key in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements",
                "SizeOfInstructions", "ComponentElements"):
        setattr(font["maxp"], "max" + key, 0)
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
