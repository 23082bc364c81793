#!/usr/bin/env python3
"""Make the font files of this folder from Debian 12 (bookworm) packages.

Unpack these packages into one folder (ROOT), for example with
`apt-get download NAME` and `dpkg-deb -x NAME.deb ROOT`:

    texlive-lang-chinese   2022.20230122-1         Fandol fonts
    fonts-cwtex-fs         1.0-4                   cwTeX FangSong
    fonts-lxgw-wenkai      1.250+repack-1          LXGW WenKai
    fonts-noto-cjk         1:20220127+repack1-1    Noto Serif CJK Regular
    fonts-noto-cjk-extra   1:20220127+repack1-1    the other Noto CJK weights
    fonts-noto-extra       20201225-1              Noto Serif Light
    unicode-data           15.0.0-1                Unihan (kTGH: the list of 8105)

Python packages: fonttools 4.68.0, numpy 2.4.6.

    python3 trim.py ROOT OUT

OUT gets the eight font files. Time stamps are those of the original
fonts, so two runs give the same bytes. It takes about a quarter of an hour on one core.
"""
import bz2
import os
import sys

from fontTools import subset
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

from simplify import simplify

NOTO = "usr/share/fonts/opentype/noto/"
FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/"
WENKAI = "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Light.ttf"
CWFS = "usr/share/fonts/truetype/cwtex/cwfs.ttf"
SERIF_LIGHT = "usr/share/fonts/truetype/noto/NotoSerif-Light.ttf"
UNIHAN = "usr/share/unicode/Unihan_OtherMappings.txt.bz2"

# How far outlines may move, and the grid that their points are put on, in units
# of the em (1000): at 16 pt, a unit is 0.0056 mm, and a dot of an office printer
# (600 dpi) is 7.5 units wide.
TOLERANCE = 3
GRID = 2

NOTE = "; trimmed for nianbao"
KEEP_NAMES = (0, 1, 2, 4, 5, 6, 13, 14)


# ---------------------------------------------------------------- characters

def span(*pairs):
    out = set()
    for first, last in pairs:
        out.update(range(first, last + 1))
    return out


def encodable(codec, first=0x00, last=0xFFFF, test=lambda b: True):
    out = set()
    for cp in range(first, last + 1):
        try:
            if test(chr(cp).encode(codec)):
                out.add(cp)
        except UnicodeEncodeError:
            pass
    return out


HAN_BMP = (0x3400, 0x9FFF)
URO = span((0x4E00, 0x9FFF))
EXT_A = span((0x3400, 0x4DBF))
PLANES_2_3 = span((0x20000, 0x3347F))
GB2312 = encodable("gb2312", *HAN_BMP)
BIG5 = encodable("big5", *HAN_BMP)
BIG5_LEVEL_1 = encodable("big5", *HAN_BMP, test=lambda b: 0xA4 <= b[0] <= 0xC6)
# The compatibility ideographs that GB 18030 uses; twelve of them are in
# truth unified ideographs.
COMPAT = set(map(ord, "\uf92c\uf979\uf995\uf9e7\uf9f1")) | span((0xFA0C, 0xFA29))

KANA_HANGUL = span((0x3041, 0x30FF), (0x3130, 0x318F), (0x31F0, 0x31FF),
                   (0x3200, 0x321E), (0x3260, 0x327F), (0x32D0, 0x32FF),
                   (0x3300, 0x3357), (0xFF65, 0xFFDC))
