"""The outlets we know: their ids, names, hosts and feeds, from outlets.toml."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from claims.articles import host_of
from claims.errors import UnreadableInput
from claims.records import Article, Outlet

_SHIPPED = Path(__file__).parent / "outlets.toml"
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_ID = re.compile(r"[a-z0-9][a-z0-9.-]*")


def _folded(name: str) -> str:
    return re.sub(r"\W+", " ", name.casefold()).strip().removeprefix("the ")


def _web_address(value: str) -> str:
    if not value.startswith(("http://", "https://")) or host_of(value) is None:
        raise ValueError(f"“{value}” is no web address: begin it with https://")
    return value


class KnownOutlet(BaseModel):
    """One [[outlet]] of outlets.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str = Field(min_length=1)
    homepage: str | None = None
    aliases: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    follow: bool = False

    @field_validator("id")
    @classmethod
    def _is_slug(cls, value: str) -> str:
        if _ID.fullmatch(value) is None:
            raise ValueError(f"“{value}” is no id: use small letters, digits, dots and hyphens")
        return value

    @field_validator("homepage")
    @classmethod
    def _is_homepage(cls, value: str | None) -> str | None:
        return _web_address(value) if value is not None else None

    @field_validator("feeds", "sitemaps")
    @classmethod
    def _are_feeds(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_web_address(feed) for feed in value)

    def names(self) -> Iterable[str]:
        """Yield every name under which the outlet is found, folded."""
        yield from (_folded(name) for name in (self.id, self.name, *self.aliases))

    def hosts(self) -> Iterable[str]:
        """Yield the hosts of its pages: its homepage's, and aliases that are hosts."""
        given = (self.homepage, *(f"https://{alias}" for alias in self.aliases if _HOST.fullmatch(alias)))
        yield from (host for address in given if (host := host_of(address)))


class Outlets(BaseModel):
    """Every outlet of one outlets.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    outlet: tuple[KnownOutlet, ...] = ()

    @model_validator(mode="after")
    def _are_distinct(self) -> "Outlets":
        owners: dict[str, str] = {}
        for known in self.outlet:
            for name in {*known.names(), *known.hosts()}:
                if owners.setdefault(name, known.id) != known.id:
                    raise ValueError(
                        f"“{name}” stands for both {owners[name]} and {known.id}: take it from one of them"
                    )
        if len({known.id for known in self.outlet}) != len(self.outlet):
            raise ValueError("an id stands twice: give each outlet its own")
        return self

    def find(self, name: str | None) -> KnownOutlet | None:
        """Return the outlet of a name, alias, id, host or address, or None."""
        if not name:
            return None
        tidy = name.strip().casefold()
        host = host_of(tidy if "://" in tidy else f"https://{tidy}") if "://" in tidy or _HOST.fullmatch(tidy) else None
        for known in self.outlet:
            if _folded(name) in known.names():
                return known
        # "edition.cnn.com" is cnn.com's; the longest host that fits wins.
        hosts = [(home, known) for known in self.outlet for home in known.hosts()]
        fitting = [(home, known) for home, known in hosts if host and f".{host}".endswith(f".{home}")]
        return max(fitting, key=lambda found: len(found[0]))[1] if fitting else None

    def feeds(self) -> tuple[str, ...]:
        """Return the addresses of every feed, each once."""
        return tuple(dict.fromkeys(feed for known in self.outlet for feed in known.feeds))

    def sitemaps(self) -> tuple[str, ...]:
        """Return the addresses of every sitemap, each once."""
        return tuple(dict.fromkeys(sitemap for known in self.outlet for sitemap in known.sitemaps))

    def of_feed(self, address: str) -> KnownOutlet | None:
        """Return the outlet that lists the feed or sitemap, or None."""
        return next((known for known in self.outlet if address in (*known.feeds, *known.sitemaps)), None)

    def records(
        self, articles: Iterable[Article], *, recorded_at: datetime, names: Mapping[str, str] = MappingProxyType({})
    ) -> list[Outlet]:
        """Return one record for each outlet of `articles`; one that is not listed is called as in `names`, by id."""
        listed = {known.id: known for known in self.outlet}
        found = []
        for outlet_id in sorted({article.outlet_id for article in articles}):
            known = listed.get(outlet_id)
            found.append(
                Outlet(
                    outlet_id=outlet_id,
                    name=known.name if known else names.get(outlet_id, outlet_id),
                    homepage=known.homepage if known else None,
                    recorded_at=recorded_at,
                )
            )
        return found


def read_outlets(path: Path | None = None) -> Outlets:
    """Return the outlets in the TOML file at `path`, the shipped ones by default.

    Raises UnreadableInput in one line that names the file, the key and the remedy.
    """
    path = path or _SHIPPED
    try:
        return Outlets.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise UnreadableInput(
            f"{path}: cannot be read ({error.strerror}): set ONRECORD_OUTLETS to such a file, or unset it",
            what=str(path),
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableInput(f"{path}: this is not TOML: {error}", what=str(path)) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "outlet"
        remedy = "remove it" if first["type"] == "extra_forbidden" else first["msg"].removeprefix("Value error, ")
        raise UnreadableInput(f"{path}: {place}: {remedy}", what=str(path)) from error
