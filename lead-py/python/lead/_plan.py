"""What a query would ask, and why."""

from collections.abc import Iterable, Mapping
from typing import Any

from . import _native
from ._native import Plan
from ._options import words, written
from ._types import PlanOrder


def plan(
    query: str,
    *,
    near: str | None = None,
    radius: float | None = None,
    bbox: tuple[float, float, float, float] | None = None,
    area: Mapping[str, Any] | None = None,
    seed: int = 0,
    expand: bool = True,
    templates: Iterable[str] | None = None,
    order: PlanOrder | None = None,
) -> Plan:
    """What a query would ask, and why. Nothing is fetched.

    - `near`: around this place; `radius`: so many metres around it, instead of within its borders.
    - `bbox`: within this box: west, south, east, north, in degrees. `area`: within these polygons, GeoJSON as plain data.
    - `seed`: in which order an area is gone through.
    - `expand`: whether other words for the same are asked too. `templates`: ask by these instead, ``{what}`` and
      ``{place}`` filled in; `order`: what brings most first (``yield``), or as they stand (``fixed``).

    Raises :class:`InvalidInputError` for a query, place or option that means nothing, :class:`ConfigError` for such templates.

    >>> made = lead.plan("best dentists in Lyon")
    >>> made.what, made.place, made.trades[0].osm
    ('dentists', 'Lyon', ['amenity=dentist'])
    """
    given = None if templates is None else words("templates", templates)
    options = written(
        near=near,
        radius=radius,
        bbox=bbox,
        area=None if area is None else dict(area),
        seed=seed,
        expand=expand,
        templates=given,
        order=order,
    )
    return _native.plan(query, options)
