"""What a store answers."""

from __future__ import annotations

from typing import Any, Literal, TypedDict


class LeadPage(TypedDict):
    """A page of leads."""

    leads: list[dict[str, Any]]
    """The leads, each as ``docs/schemas/lead.json`` has it."""
    next: str | None
    """Where to go on; None at the end."""


class Link(TypedDict):
    """Why two records are the same business."""

    left: str
    """One record."""
    right: str
    """The other."""
    because: str
    """What both hold: ``phone:+33478000001``, ``site:example.com``, ``id:osm:node/1``."""


class History(TypedDict):
    """What a lead is made of."""

    version: str
    """What it is now, in a word: who reads the same version twice has read the same sightings and links."""
    sightings: list[dict[str, Any]]
    """Every sighting, older contents included, as ``docs/schemas/observation.json`` has it."""
    links: list[Link]
    """Why its records are one."""


class KeyHolder(TypedDict):
    """A record that holds a key."""

    key: str
    """The key."""
    record: str
    """The record, of which a lead is made; it leads to that lead as its own id does."""


class KnownRun(TypedDict):
    """A run of a store."""

    run: str
    """Its id, to resume it by."""
    state: dict[str, Any]
    """How far it has come: ``query``, ``sites_done``, ``sites_known``, ``sites_again``, ``failures``, ``done`` …"""


class AuditEntry(TypedDict):
    """A note of the audit log."""

    number: int
    """Its place in the log, from 1, without gaps."""
    actor: str
    """Who did it."""
    action: str
    """What was done: ``lead.erased``, ``run.started`` …"""
    subject: str
    """To what: an id, never a number or an address."""
    at: str
    """When, RFC 3339."""


class Written(TypedDict):
    """What writing came to."""

    listings: int
    """Listings that were read."""
    inserted: int
    """Sightings that were new to the store."""
    seen_again: int
    """Sightings that it knew."""
    suppressed: int
    """Sightings dropped or cut, because someone must not be contacted."""
    created: int
    """Leads that came to be."""
    updated: int
    """Leads that changed."""
    rejects: list[dict[str, str]]
    """The first thousand listings that could not be read: ``entry`` and ``reason``."""


class Linked(TypedDict):
    """What links did."""

    updated: list[str]
    """Leads that changed and stayed."""
    merged: list[str]
    """Leads that went into another."""


class Estimate(TypedDict):
    """About how many leads pass a filter."""

    count: int
    """The likeliest number."""
    least: int
    """It is hardly less: in one of forty cases. Equal to `most` when the number is exact."""
    most: int
    """It is hardly more: in one of forty cases."""


class Erased(TypedDict):
    """What was erased."""

    leads: int
    """Leads; with `dry_run` those that would be."""
    sightings: int
    """What they were made of."""
    archived: int
    """Leads that were taken out of archives."""


class Suppression(TypedDict):
    """An entry of the suppression list."""

    subject: str
    """Whom it is about."""
    reason: str
    """Why."""
    since: str
    """Since when, RFC 3339."""


class SuppressionState(TypedDict):
    """Whether a subject is listed."""

    subject: str
    """Whom it is about."""
    entry: Suppression | None
    """Its own entry, or that of a mailbox's domain; None when it is not listed."""


class NamedFilter(TypedDict):
    """A filter that has a name."""

    name: str
    """The name: ``@name`` asks for it."""
    filter: str
    """What it stands for now."""
    built_in: bool
    """Whether it comes with the library."""
    doc: str | None
    """What it says, of one that is built in."""


class MirrorLag(TypedDict):
    """How far a mirror is behind its store."""

    entries: int
    """What was written and not carried yet."""
    notes: int
    """Notes of the audit log that were not looked at yet."""
    failure: str | None
    """Why the last try to reach the mirror failed."""


class MirrorDifference(TypedDict):
    """A lead that differs."""

    lead: str
    """Its id."""
    how: Literal["only_primary", "only_mirror", "different"]
    """Where it is, or that it says something else."""


class MirrorReport(TypedDict):
    """How a store and its mirror differ."""

    checked: int
    """Leads looked at, of both sides."""
    only_primary: int
    """Leads only in the store."""
    only_mirror: int
    """Leads only in the mirror."""
    different: int
    """Leads that are not the same in both."""
    suppressions: int
    """Subjects on one suppression list and not, or otherwise, on the other."""
    runs: int
    """Runs that have not come as far in the mirror."""
    mended: int
    """How many of all these were mended."""
    agrees: bool
    """Whether both agree by now."""
    leads: list[MirrorDifference]
    """The first leads that differ."""
    more: int
    """How many more there are."""


class SinkReport(TypedDict):
    """What was handed on."""

    queued: int
    """Changes queued."""
    delivered: int
    """Events that are there."""
    again: int
    """Attempts that came to nothing and are made again later."""
    dead: int
    """Events given up: refused, or tried as often as they may be."""
    dropped: int
    """Jobs nobody wants any more: the lead has changed again, is gone, suppressed, or no longer passes."""


class SinkRule(TypedDict):
    """A rule of a file of sinks."""

    rule: str
    """Its name."""
    sink: str
    """The sink's name."""
    kind: str | None
    """What the sink is: ``webhook``, ``hubspot`` …"""
    on: list[Literal["created", "changed"]]
    """For which changes."""
    filter: str
    """Which leads."""
    leads: int
    """How many pass now."""


class DeadLetter(TypedDict):
    """An event that was given up."""

    job: int
    """Which, to be tried again by."""
    kind: str
    """``sink:`` and the sink's name."""
    key: str
    """What it is known by in the queue."""
    payload: dict[str, Any]
    """Whose it is: ``rule``, ``lead`` (its id), and no value of it."""
    attempts: int
    """How often it was tried."""
    reason: str
    """Why it was given up."""


class RefreshedSites(TypedDict):
    """What came of sites that were visited again."""

    read: int
    """Sites that were read."""
    gone: int
    """Sites where nothing is any more."""
    kept_away: int
    """Sites we were kept away from."""
    failed: int
    """Sites that failed."""
    open: int
    """Sites that wait for the run to go on."""
