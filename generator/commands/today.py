"""What day it is, for what people do: the site itself knows no day but those of its entries."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    import argparse
    from datetime import date


def today(options: argparse.Namespace, timezone: str = "") -> date:
    """The day in a time zone, or in UTC; `--today` says another."""
    given: date | None = options.today
    return given or datetime.now(ZoneInfo(timezone) if timezone else UTC).date()
