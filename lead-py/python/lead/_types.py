"""The words that values and options are made of."""

from typing import Literal

Mode = Literal["smart", "compat"]
"""``smart``: rules for real pages; ``compat``: exactly libphonenumber's matcher."""

Leniency = Literal["possible", "valid", "strict-grouping", "exact-grouping"]
"""How strict a number in running text is read; libphonenumber's levels."""

Part = Literal["phones", "emails", "socials", "addresses", "organizations", "hours", "persons", "registrations"]
"""What to look for on a page."""

PhoneRole = Literal["tel", "fax", "mobile", "toll_free", "whatsapp", "sms", "pager"]
"""What a number is said to be for, by the words beside it."""

Reach = Literal["host", "site", "any"]
"""How far a crawl goes: the hosts of its addresses, their sites, or anywhere."""

RateWord = Literal["auto", "off"]
"""``auto``: about one request a second to a host, more while it keeps up, fewer when it asks; ``off``: as fast as it goes."""

Intent = Literal["find", "best", "cheap", "urgent", "jobs", "students"]
"""To what end somebody asks."""

PlanOrder = Literal["yield", "fixed"]
"""In which order words are asked: what brings most first, or as they stand."""

ProxyPolicy = Literal["round-robin", "least-used", "sticky"]
"""Which of several proxies takes a request: each in turn, the least used, or the same for a host."""

Outcome = Literal[
    "page",
    "list",
    "redirect",
    "redirect_out",
    "redirect_loop",
    "gone",
    "login_wall",
    "captcha",
    "consent_wall",
    "soft_block",
    "refused",
    "parked",
    "shell",
    "robots_denied",
    "rate_limited",
    "server_error",
    "guarded",
    "unreachable",
    "timeout",
    "not_a_page",
    "too_large",
    "fault",
]
"""What came of asking for a page."""

PhoneType = Literal[
    "fixed",
    "mobile",
    "fixed_or_mobile",
    "toll_free",
    "premium_rate",
    "shared_cost",
    "voip",
    "personal_number",
    "pager",
    "uan",
    "voicemail",
    "unknown",
]
"""What a number is for, by its numbering plan."""

NumberFormat = Literal["e164", "international", "national", "rfc3966"]
"""How a number is written out."""

CountryCodeSource = Literal[
    "unspecified", "number_with_plus_sign", "number_with_idd", "number_without_plus_sign", "default_country"
]
"""How the country calling code of a number was known."""

Possibility = Literal["possible", "local_only", "invalid_country_code", "too_short", "too_long", "invalid_length"]
"""What the length of a number says."""

Likeness = Literal["none", "short_nsn", "nsn", "exact"]
"""How alike two numbers are: not at all; one ends like the other; the same but for a calling code one does not state; the
same."""

ShortNumberCost = Literal["toll_free", "standard_rate", "premium_rate", "unknown"]
"""What a call to a short number costs."""

ParseReason = Literal["invalid_country_code", "not_a_number", "too_short_after_idd", "too_short_nsn", "too_long"]
"""Why a text is no number: ``error.context["reason"]`` of what :func:`lead.phone.parse` raises."""
