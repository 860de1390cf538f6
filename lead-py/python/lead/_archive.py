"""Web archives."""

from collections.abc import Sequence

from ._errors import LeadError
from ._native import ArchivedPage, ArchiveStream
from ._options import StrPath, words, written
from ._stream import Stream
from ._types import Mode, Part


class Archive(Stream[ArchivedPage | LeadError]):
    """A web archive that is being read: an iterator of its pages, for ``for`` and for ``async for``. Made by
    :func:`read_archive`."""

    _native: ArchiveStream


def read_archive(
    path: StrPath,
    *,
    all: bool = False,
    contacts: bool = False,
    bodies: bool = True,
    threads: int | None = None,
    region: str | None = None,
    mode: Mode = "smart",
    doubtful: bool = False,
    only: Sequence[Part] | None = None,
) -> Archive:
    """Reads the pages of a web archive one after another, in constant memory: WARC, WET or WACZ, compressed or not.

    A record that cannot be read is a :class:`LeadError` in its place, not raised, whose ``context["offset"]`` says where it
    begins; the pages after it follow. Records that hold no page are passed over; so are pages that are no success, or
    neither HTML nor text, unless `all` is given.

    - `contacts`: whether the contacts of each page are read, on all cores or on `threads`; `region`, `mode`, `doubtful` and
      `only` are those of :func:`extract`.
    - `bodies`: whether pages keep their bodies; without, a page is what is known of it and its contacts.

    Raises :class:`InvalidInputError` for an option that means nothing. Iterating raises :class:`IoError` when the file
    cannot be opened and :class:`CorruptError` when it is a damaged zip.

    >>> for page in lead.read_archive("crawl.warc.gz", contacts=True, bodies=False):
    ...     if isinstance(page, lead.LeadError):
    ...         print("damaged at", page.context["offset"])
    ...     elif page.contacts:
    ...         print(page.url, [phone.e164 for phone in page.contacts.phones])
    """
    options = written(
        all=all,
        contacts=contacts,
        bodies=bodies,
        threads=threads,
        region=region,
        mode=mode,
        doubtful=doubtful,
        only=None if only is None else words("only", only),
    )
    return Archive(ArchiveStream(path, options))
