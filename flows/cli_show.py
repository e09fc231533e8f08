"""`onrecord show`: one claim's whole story on one page."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

import typer

from flows import options
from flows.render import cell, console, plain, table

_WIDTH = 120


def show(
    claim: Annotated[str, typer.Argument(help="Id of a claim, or its beginning.")],
    published: options.Published = None,
) -> None:
    """Show one claim's whole story: where it stands, who said it, what became of it, and who decided that when."""
    from flows.review import find_claim
    from warehouse.connect import open_published
    from warehouse.read import claim_story, clock

    with open_published(options.settings_from(published=published).published) as con:
        as_of = clock(con)
        if as_of is None:
            raise typer.BadParameter("the published file is empty: run `onrecord run` first")
        story = claim_story(con, find_claim(con, claim, as_of), as_of)
    if story["claim"] is None:
        raise typer.BadParameter(f"{claim} is no longer current: a later reading of its article took its place")
    screen = console(width=_WIDTH)
    _claim(screen.print, story["claim"])
    _corrections(screen.print, story["corrections"])
    _others(screen.print, story)
    _outcome(screen.print, story)


def marked(text: str, *, first: int, spans: Mapping[str, Sequence[Mapping[str, int]]]) -> str:
    """Return `text` with every span in brackets that name it: [source the official] [cue said] [content …].

    Spans count from the start of the article, of which `text` begins at `first`; what lies outside it is left out.
    """
    edges: list[tuple[int, int, str]] = []
    for name, pieces in spans.items():
        for piece in pieces:
            start, end = piece["start"] - first, piece["end"] - first
            if 0 <= start < end <= len(text):
                edges += [(start, 1, f"[{name} "), (end, 0, "]")]
    parts, done = [], 0
    for place, _, mark in sorted(edges):
        parts += [text[done:place], mark]
        done = place
    return "".join([*parts, text[done:]])


def _claim(write: Callable[..., None], claim: Mapping[str, Any]) -> None:
    passage = marked(
        claim["passage"],
        first=claim["passage_span"]["start"],
        spans={"source": claim["source_spans"], "cue": claim["cue"], "content": claim["content"]},
    )
    write(f"claim {claim['claim_id']}")
    write(f"  “{cell(claim['claim_text'])}”\n")
    write(f"article   {cell(claim['title']) or 'without headline'}")
    write(f"          {cell(claim['outlet_id'])}, published {_when(claim)} ({claim['published_basis']})")
    write(f"          {cell(claim['url']) or 'without address'}")
    write(f"          {claim['article_id']}, fetched {_time(claim['fetched_at'])}")
    write(f"passage   {plain(' '.join(passage.split()))}")
    write(f"source    {cell(claim['resolved_source']) or 'nobody is named'}")
    write(f"          {claim['anonymity']}: {cell(claim['level_reason'])}; {claim['plurality']}")
    if claim["condition_stated"]:
        write(f"          on condition of anonymity; reason: {cell(claim['condition_reason']) or 'none given'}")
    for label, column in (("told to", "told_to"), ("relayed by", "relayed_by"), ("class", "descriptor")):
        if claim[column]:
            write(f"          {label} {cell(claim[column])}")
    hedge = f" (“{cell(claim['modality_phrase'])}”)" if claim["modality_phrase"] else ""
    write(f"reading   {claim['kind']}, {claim['polarity']}, {claim['modality']}{hedge}; {claim['quotation']} quotation")
    trackable = "trackable" if claim["trackable"] else "not trackable"
    write(f"          {trackable}: {cell(claim['trackable_reason'])}")
    due = when_due(claim)
    if due:
        write(f"          {due}")
    write(f"          by {claim['extractor']}, {claim['reader']}; confidence {claim['confidence']:.2f}")


