"""How an open store is asked."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from ._native import StoreHandle
from ._options import written
from ._stream import Ending, asked


class Calls(Ending):
    """A store that is asked by a word and options."""

    _native: StoreHandle

    def _call(self, what: str, **options: Any) -> Any:
        return json.loads(self._native.call(what, written(**options)))

    async def _ask(self, what: str, **options: Any) -> Any:
        return json.loads(await asked(partial(self._native.ask, what, written(**options))))