# What any text face keeps: Latin, general punctuation, CJK punctuation,
# enclosed numerals, units, fullwidth forms, the non-Han part of GB 2312, Big5.
SYMBOLS = (
    span((0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x2027), (0x2030, 0x205E),
         (0x2100, 0x214F), (0x2150, 0x218B), (0x2190, 0x2199),
         (0x2200, 0x22FF), (0x2460, 0x24FF), (0x2500, 0x257F),
         (0x25A0, 0x25FF), (0x2600, 0x2611), (0x2713, 0x2717),
         (0x2776, 0x277F), (0x3000, 0x303F), (0x3105, 0x312F),
         (0x3220, 0x3243), (0x3248, 0x325F), (0x3280, 0x32CF),
         (0x3358, 0x33FF), (0xFE30, 0xFE4F), (0xFE50, 0xFE6F),
         (0xFF01, 0xFF64), (0xFFE0, 0xFFEE))
    | {0x20AC, 0x20A9, 0x20BF}
    | {c for codec in ("gb2312", "big5") for c in encodable(codec)
       if not 0x3400 <= c <= 0x9FFF and not 0xE000 <= c <= 0xFAFF}
) - KANA_HANGUL
KANGXI = span((0x2E80, 0x2FD5))


def tgh(root):
    """The 8105 characters of the table of general standard characters."""
    out = set()
    with bz2.open(os.path.join(root, UNIHAN), "rt", encoding="utf-8") as lines:
        for line in lines:
            if "\tkTGH\t" in line:
                out.add(int(line.split("\t")[0][2:], 16))
    assert len(out) == 8105
    return out


# ---------------------------------------------------------------------- help

def options(hinting=False):
    o = subset.Options()
    o.hinting = hinting
    o.layout_features = []
    o.name_IDs = ["*"]
    o.name_languages = ["*"]
    o.name_legacy = True
    o.notdef_outline = True
    o.glyph_names = False
    o.recalc_timestamp = False
    o.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG",
                      "mort", "gasp", "DSIG"]
    return o


def set_cmap(font, mapping):
    tables = []
    for fmt, platform_encoding, part in (
            (4, 1, {u: g for u, g in mapping.items() if u <= 0xFFFF}),
            (12, 10, mapping)):
        table = CmapSubtable.newSubtable(fmt)
        table.platformID, table.platEncID, table.language = 3, platform_encoding, 0
        table.cmap = dict(sorted(part.items()))
        tables.append(table)
    font["cmap"] = newTable("cmap")
    font["cmap"].tableVersion = 0
    font["cmap"].tables = tables


def set_names(font, changes=None):
    """Keep the English names that matter; drop 16 and 17, so that name 1 rules."""
    old, new = font["name"], newTable("name")
    new.names = []
    for i in KEEP_NAMES:
        text = (changes or {}).get(i) or old.getDebugName(i)
        if i == 5:
            text += NOTE
        if text:
            new.setName(text, i, 3, 1, 0x409)
    font["name"] = new


# --------------------------------------------------------------------- makers

def make_collection(root, out, source, target, chars):
    """One .ttc with an SC and a TC face that share every glyph table."""
    path = os.path.join(root, NOTO, source)
    sc = TTFont(path, fontNumber=2, lazy=True, recalcTimestamp=False)
    tc = TTFont(path, fontNumber=3, lazy=True, recalcTimestamp=False)
    assert " SC" in sc["name"].getDebugName(1) and " TC" in tc["name"].getDebugName(1)
    maps = []
    for font in (sc, tc):
        cmap = font.getBestCmap()
        maps.append({u: cmap[u] for u in chars if u in cmap})
    # Read what the TC face has of its own before the subsetter runs.
    own = {tag: tc[tag] for tag in ("name", "OS/2", "head")}
    tc["name"].names, tc["OS/2"].panose, tc["head"].unitsPerEm  # load
    del sc["cmap"]  # made anew below; also spares the variation sequences
    set_cmap(sc, maps[0])
    subsetter = subset.Subsetter(options())
    subsetter.populate(glyphs=set(maps[0].values()) | set(maps[1].values()))
    subsetter.subset(sc)
    set_cmap(sc, maps[0])
    set_names(sc)
    middle = os.path.join(out, target + ".tmp")
    sc.save(middle)
    order = sc.getGlyphOrder()
    simplify(middle, middle, TOLERANCE, GRID)

    faces = [TTFont(middle, recalcTimestamp=False) for _ in range(2)]
    # A TrueType font says no names of glyphs: they are called by their numbers now.
    named = dict(zip(order, faces[1].getGlyphOrder()))
    faces[1]["name"] = own["name"]
    set_names(faces[1])
    avg = faces[0]["OS/2"].xAvgCharWidth
    faces[1]["OS/2"] = own["OS/2"]
    faces[1]["OS/2"].xAvgCharWidth = avg
    set_cmap(faces[1], {u: named[g] for u, g in maps[1].items()})
    faces[1]["OS/2"].recalcUnicodeRanges(faces[1])
    faces[1]["OS/2"].updateFirstAndLastCharIndex(faces[1])
    collection = TTCollection()
    collection.fonts = faces
    collection.save(os.path.join(out, target), shareTables=True)
    os.remove(middle)
    draw_dashes(os.path.join(out, target))


