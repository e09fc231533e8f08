"""Where things lie and how they are run: read from the environment (prefix ONRECORD_) and from the command line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AnyHttpUrl, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from claims.errors import UnreadableInput

SHIPPED = Path(__file__).parent


class Settings(BaseSettings):
    """The settings of one run; every path is absolute, so that a change of folder moves nothing.

    `home` holds what is not a table: raw snapshots, the run log, Prefect's own files. It is the folder of the
    warehouse where only that is given, and `.onrecord` where nothing is. `processes` read articles side by side, each
    with some 250 MB, here or (`runner`) on a Dask cluster; `webhook` is told of scheduled runs that fail; `keep_days`
    of run history are kept.

    On the network: `allow_hosts` ("wiki.intranet, 127.0.0.1:8080") are fetched from although they are private or on
    another port than the web's; `contact` is told to every server; `host_interval` is the least number of seconds
    between two requests to one host; `fetchers` ask different hosts at the same time.

    A language model judges passages only where `judge_url` (an OpenAI-compatible endpoint, "…/v1") and `judge_model`
    are set; `judge_key` is its key, if it wants one.
    """

    model_config = SettingsConfigDict(env_prefix="ONRECORD_", env_ignore_empty=True, frozen=True, extra="ignore")

    home: Path
    warehouse: Path
    published: Path
    outlets: Path = SHIPPED / "outlets.toml"
    batch: int = Field(default=50, ge=1)
    wait_seconds: float = Field(default=60.0, ge=0)
    second_reading_share: float = Field(default=0.15, ge=0, le=1)
    processes: int = Field(default=1, ge=1, le=64)
    runner: Literal["processes", "dask"] = "processes"
    dask_address: str | None = None
    webhook: AnyHttpUrl | None = None
    keep_days: int = Field(default=30, ge=1)
    allow_hosts: Annotated[frozenset[str], NoDecode] = frozenset()
    contact: str | None = None
    host_interval: float = Field(default=5.0, ge=0)
    fetchers: int = Field(default=8, ge=1, le=64)
    judge_url: AnyHttpUrl | None = None
    judge_model: str | None = None
    judge_key: SecretStr | None = None

    @field_validator("allow_hosts", mode="before")
    @classmethod
    def _listed(cls, given: object) -> object:
        names = given.split(",") if isinstance(given, str) else given
        return (
            {str(name).strip().lower() for name in names if str(name).strip()} if isinstance(names, Iterable) else given
        )

    @model_validator(mode="before")
    @classmethod
    def _fill_paths(cls, given: Mapping[str, Any]) -> dict[str, Any]:
        paths = {name: Path(given[name]).expanduser().absolute() for name in _PATHS if given.get(name)}
        default = paths["warehouse"].parent if "warehouse" in paths else Path(".onrecord").absolute()
        home = paths.setdefault("home", default)
        warehouse = paths.setdefault("warehouse", home / "warehouse.duckdb")
        paths.setdefault("published", warehouse.with_name("published.duckdb"))
        return {**given, **paths}


_PATHS = ("home", "warehouse", "published", "outlets")


def load_settings(**given: Path | None) -> Settings:
    """Return the settings: what is given, else the environment, else the defaults.

    Raises UnreadableInput where a variable of the environment is no such thing.
    """
    chosen: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    try:
        return Settings(**chosen)
    except ValidationError as error:
        first = error.errors()[0]
        name = f"ONRECORD_{'_'.join(map(str, first['loc'])).upper()}"
        raise UnreadableInput(f"{name}={first['input']}: {first['msg']}; set it right, or unset it") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The two times of a run: `as_of` decides what is due and known, `recorded_at` is written into new rows."""

    as_of: datetime
    recorded_at: datetime
    is_replay: bool = False

    @property
    def decided_at(self) -> datetime | None:
        """When a person's decision counts as made: the past time of a replay, else None: whenever it is made."""
        return self.recorded_at if self.is_replay else None

    @classmethod
    def fixed(cls, time: datetime) -> "Clock":
        """Return a clock that stands still, so that two runs write the same rows."""
        return cls(as_of=time, recorded_at=time)


def clock_at(as_of: str | None = None) -> Clock:
    """Return the clock of a run: what is due and known is judged as of `as_of`, now by default.

    A run as of a past time is a replay: its rows are recorded as of then, since what is recorded later is not yet
    known at `as_of`. Raises ValueError where `as_of` is not a time.
    """
    now = datetime.now(UTC)
    then = parse_time(as_of) if as_of else now
    return Clock(as_of=then, recorded_at=min(now, then), is_replay=then < now)


def parse_time(text: str) -> datetime:
    """Return the UTC time that `text` writes in ISO 8601; a bare date is its midnight, a time without zone is UTC.

    Raises ValueError where it is not a time.
    """
    try:
        time = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text!r} is not a time: write it like 2024-03-01 or 2024-03-01T12:00:00Z") from None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
