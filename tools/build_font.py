"""Build the fonts of pictures and pages, because a fresh machine has none for Chinese.

They are subsets of Noto Sans CJK SC as packaged by Debian (`apt-get install fonts-noto-cjk unicode-data`). They are
renamed, because the licence forbids a changed font the name of the original. The dependency group `font` is needed; the
output depends on the Debian packages and on the version of fontTools only, not on the day.
"""

import bz2
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

SOURCE = Path("/usr/share/fonts/opentype/noto")
GENERAL_TABLE = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
"""Mappings of Unicode; property kTGH marks the 8,105 characters of the General Standard Chinese Characters of 2013."""
TARGET = Path(__file__).parents[1] / "sim" / "report" / "fonts"
FACE = "Noto Sans CJK SC"
FAMILY = "Jianfu Sans"
POSTSCRIPT = "JianfuSans"
STYLES = ("Regular", "Bold")
FEATURES = ["kern", "mark", "tnum"]  # `locl` would keep the Japanese, Korean and Taiwanese shapes as well
RANGES = (
    range(0x0020, 0x007F),  # ASCII
    range(0x00A0, 0x0100),  # Latin with accents, and its punctuation
    range(0x2010, 0x2040),  # dashes, quotation marks, ellipsis, per mille
    range(0x2460, 0x2474),  # circled numbers
    range(0x2500, 0x2600),  # lines, blocks and shapes
    range(0x3000, 0x3020),  # Chinese punctuation
    range(0xFF01, 0xFF5F),  # full-width forms
)
SIGNS = "αβγδελμπρσφχωΔΣΦΩ€™ⅠⅡⅢⅣⅤ←↑→↓↔⇒∂∈∏∑−√∞∠∩∪∫≈≠≡≤≥★☆✓￥"


def main() -> None:
    """Write one font per style and print its size."""
    for style in STYLES:
        font = _face(SOURCE / f"NotoSansCJK-{style}.ttc")
        _reduce(font)
        _rename(font, style)
        path = TARGET / f"{POSTSCRIPT}-{style}.otf"
        font.save(path)
        print(f"{path.stat().st_size:,} bytes in {path.name}")


def characters() -> set[int]:
    """Return the code points to keep: `RANGES`, `SIGNS`, GB 2312 (6,763 characters) and the general table (8,105)."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    chinese = "".join(cell.decode("gb2312", errors="ignore") for cell in cells)
    written = {ord(sign) for sign in chinese + SIGNS} | {point for points in RANGES for point in points}
    return written | _general_table()


def _general_table() -> set[int]:
    _require(GENERAL_TABLE)
    rows = bz2.decompress(GENERAL_TABLE.read_bytes()).decode().splitlines()
    return {int(row.split("\t")[0].removeprefix("U+"), 16) for row in rows if "\tkTGH\t" in row}


def _require(path: Path) -> None:
    if not path.exists():
        sys.exit(f"{path} is missing; on Debian: apt-get install fonts-noto-cjk unicode-data")


def _face(path: Path) -> TTFont:
    _require(path)
    return next(font for font in TTCollection(path).fonts if font["name"].getDebugName(1).removesuffix(" Bold") == FACE)


def _reduce(font: TTFont) -> None:
    """Keep the wanted characters; drop hints, because matplotlib and browsers use their own."""
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    font.recalcTimestamp = False


def _rename(font: TTFont, style: str) -> None:
    """Write the font's own name in both tables that hold one; copyright and licence stay unchanged."""
    name = f"{POSTSCRIPT}-{style}"
    full = FAMILY if style == "Regular" else f"{FAMILY} {style}"
    names = {1: FAMILY, 2: style, 3: f"jianfu;{name}", 4: full, 6: name}
    table = font["name"]
    for number in (1, 2, 3, 4, 6, 16, 17):
        table.removeNames(nameID=number)
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)

    outlines = font["CFF "].cff
    outlines.fontNames = [name]
    outlines[0].FullName = full
    outlines[0].FamilyName = FAMILY
    for part in outlines[0].FDArray:
        part.FontName = f"{name}-{part.FontName.rsplit('-', 1)[1]}"


if __name__ == "__main__":
    main()