def make_wenkai(root, out, target, chars):
    """A new name: 'LXGW' is a Reserved Font Name of the licence."""
    font = TTFont(os.path.join(root, WENKAI), recalcTimestamp=False)
    cmap = font.getBestCmap()
    keep = {u: cmap[u] for u in chars if u in cmap}
    subsetter = subset.Subsetter(options())
    subsetter.populate(unicodes=keep)
    subsetter.subset(font)
    set_cmap(font, keep)
    set_names(font, {1: "Nianbao WenKai", 4: "Nianbao WenKai",
                     6: "NianbaoWenKai-Light"})
    save_simplified(font, os.path.join(out, target))


def make_serif(root, out, target):
    """The outlines are the same: only the instructions and layout tables go, and the em is made larger, so
    that a digit is half an em wide: in running text half a square. A new name, since it isn't set as wide."""
    font = TTFont(os.path.join(root, SERIF_LIGHT), recalcTimestamp=False)
    mapping = font.getBestCmap()
    subsetter = subset.Subsetter(options())
    subsetter.populate(unicodes=mapping)
    subsetter.subset(font)
    set_cmap(font, mapping)
    set_names(font, {1: "Nianbao Serif", 2: "Light", 4: "Nianbao Serif Light",
                     6: "NianbaoSerif-Light"})
    font["head"].unitsPerEm = 2 * font["hmtx"].metrics[mapping[ord("0")]][0]
    font.save(os.path.join(out, target))


def make_fandol(root, out, source, target, marks=None):
    """All glyphs stay; hints and the tables not in use go. Some marks are those of the font MARKS, made before,
    and some are left to another font."""
    font = TTFont(os.path.join(root, FANDOL, source), recalcTimestamp=False)
    mapping = {u: g for u, g in font.getBestCmap().items() if chr(u) not in LEFT_OUT}
    subsetter = subset.Subsetter(options())
    subsetter.populate(glyphs=font.getGlyphOrder())
    subsetter.subset(font)
    set_names(font)
    font["name"].setName(font["name"].getDebugName(6).split("-")[0], 1, 3, 1, 0x409)
    set_cmap(font, mapping)
    save_simplified(font, os.path.join(out, target))
    mend_fandol(os.path.join(out, target), marks and os.path.join(out, marks))


def make_cwfs(root, out, target):
    """All glyphs stay, simplified."""
    font = TTFont(os.path.join(root, CWFS), recalcTimestamp=False)
    for record in font["name"].names:
        if record.nameID == 5:
            record.string = record.toUnicode() + NOTE
    save_simplified(font, os.path.join(out, target))


def save_simplified(font, path):
    font.save(path)
    simplify(path, path, TOLERANCE, GRID)


# ---------------------------------------------------------------------- marks

