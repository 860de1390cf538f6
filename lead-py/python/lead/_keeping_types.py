"""What changes, retention, archives and hidden leads come to."""

from typing import Any, Literal, TypedDict


class Compared(TypedDict):
    """How many leads were held against what they were."""

    seen: int
    """Leads seen since then: the sum of the others."""
    new: int
    """Those that nobody had seen before."""
    changed: int
    """Those that say something else."""
    unchanged: int
    """Those that say the same as before."""


class Retained(TypedDict):
    """What left a store."""

    leads: int
    """Leads that left it; those that would, when they are only counted."""
    passed_over: int
    """Leads that were seen again or joined to others meanwhile, and were not taken."""
    files: list[str]
    """The files they are in now."""
    bytes: int
    """Bytes of these files."""


class Versioned(TypedDict):
    """A lead as it stood at one moment."""

    lead: dict[str, Any]
    """The lead, as its schema describes it."""
    version: str
    """What it stood at."""
    hidden: bool
    """Whether it was hidden."""


Hid = Literal["done", "already", "not_found", "changed"]
"""What came of hiding a lead: it was done; it was so already; there is no such lead; it is not what it was when it was read."""


class Restored(TypedDict):
    """What came back into a store."""

    leads: int
    """Leads of the files that are in the store now."""
    inserted: int
    """Sightings that the store had not."""
    known: int
    """Sightings that were there already."""
    erased: int
    """Leads left out because they were erased since they were archived."""
    suppressed: int
    """Leads left out because all of them is suppressed."""
