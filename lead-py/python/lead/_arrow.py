"""Arrow's PyCapsule interface, as types: what data frames of every make hand over and take."""

from typing import Protocol


class ArrowStreamExportable(Protocol):
    """A stream of record batches: a table, a data frame, a reader."""

    def __arrow_c_stream__(self, requested_schema: object | None = None, /) -> object:
        """The stream, in a capsule."""


class ArrowArrayExportable(Protocol):
    """One record batch."""

    def __arrow_c_array__(self, requested_schema: object | None = None, /) -> tuple[object, object]:
        """The schema and the array, in capsules."""
