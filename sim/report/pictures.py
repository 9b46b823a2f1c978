"""The pictures of a comparison as files; each is drawn once, and kept under a key of everything it depends on.

The key is a hash of the whole comparison, the language, every source file and font of the program, and the versions of
the drawing libraries. matplotlib is imported only to draw a picture that is not kept.
"""

from __future__ import annotations

import logging
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

from sim.experiment.kept.manifest import own_program, text_hash
from sim.experiment.kept.record import comparison_hash
from sim.i18n.visible import escaped
from sim.report.figures import FIGURES
from sim.report.style import not_in_font, png_bytes, svg_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.figure import Figure

    from sim.experiment.comparison import Comparison
    from sim.experiment.kept.store import Store
    from sim.i18n import Lang

LOG = logging.getLogger("jianfu")

Form = tuple[str, str]
"""Name of a picture, and `svg` or `png`."""
SVG, PNG = "svg", "png"


def draw(comparison: Comparison, lang: Lang, wanted: Iterable[Form], store: Store | None = None) -> dict[Form, bytes]:
    """Return the wanted pictures: from the `store` if kept there, else drawn and saved.

    Before the first one is drawn, the logger `jianfu` warns of characters that the font lacks.
    """
    shelf = None if store is None else _Shelf(store.quick, comparison, lang)
    shown = _harmless(comparison)
    pictures: dict[Form, bytes] = {}
    figures: dict[str, Figure] = {}
    for name, form in dict.fromkeys(wanted):
        kept = None if shelf is None else shelf.load(name, form)
        if kept is None:
            if not figures:
                _warn_of_boxes(shown, lang)
            if name not in figures:
                figures[name] = FIGURES[name].draw(shown, lang)
            kept = svg_text(figures[name]).encode() if form == SVG else png_bytes(figures[name])
            if shelf is not None:
                shelf.save(name, form, kept)
        pictures[name, form] = kept
    return pictures


def every_svg() -> list[Form]:
    """List the pictures of the report, in its order, as SVG."""
    return [(name, SVG) for name in FIGURES]


def _harmless(comparison: Comparison) -> Comparison:
    """Return the comparison with titles and labels that hide no character and write nothing into a picture's file."""
    sides = [
        replace(side, title={lang: escaped(text) for lang, text in side.title.items()})
        for side in (comparison.before, comparison.after)
    ]
    labels = {key: {lang: escaped(text) for lang, text in words.items()} for key, words in comparison.labels.items()}
    return replace(comparison, before=sides[0], after=sides[1], labels=labels)


def _warn_of_boxes(comparison: Comparison, lang: Lang) -> None:
    titles = [side.title for side in (comparison.before, comparison.after)]
    boxes = not_in_font(words.get(lang, "") for words in (*titles, *comparison.labels.values()))
    if boxes:
        LOG.warning(
            {
                "zh": f"图中的字体没有这些字，显示为方框：{boxes}；可在 title 或 label 中换用常用字",
                "en": f"the font of pictures lacks these characters, they show as boxes: {boxes};"
                " other characters in title or label help",
            }
        )


class _Shelf:
    """The kept pictures of one comparison in one language."""

    def __init__(self, store: Store, comparison: Comparison, lang: Lang) -> None:
        self.store = store
        self.origin = "\n".join(("picture", comparison_hash(comparison), lang, own_program()))

    def load(self, name: str, form: str) -> bytes | None:
        """Return a kept picture, or None if there is none or it is damaged."""
        content = self.store.read(self._key(name, form))
        try:
            return None if content is None else zlib.decompress(content)
        except zlib.error:
            return None

    def save(self, name: str, form: str, picture: bytes) -> None:
        """Save a picture."""
        self.store.write(self._key(name, form), zlib.compress(picture, 1))

    def _key(self, name: str, form: str) -> str:
        return text_hash(f"{self.origin}\n{name}.{form}")
