"""Words in two languages: `Lang`, labels and message catalogues."""

from __future__ import annotations

from typing import Literal

Lang = Literal["zh", "en"]
"""Language of output. The default is Chinese."""

DEFAULT_LANG: Lang = "zh"
