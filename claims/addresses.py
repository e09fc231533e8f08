"""One page, one address: what of an address names the page, and when the page's own word on it can be believed.

An article is identified by its outlet, the address it was fetched from, and its text. Its *page* is identified by
less: the scheme, "www." and "m.", a closing slash, the fragment and parameters that only count visitors do not matter,
and a page that names a canonical address on the same site is found under that one. A canonical address is not
believed where it is the site's or a section's front page, where it drops a parameter that may name the story, or
where it lies on another site: then the page is a reprint of that one, not the same page.
"""

import re
from functools import cache
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from claims.lexicons.load import lines

_LONGEST = 2_048
_MIRRORS = re.compile(r"^(?:www\d?|m|amp|mobile)\.(?=.*\.)")
_FORMS = re.compile(
    r"(?:amp|amp\.html|print|printable|index\.(?:html?|php|aspx?)|all|full|comments?|page|\d{1,3})", re.IGNORECASE
)
_INDEX = re.compile(r"/index\.(?:html?|php|aspx?)$", re.IGNORECASE)
_SAFE = "/:@!$&'()*+,;=-._~%"


def host_of(url: str | None) -> str | None:
    """Return the host of `url` without "www." and the like, or None if it has none."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return _MIRRORS.sub("", host) if host else None


def tidy(url: str | None) -> str | None:
    """Return the address under which the page at `url` is known, or None where `url` is no web address."""
    if not url or len(url) > _LONGEST or not url.lower().startswith(("http://", "https://")):
        return None
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return None
    host = host_of(url)
    if host is None:
        return None
    place = f":{port}" if port not in (None, 80, 443) else ""
    path = quote(_INDEX.sub("/", parts.path), safe=_SAFE).rstrip("/")
    query = urlencode(_naming(parts.query))
    return f"https://{host}{place}{path or '/'}{'?' + query if query else ''}"


def address_of(url: str | None, canonical: str | None) -> str | None:
    """Return the address of a page that was fetched from `url` and calls `canonical` its own."""
    own, said = tidy(url), tidy(canonical)
    if own is None or said is None or own == said:
        return own or said
    return said if _is_believed(own, said) else own


def is_elsewhere(url: str | None, canonical: str | None) -> bool:
    """Return whether the page at `url` calls an address of another site its own."""
    here, there = host_of(url), host_of(canonical)
    return here is not None and there is not None and not f".{here}".endswith(f".{there}") and here not in there


def _is_believed(own: str, said: str) -> bool:
    mine, theirs = urlsplit(own), urlsplit(said)
    if mine.netloc != theirs.netloc or theirs.path == "/":
        return False
    if mine.path == theirs.path:
        # /story.php?id=3 that calls /story.php its own would make all stories one.
        return set(parse_qsl(mine.query)) <= set(parse_qsl(theirs.query))
    rest = mine.path.removeprefix(theirs.path + "/")
    if rest != mine.path:
        return all(_FORMS.fullmatch(part) for part in rest.split("/"))
    return True


def _naming(query: str) -> list[tuple[str, str]]:
    """Return the parameters that may name the page, in order."""
    try:
        given = parse_qsl(query, keep_blank_values=True, max_num_fields=50)
    except ValueError:
        return [("", query)]
    return sorted((name, value) for name, value in given if not _only_counts(name.lower()))


def _only_counts(name: str) -> bool:
    whole, beginnings = _tracking()
    return name in whole or name.startswith(beginnings)


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    names = lines("tracking_parameters.txt")
    whole = frozenset(name for name in names if not name.endswith("*"))
    return whole, tuple(name.removesuffix("*") for name in names if name.endswith("*"))