# Noto's Han have their middle here.
MIDDLE = 380
# Marks that FandolKai draws as hairlines, raised or low.
FROM_FANG = "\uff5e\u2014\u2013\uff0f\u00b7\u30fb"
# Marks that Nianbao WenKai draws in place of both: two of their ellipses are dots at uneven distances, their corner
# brackets reach down to the square's foot, and their minus is as short as a hyphen.
LEFT_OUT = "\u2026\u300c\u300d\u300e\u300f\uff0b\uff0d\uff1d"


def draw_dashes(path):
    """The dashes \u2014 and \u2015 of a Noto collection: as thick as its em dash, in the middle of the square
    and from edge to edge, so that two are one line. They were those of Latin text, low and narrower."""
    collection = TTCollection(path, lazy=False)
    for font in collection.fonts:
        font.recalcTimestamp = False
        cmap, glyf = font.getBestCmap(), font["glyf"]
        dash = glyf[cmap[0x2014]]
        thickness = dash.yMax - dash.yMin
        if dash.xMin < 0:
            continue
        bottom = MIDDLE - thickness // 2
        for name in {cmap[0x2014], cmap[0x2015]}:
            pen = TTGlyphPen(None)
            # A little over the edges: two that only met would show a seam on a screen.
            pen.moveTo((-10, bottom))
            for corner in ((-10, bottom + thickness), (1010, bottom + thickness), (1010, bottom)):
                pen.lineTo(corner)
            pen.closePath()
            glyf[name] = pen.glyph()
            glyf[name].recalcBounds(glyf)
            font["hmtx"].metrics[name] = (1000, -10)
    collection.save(path, shareTables=True)


def mend_fandol(path, marks=None):
    """Moves the question mark to the left of its square, where the exclamation mark is, and takes MARKS from
    another font."""
    font = TTFont(path, recalcTimestamp=False)
    cmap, glyf = font.getBestCmap(), font["glyf"]
    for c in FROM_FANG if marks else "":
        other = TTFont(marks, lazy=True)
        source = other.getBestCmap()[ord(c)]
        glyf[cmap[ord(c)]] = other["glyf"][source]
        font["hmtx"].metrics[cmap[ord(c)]] = other["hmtx"].metrics[source]
    name = cmap[ord("\uff1f")]
    pen = TTGlyphPen(None)
    glyf[name].draw(TransformPen(pen, (1, 0, 0, 1, -250, 0)), glyf)
    glyf[name] = pen.glyph(dropImpliedOnCurves=False)
    glyf[name].recalcBounds(glyf)
    font["hmtx"].metrics[name] = (font["hmtx"].metrics[name][0], glyf[name].xMin)
    font.save(path)


def main(root, out):
    os.makedirs(out, exist_ok=True)
    table = tgh(root)
    all_han = URO | EXT_A | PLANES_2_3
    wenkai_han = BIG5 | (table - GB2312)
    jobs = [
        (make_serif, "NianbaoSerif-Light.ttf"),
        (make_collection, "NotoSerifCJK-Regular.ttc",
         "NotoSerifCJK-Regular-trimmed.ttc",
         all_han | SYMBOLS | COMPAT | KANGXI | span((0x3041, 0x30FF))),
        (make_collection, "NotoSerifCJK-SemiBold.ttc",
         "NotoSerifCJK-SemiBold-trimmed.ttc",
         table | GB2312 | BIG5_LEVEL_1 | SYMBOLS),
        (make_collection, "NotoSansCJK-Medium.ttc",
         "NotoSansCJK-Medium-trimmed.ttc",
         URO | table | SYMBOLS | COMPAT),
        (make_cwfs, "cwfs.ttf"),
        (make_fandol, "FandolFang-Regular.otf", "FandolFang-Regular.ttf"),
        (make_fandol, "FandolKai-Regular.otf", "FandolKai-Regular.ttf", "FandolFang-Regular.ttf"),
        (make_wenkai, "NianbaoWenKai-Light.ttf", wenkai_han | SYMBOLS | COMPAT),
    ]
    for make, *rest in jobs:
        make(root, out, *rest)
        print("made", *(a for a in rest if isinstance(a, str)), flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
