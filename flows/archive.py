"""Raw snapshots of what was read: gzip files under the home folder, named after the hash of their content."""

import gzip
import hashlib
import tempfile
from pathlib import Path

from claims.errors import UnreadableInput

_SCHEME = "sha256:"


def _path(home: Path, digest: str) -> Path:
    return home / "raw" / digest[:2] / f"{digest}.gz"


def keep(home: Path, payload: bytes) -> str:
    """Return the reference of the snapshot of `payload`, written unless it is there; a reader never sees half of it."""
    digest = hashlib.sha256(payload).hexdigest()
    path = _path(home, digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".part-", delete=False) as part:
            part.write(gzip.compress(payload, mtime=0))
        Path(part.name).replace(path)
    return _SCHEME + digest


def read(home: Path, raw_ref: str) -> bytes:
    """Return the payload that `raw_ref` names; raise UnreadableInput where it is missing or was changed."""
    digest = raw_ref.removeprefix(_SCHEME)
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise UnreadableInput(f"“{raw_ref}” is not a snapshot's reference: it reads sha256:…", what=raw_ref)
    try:
        payload = gzip.decompress(_path(home, digest).read_bytes())
    except FileNotFoundError as error:
        raise UnreadableInput("this snapshot is not in the archive: read its page again", what=raw_ref) from error
    except (OSError, EOFError) as error:
        raise UnreadableInput("this snapshot is damaged: read its page again", what=raw_ref) from error
    if hashlib.sha256(payload).hexdigest() != digest:
        raise UnreadableInput("this snapshot is not what was kept: read its page again", what=raw_ref)
    return payload
