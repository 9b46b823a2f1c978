"""What levers on meetings, documents, groups and check-ins leave behind (see `sim.domain.relief`)."""

from __future__ import annotations

from sim.domain.frozen import Frozen
from sim.domain.quantity import ShareQ
from sim.domain.relief import Reach


class VolumeCap(Frozen):
    """Of what would be issued in a year, only some is; the rest is not issued, nor repeated or passed down."""

    kept: float
    """Share that is still issued."""
    most: int | None
    """Number that each issuer still issues in a year at most; none where there is no such limit."""
    reach: Reach


class ChannelMerge(Frozen):
    """Groups are closed; the notices that matter come in those that stay."""

    groups: int
    """Groups that stay for a cadre."""
    duplicates: ShareQ
    """Further copies of a notice that remain, as a share of the notices."""
    reach: Reach
