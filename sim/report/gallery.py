"""The gallery: one picture and three sentences for each place, small enough to be committed and compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.report.headlines import headline, price_headlines
from sim.report.pictures import PNG, draw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.domain.study import Study
    from sim.experiment.comparison import Comparison
    from sim.experiment.kept.store import Store
    from sim.i18n import Lang

SENTENCES = "gallery.json"
PAGES = {"zh": "README.zh.md", "en": "README.md"}
_TITLE = {"zh": "图集：各地一图三句", "en": "Gallery: one picture and three sentences per place"}
_REBUILD = {
    "zh": "由 `jianfu gallery` 生成；`jianfu gallery --check` 检查是否仍与模拟一致。",
    "en": "Written by `jianfu gallery`; `jianfu gallery --check` checks that it is up to date.",
}


@dataclass(frozen=True)
class Exhibit:
    """One place in the gallery."""

    name: str
    study: Study
    comparison: Comparison

    def sentences(self, lang: Lang) -> list[str]:
        """Return the measures of the place, the primary outcome, and the price."""
        primary = self.comparison.row(*self.comparison.primary)
        came = [headline(self.comparison, primary, lang).text] if primary is not None else []
        price = price_headlines(self.comparison, lang)
        return [self.study.did[lang], *came, price[-1].text]


def gallery_sentences(exhibits: Sequence[Exhibit]) -> dict[str, dict[str, list[str]]]:
    """Return the sentences by place and language; CI compares them."""
    return {one.name: {lang: one.sentences(lang) for lang in ("zh", "en")} for one in exhibits}


def gallery_files(exhibits: Sequence[Exhibit], store: Store | None) -> dict[str, bytes]:
    """Return the pictures and the two pages; pictures kept in the store are not drawn again."""
    files = {page: _page(exhibits, lang).encode() for lang, page in _pages()}
    for one in exhibits:
        for lang, _ in _pages():
            shown = (one.study.picture, PNG)
            files[f"{one.name}.{lang}.png"] = draw(one.comparison, lang, [shown], store)[shown]
    return files


def _pages() -> list[tuple[Lang, str]]:
    return [("zh", PAGES["zh"]), ("en", PAGES["en"])]


def _page(exhibits: Sequence[Exhibit], lang: Lang) -> str:
    parts = [f"# {_TITLE[lang]}", _REBUILD[lang]]
    for one in exhibits:
        sentences = "\n".join(f"- {sentence}" for sentence in one.sentences(lang))
        parts += [f"## {one.study.title[lang]}", f"![{one.study.title[lang]}]({one.name}.{lang}.png)", sentences]
    return "\n\n".join(parts) + "\n"
