"""`onrecord attributions`: documents in, attributions with their labels out; no warehouse is touched."""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from claims.errors import ClaimsError, UnreadableInput
from flows import options
from flows.render import console, counts_line

LONGEST_LINE = 32 * 2**20


def attributions(
    docs: Annotated[Path, typer.Argument(metavar="DOCS.jsonl", help="Documents, one JSON object a line.")],
    out: Annotated[Path, typer.Option("--out", metavar="OUT.jsonl", help="Where the attributions are written.")],
    given_spans: Annotated[
        bool, typer.Option("--given-spans", help="The documents carry attributions with spans: add only the labels.")
    ] = False,
) -> None:
    """Find who is said to have said what in documents, without a warehouse."""
    if not docs.is_file():
        raise typer.BadParameter(f"{docs} is not a file: name a file with one JSON document a line", param_hint="DOCS")
    partial = options.output(out).with_name(f".{out.name}.{os.getpid()}.partial")
    try:
        with docs.open("rb") as lines, partial.open("w", encoding="utf-8") as file:
            counts = label_lines(lines, file, given_spans=given_spans)
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
    console(sys.stderr).print(counts_line(counts))


def label_lines(lines: IO[bytes], out: IO[str], *, given_spans: bool) -> dict[str, int]:
    """Write one line a document to `out`, in order, and return how many were labelled and how many set aside.

    A line that cannot be used is told on the standard error with its number and its reason, and the rest goes on.
    """
    from claims.reader import label_document
    from flows.given import given_relations

    counts = Counter({"labelled": 0, "set_aside": 0})
    for number, line in _lines(lines):
        try:
            document = _document(line, given_spans=given_spans)
            found = label_document(
                document["text"],
                relations=given_relations(document["attributions"], document["text"]) if given_spans else None,
                published=document.get("published"),
                outlet=document.get("outlet"),
                title=document.get("title"),
            )
        except (ClaimsError, ValueError) as error:
            counts["set_aside"] += 1
            console(sys.stderr).print(f"line {number} set aside: {' '.join(str(error).split())}"[:500])
            continue
        out.write(json.dumps({"doc_id": document["doc_id"], "attributions": found}) + "\n")
        counts["labelled"] += 1
    return dict(counts)


def _lines(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank with their numbers; of a line without end only its beginning is read."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
        if line.strip():
            yield number, line


def _document(line: bytes, *, given_spans: bool) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise UnreadableInput(f"longer than {LONGEST_LINE:,} bytes: split it into documents")
    try:
        document = json.loads(line.decode("utf-8-sig"))
    except RecursionError:
        raise UnreadableInput("nested too deeply to be a document") from None
    if not isinstance(document, dict):
        raise UnreadableInput("not a JSON object")
    if type(document.get("doc_id")) not in (str, int):
        raise UnreadableInput("doc_id is missing, or neither a string nor a whole number")
    if not isinstance(document.get("text"), str):
        raise UnreadableInput("text is missing or no string")
    for name in ("published", "outlet", "title"):
        if not isinstance(document.get(name, ""), str | None):
            raise UnreadableInput(f"{name} is no string")
    if given_spans and not isinstance(document.get("attributions"), list):
        raise UnreadableInput("attributions is missing or no list: --given-spans needs it")
    return document
