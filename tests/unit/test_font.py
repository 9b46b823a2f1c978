"""The fonts of the pictures contain every character that the project writes."""

from pathlib import Path

import pytest
from matplotlib.ft2font import FT2Font

ROOT = Path(__file__).parents[2]
FONTS = sorted((ROOT / "sim" / "report" / "fonts").glob("*.otf"))
WRITTEN = {".py", ".yaml", ".html", ".js"}
TEXTS = sorted(
    path for part in ("sim", "seeds", "scenarios") for path in (ROOT / part).rglob("*") if path.suffix in WRITTEN
)


def font_name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", FONTS, ids=font_name)
def test_a_changed_font_bears_its_own_name(path: Path) -> None:
    assert FT2Font(path).family_name == "Jianfu Sans"


@pytest.mark.parametrize("path", FONTS, ids=font_name)
def test_the_font_holds_every_chinese_character_the_project_uses(path: Path) -> None:
    known = FT2Font(path).get_charmap()

    missing = {
        (text.relative_to(ROOT).as_posix(), sign)
        for text in TEXTS
        for sign in set(text.read_text(encoding="utf-8"))
        if "\u4e00" <= sign <= "\u9fff" and ord(sign) not in known
    }

    assert missing == set()


def test_the_fonts_stay_small_and_carry_their_licence() -> None:
    assert len(FONTS) == 2
    assert sum(path.stat().st_size for path in FONTS) < 4_000_000
    assert "SIL OPEN FONT LICENSE" in (FONTS[0].parent / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FONTS, ids=font_name)
def test_the_font_holds_the_characters_of_place_names_outside_gb_2312(path: Path) -> None:
    known = FT2Font(path).get_charmap()

    missing = {sign for sign in "鄠硚堌芃堽泃镕祎玥埗垵埇塆墘堼崀沨浉涢湉溇溠" if ord(sign) not in known}

    assert missing == set()
