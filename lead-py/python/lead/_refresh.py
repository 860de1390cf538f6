"""Sites of leads that nobody has seen for long, visited again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ._collect import Collection
from ._native import CollectStream
from ._net import net
from ._options import written
from ._store_types import RefreshedSites

if TYPE_CHECKING:
    from typing import Unpack

    from ._net import NetOptions
    from ._store import StorePlace


class Refreshing(Collection):
    """Sites being visited again: an iterator of events, as a :class:`Collection` is. Made by :func:`refresh`."""

    @property
    def sites(self) -> RefreshedSites | None:
        """What came of the sites, once it is over; None before."""
        told = self._native.sites()
        sites: RefreshedSites | None = None if told is None else json.loads(told)
        return sites


def refresh(
    store: StorePlace,
    *,
    older_than: str | None = None,
    filter: str | None = None,
    max_requests: int | None = None,
    max_time: float | None = None,
    concurrency: int | None = None,
    mirror: str | None = None,
    tenant: str | None = None,
    resume: str | None = None,
    **fetching: Unpack[NetOptions],
) -> Refreshing:
    """Visits again the sites of leads that nobody has seen for long. What stands there now is stored under the records it was stored under
    before, so that a lead is renewed; :func:`changes` tells what differs.

    - `store`: where the leads live; `tenant`: whose they are; `mirror`: what is kept in step.
    - `older_than`: leads not seen for so long, ``90d`` unless told, ``6mo``, ``2y``; `filter`: only of those that pass.
    - `max_requests`, `max_time` (seconds): its budget; `concurrency`: sites visited at a time (64).
    - `resume`: goes on with a refresh that was stopped or killed: its id, or ``last``; it keeps to the leads it began with.
    - how it fetches: as for :func:`crawl`.

    Raises :class:`InvalidInputError` for what means nothing. Iterating raises what ended the run; a site that fails is an event.

    >>> with lead.refresh("sqlite://leads.db", older_than="90d") as run:
    ...     for event in run: ...
    >>> print(run.sites, list(lead.changes("sqlite://leads.db", since=run.run)))
    """
    how, browser = net(fetching)
    options = written(
        store=store,
        older_than=older_than,
        filter=filter,
        max_requests=max_requests,
        max_time=max_time,
        concurrency=concurrency,
        mirror=mirror,
        tenant=tenant,
        resume=resume,
        **how,
    )
    return Refreshing(CollectStream.refresh(options, browser))
