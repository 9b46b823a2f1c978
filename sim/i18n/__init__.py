"""Words in two languages: `Lang`, labels, and message catalogues."""

from __future__ import annotations

from typing import Literal

Lang = Literal["zh", "en"]
"""Language of output; Chinese is the default everywhere."""

DEFAULT_LANG: Lang = "zh"