def when_due(claim: Mapping[str, Any]) -> str | None:
    """Return when a claim is due, in words; None where nothing bounds it."""
    words = f" (“{cell(claim['horizon_text'])}”)" if claim["horizon_text"] else ""
    if claim["due_latest"]:
        since = _time(claim["due_earliest"]) if claim["due_earliest"] else "publication"
        return f"due {since} to {_time(claim['due_latest'])}{words}"
    return f"due at a time that cannot be told yet{words}" if words else None


def _corrections(write: Callable[..., None], corrections: Sequence[Mapping[str, Any]]) -> None:
    for number, row in enumerate(corrections):
        was = cell(row["machine"]) or "nothing"
        write(f"{'' if number else 'corrected':<10}{row['field']}: {cell(row['value'])} (machine: {was})")
        write(f"{'':<10}  by {cell(row['decided_by'])} on {_time(row['recorded_at'])}: {cell(row['why'])}")


def _others(write: Callable[..., None], story: Mapping[str, Any]) -> None:
    claim = story["claim"]
    write(
        f"\nreports   {claim['n_articles']} articles, {claim['n_outlets']} outlets, {claim['n_copies']} copies,"
        f" {claim['n_origins']} origins"
    )
    if story["copies"]:
        rows = [
            (
                row["claim_id"],
                "copy" if row["is_same_story"] else "same utterance" if row["is_same_utterance"] else "same claim",
                row["outlet_id"],
                row["anonymity"],
                row["condition_stated"],
                row["modality"],
                row["claim_text"],
            )
            for row in story["copies"]
        ]
        write(table(("claim", "is", "outlet", "level", "on condition", "modality", "text"), rows, limit=60))
    if story["matches"]:
        decided = [
            (
                row["other_claim_id"] if row["claim_id"] == claim["claim_id"] else row["claim_id"],
                row["verdict"],
                row["score"],
                row["decided_by"],
                row["detail"],
            )
            for row in story["matches"]
        ]
        write("\nmatches")
        write(table(("other claim", "verdict", "score", "decided by", "why"), decided, limit=60))


def _outcome(write: Callable[..., None], story: Mapping[str, Any]) -> None:
    claim = story["claim"]
    if story["evidence"]:
        write("\nevidence")
    for row in story["evidence"]:
        where = f"{cell(row['outlet_id'])}, published by {_time(row['published_latest'])}, {cell(row['url'])}"
        found = f"{cell(row['found_by'])}, confidence {row['confidence']:.2f}, on {_time(row['recorded_at'])}"
        write(f"  {row['stance']}, {where}")
        write(f"    “{plain(' '.join(row['quote'].split()))}”")
        write(f"    found by {found}")
    if story["resolutions"]:
        write("\njudgements")
        rows = [
            (
                _time(row["recorded_at"]),
                ("proposes " if row["resolved_by_kind"] == "machine" else "") + (row["outcome"] or "reopened"),
                row["resolved_by"],
                row["resolved_by_kind"],
                row["event_date"],
                row["evidence_url"],
                row["note"],
            )
            for row in story["resolutions"]
        ]
        write(table(("when", "outcome", "by", "as", "event", "evidence", "note"), rows, limit=60))
    outcome = f": {claim['outcome']}, known since {_time(claim['outcome_recorded_at'])}" if claim["outcome"] else ""
    write(f"\nstands    {claim['workflow']}{outcome}")
    write("\nhistory")
    told = [(_time(row["happened_at"]), row["event"], row["who"], row["detail"]) for row in story["history"]]
    write(table(("when", "what", "who", "detail"), told, limit=80))


def _when(claim: Mapping[str, Any]) -> str:
    first, last = claim["published_earliest"], claim["published_latest"]
    if first is None:
        return "at an unknown time"
    ends = dict.fromkeys(re.sub(r" 00:00$", "", _time(end)) for end in (first, last))
    return " to ".join(ends)


def _time(value: datetime | None) -> str:
    return value.strftime("%Y-%m-%d %H:%M") if value else "?"
