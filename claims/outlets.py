"""One spelling for an outlet, however an article names it."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from claims.lexicons.load import lines

_DOMAIN = re.compile(r"^(?:https?://)?(?:www\.|news\.|edition\.)?([\w-]+)(?:\.[a-z]{2,})+(?:/.*)?$")


@cache
def outlet_name(text: str) -> str:
    """Return the canonical name of the outlet that `text` names ("The Associated Press", "apnews.com" -> "ap")."""
    folded = text.strip().casefold()
    domain = _DOMAIN.match(folded)
    if domain:
        folded = domain.group(1)
    folded = re.sub(r"^the\s+|\s+(?:news agency|newspaper|news service|television|tv)$", "", folded)
    folded = re.sub(r"[\W_]+", "", folded)
    return _aliases().get(folded, folded)


@cache
def _aliases() -> Mapping[str, str]:
    aliases = {}
    for line in lines("outlet_aliases.txt"):
        name, _, others = line.partition(":")
        aliases.update({re.sub(r"[\W_]+", "", other.casefold()): name for other in others.split(",")})
    return MappingProxyType(aliases)
