"""The shipped `.sql` texts."""

from functools import cache
from importlib import resources


@cache
def shipped(folder: str) -> dict[str, str]:
    """Return the `.sql` texts of `folder` (migrations, views, queries, checks) by name, sorted."""
    files = [file for file in resources.files("warehouse").joinpath(folder).iterdir() if file.name.endswith(".sql")]
    return {f.name.removesuffix(".sql"): f.read_text(encoding="utf-8") for f in sorted(files, key=lambda f: f.name)}
