#!/usr/bin/env python3
"""Makes assets/fonts/fonts.zip: letters for the scripts that the toolkit's own font lacks.

The fonts come from the Debian packages fonts-noto-core (SIL Open Font License 1.1) and
fonts-droid-fallback (Apache License 2.0). Of each, what writes one script is kept; the
instructions for coarse screens go. Each gets an empty letter for the space, which the
toolkit sets with the font of the letter before, and the line height of Noto Sans, so that
scripts stand on one line. Needs apt-get, dpkg-deb and the Python package fonttools:

    python3 -m venv /tmp/fonts-venv && /tmp/fonts-venv/bin/pip install fonttools
    /tmp/fonts-venv/bin/python scripts/fonts.py
"""

import pathlib
import subprocess
import tempfile
import zipfile

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

OUT = pathlib.Path(__file__).resolve().parent.parent / "assets" / "fonts" / "fonts.zip"
PACKAGES = ["fonts-noto-core", "fonts-droid-fallback"]
NOTO = "usr/share/fonts/truetype/noto/NotoSans%s-Regular.ttf"
DROID = "usr/share/fonts-droid-fallback/truetype/DroidSansFallback.ttf"
ASCENT, DESCENT = 1.069, 0.293  # of Noto Sans, in parts of an em
SHARED = "0964-0965,200C-200D,25CC"  # signs that Indian scripts share

# What is kept of each font, in Unicode.
SCRIPTS = {
    "Arabic": "0600-06FF,0750-077F,200C-200F",
    "Hebrew": "0590-05FF,200C-200F",
    "Devanagari": "0900-097F,A8E0-A8FF,20B9," + SHARED,
    "Bengali": "0980-09FF," + SHARED,
    "Gurmukhi": "0A00-0A7F," + SHARED,
    "Gujarati": "0A80-0AFF," + SHARED,
    "Tamil": "0B80-0BFF," + SHARED,
    "Telugu": "0C00-0C7F," + SHARED,
    "Kannada": "0C80-0CFF," + SHARED,
    "Malayalam": "0D00-0D7F," + SHARED,
    "Sinhala": "0D80-0DFF," + SHARED,
    "Thai": "0E00-0E7F,25CC",
    "Lao": "0E80-0EFF,25CC",
    "Khmer": "1780-17FF,200C-200D,25CC",
    "Myanmar": "1000-109F,200C-200D,25CC",
    "Georgian": "10A0-10FF,1C90-1CBF",
    "Armenian": "0530-058F",
    "Ethiopic": "1200-137F",
    "Math": "2100-214F,2190-21FF,2200-22FF",
    "Symbols": "2100-214F,2460-24FF,2600-26FF,2700-27BF",
    "Symbols2": "2190-21FF,2300-23FF,2500-25FF,2600-26FF,2700-27BF,2B00-2BFF",
}
CJK = ("1100-11FF,2E80-2FDF,3000-33FF,3400-4DBF,4E00-9FFF,A960-A97F,AC00-D7FF,"
       "F900-FAFF,FE30-FE4F,FF00-FFEF,20000-2FA1F")


def runes(ranges):
    for part in ranges.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def cut(source, ranges, target):
    options = subset.Options(hinting=False, layout_features=["*"], notdef_outline=True, recommended_glyphs=False,
                             recalc_timestamp=False)
    options.drop_tables += ["DSIG", "meta", "FFTM"]
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=set(runes(ranges)) | {0x20, 0xA0})
    cutter.subset(font)
    add_space(font)
    level(font)
    font.save(target)


def add_space(font):
    """Maps the spaces to an empty letter."""
    em, names = font["head"].unitsPerEm, font.getBestCmap()
    if 0x20 not in names:
        font.setGlyphOrder(font.getGlyphOrder() + ["space"])
        font["glyf"]["space"] = Glyph()
        font["hmtx"]["space"] = (em // 4, 0)
        names = {0x20: "space"}
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.setdefault(0x20, names[0x20])
            table.cmap.setdefault(0xA0, names[0x20])


def level(font):
    """Gives the font the line height of Noto Sans."""
    em = font["head"].unitsPerEm
    up, down = round(em * ASCENT), round(em * DESCENT)
    head, os2 = font["hhea"], font["OS/2"]
    head.ascent, head.descent, head.lineGap = up, -down, 0
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = up, -down, 0
    os2.usWinAscent, os2.usWinDescent = up, down


def pack(out, path):
    entry = zipfile.ZipInfo(path.name)  # of 1980: the same letters give the same file
    out.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED, 9)
    print("%-28s %8d bytes, %8d packed" % (path.name, entry.file_size, entry.compress_size))


def main():
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        subprocess.run(["apt-get", "download", "-q", *PACKAGES], cwd=work, check=True)
        for package in work.glob("*.deb"):
            subprocess.run(["dpkg-deb", "-x", package, work], check=True)
        made = [("NotoSans%s.ttf" % script, work / (NOTO % script), ranges) for script, ranges in SCRIPTS.items()]
        made.append(("DroidSansFallback.ttf", work / DROID, CJK))
        with zipfile.ZipFile(OUT, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
            for title, source, ranges in sorted(made):
                cut(source, ranges, work / title)
                pack(out, work / title)
            for title in ["LICENSES.md", "OFL.txt"]:
                pack(out, OUT.parent / title)
    print("%s: %d bytes" % (OUT.name, OUT.stat().st_size))


if __name__ == "__main__":
    main()
