"""Files that machines look for at the root of a site: what may be indexed, where a weakness is told."""

import datetime

from careguide.guide.guide import Guide

ROBOTS = "robots.txt"
SECURITY = ".well-known/security.txt"
_HALF_YEAR = 6


def files(guide: Guide, site_url: str, today: datetime.date) -> dict[str, bytes]:
    """Each by its path. A guide that can be reached nowhere has no file that says where."""
    robots = "User-agent: *\nAllow: /\n" + (f"Sitemap: {site_url}sitemap.xml\n" if site_url else "")
    found = {ROBOTS: robots.encode()}
    if guide.site.contact and site_url:
        found[SECURITY] = _security(guide, site_url, today).encode()
    return found


def _security(guide: Guide, site_url: str, today: datetime.date) -> str:
    """Where somebody who finds a weakness writes to: RFC 9116."""
    return (
        f"Contact: {guide.site.contact}\n"
        f"Expires: {expires(today)}T00:00:00.000Z\n"
        f"Preferred-Languages: {', '.join([guide.site.locale.base, *guide.site.translations])}\n"
        f"Canonical: {site_url}{SECURITY}\n"
    )


def expires(today: datetime.date) -> datetime.date:
    """The first of January or July that is at least half a year away: the file changes twice a year."""
    if today.month <= _HALF_YEAR and (today.month, today.day) != (1, 1):
        return datetime.date(today.year + 1, 1, 1)
    return datetime.date(today.year + (today.month > 1), 7, 1)
