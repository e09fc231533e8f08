"""The HTML of the review page: everything from the news is escaped, and nothing is loaded from elsewhere."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from html import escape
from typing import TYPE_CHECKING, Any

from claims.vocabulary import Observability, Outcome
from flows.masking import MASK, blind
from flows.render import plain

if TYPE_CHECKING:
    from flows.review_web.app import Room

Row = Mapping[str, Any]

# Key, outcome, what it means; the first four are what is chosen nearly always.
OUTCOMES = (
    ("h", Outcome.HELD_UP, "Held up", "met within the horizon"),
    ("p", Outcome.PARTLY, "Partly", "less than was said, but that way"),
    ("f", Outcome.FAILED, "Failed", "the criteria for failure are met"),
    ("u", Outcome.UNDETERMINED, "Undetermined", "it cannot be said"),
    ("l", Outcome.HELD_UP_LATE, "Held up late", "met after the horizon"),
    ("v", Outcome.VOID, "Void", "its condition never arose"),
    ("s", Outcome.SUPERSEDED, "Superseded", "the source replaced it before"),
    ("w", Outcome.WITHDRAWN, "Withdrawn", "source or outlet took it back"),
    ("n", Outcome.UNRESOLVABLE, "Unresolvable", "it could never be judged"),
)
_USUAL = 4
_PASSAGES = 8
_HIDDEN = f'<span class="mask" title="Who said it is hidden until you decide">{MASK}</span>'
_STANCES = {"supports": "good", "refutes": "bad", "partly": "half"}


def claim(room: "Room", row: Row, last: Row | None) -> str:
    """Return the page of one claim: what was said, what would settle it, what was reported later, and the decision."""
    shown = blind(row)
    done = room.decided.get(row["claim_id"])
    place = [waiting["claim_id"] for waiting in room.queue].index(row["claim_id"]) + 1
    body = [
        _bar(room),
        _banner(room, last),
        "<main>",
        f'<p class="place">Claim {place} of {len(room.queue)} <span class="tag">{_text(row["workflow"])}</span></p>',
        f'<h1 class="said">{_text(shown["claim_text"])}</h1>',
        _facts(shown),
        _criteria(shown),
        '<div class="sides">',
        '<section aria-labelledby="printed"><h2 id="printed">As it was printed</h2>',
        f"<blockquote>{_text(shown['passage'])}</blockquote>",
        f'<p class="small">{_text(shown["title"] or "")}</p></section>',
        '<section aria-labelledby="later"><h2 id="later">What was reported later</h2>',
        *_passages(shown),
        "</section></div>",
        _others(shown),
        _decided(row, done.word) if done else _form(room, shown),
        "</main>",
    ]
    return _page(f"Claim {place} of {len(room.queue)}", body)


def end(room: "Room", last: Row | None) -> str:
    """Return the page for when nothing is left to show: nothing waited, or all was decided or skipped."""
    skipped, decided = len(room.skipped), len(room.sitting.decided)
    if not room.queue:
        what = (
            "There is nothing to read a second time." if room.reviewer.is_second else "No claim waits for a judgement."
        )
        title, text = "All quiet", f"{what} Claims come here when their deadline passes or an outcome is proposed."
    elif skipped:
        title, text = "That was the last one", f"{decided} decided, {skipped} skipped: they still wait."
    else:
        title, text = "All done", f"{decided} decided in this sitting, and none is left."
    again = _button_form(room, "/again", "Look for more" if not skipped else "Go through the skipped ones", "plain")
    finish = _button_form(room, "/finish", "Finish and publish", "main")
    body = [
        _bar(room),
        _banner(room, last),
        f'<main class="calm"><h1>{title}</h1><p>{text}</p><div class="row">{finish}{again}</div></main>',
    ]
    return _page(title, body)


def goodbye(room: "Room") -> str:
    """Return the page after the sitting was ended."""
    n_decided = len(room.sitting.decided)
    text = f"{n_decided} decided. The terminal goes on from here; this page can be closed."
    return _page("Finished", [f'<main class="calm"><h1>Thank you</h1><p>{text}</p></main>'])


def message(title: str, text: str) -> str:
    """Return a page that only says something."""
    back = '<p><a href="/">Back to the queue</a></p>'
    return _page(title, [f'<main class="calm"><h1>{_text(title)}</h1><p>{_text(text)}</p>{back}</main>'])


def _page(title: str, body: Iterable[str]) -> str:
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_text(title)} · onrecord review</title>"
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css">'
        '<script src="/keys.js" defer></script></head><body>'
        f"{''.join(part for part in body if part)}</body></html>\n"
    )


def _bar(room: "Room") -> str:
    total, decided = len(room.queue), len(room.sitting.decided)
    role = "second reader" if room.reviewer.is_second else "reviewer"
    finish = _button_form(room, "/finish", "Finish", "quiet") if total else ""
    return (
        '<header><div class="brand"><a href="/">onrecord</a> <span>review</span></div>'
        f'<div class="who">{_text(room.reviewer.name)}, {role}</div>'
        f'<div class="progress"><label for="done">{decided} of {total} decided</label>'
        f'<progress id="done" max="{max(total, 1)}" value="{decided}"></progress></div>{finish}</header>'
    )


def _banner(room: "Room", last: Row | None) -> str:
    if last is None:
        return ""
    who = _text(last["resolved_source"] or "nobody named")
    undo = _button_form(room, "/undo", "Undo <kbd>b</kbd>", "quiet", key="b")
    return (
        f'<div class="banner" role="status"><p><strong>Recorded: {_text(last["word"])}.</strong> It was said by'
        f" <strong>{who}</strong> ({_text(last['anonymity'])}: {_text(last['level_reason'])}),"
        f" in {_text(last['outlet_id'])}.</p>{undo}</div>"
    )


def _facts(row: Row) -> str:
    horizon = f" (“{_text(row['horizon_text'])}”)" if row["horizon_text"] else ""
    facts = (
        ("Kind", f"{_text(row['kind'])}, {_text(row['polarity'])}"),
        ("Wording", _text(row["modality"])),
        ("Said", _interval(row["made_earliest"], row["made_latest"])),
        ("Due", _interval(row["due_earliest"], row["due_latest"]) + horizon),
    )
    return '<dl class="facts">' + "".join(f"<div><dt>{n}</dt><dd>{v}</dd></div>" for n, v in facts) + "</dl>"


def _criteria(row: Row) -> str:
    asked = row["question"]
    if asked is None:
        return ""
    silence = (
        "It would certainly have been reported: silence means that it did not happen."
        if asked.observability == Observability.CERTAIN
        else "It need not have been reported: finding nothing leaves it undetermined."
    )
    return (
        '<section class="criteria" aria-label="What would settle it">'
        f'<div class="good"><h2>Held up if</h2><p>{_text(asked.held_up_if)}</p></div>'
        f'<div class="bad"><h2>Failed if</h2><p>{_text(asked.failed_if)}</p></div>'
        f'<p class="small">{silence} Version {asked.version}, written {_day(asked.recorded_at)}'
        f" by {_text(asked.written_by.removeprefix('person:'))}.</p></section>"
    )


def _passages(row: Row) -> Iterable[str]:
    pieces = row["evidence"][:_PASSAGES]
    if not pieces:
        yield '<p class="none">No later passage was found. That alone settles nothing.</p>'
    for piece in pieces:
        where = _text(piece["outlet_id"])
        # A reprint of the claim itself names the source: its address waits for the decision.
        if piece["stance"] != "repeats" and str(piece["url"] or "").startswith(("https://", "http://")):
            where = (
                f'<a href="{escape(piece["url"], quote=True)}" rel="noreferrer noopener" target="_blank">{where}</a>'
            )
        event = f" · event of {_day(piece['event_date'])}" if piece["event_date"] else ""
        yield (
            f'<article class="{_STANCES.get(piece["stance"], "other")}"><p class="small">'
            f'<span class="stance">{_text(piece["stance"])}</span> {where}'
            f" · {_day(piece['published_latest'])}{event}</p>"
            f"<blockquote>{_text(piece['quote'])}</blockquote></article>"
        )


def _others(row: Row) -> str:
    if not row["others"]:
        return ""
    items = "".join(
        f"<li><strong>{_text(other['reviewer'])}</strong> rates “{_text(other['claim_text'])}”:"
        f" {_text(other['rating'] or 'no rating')}</li>"
        for other in row["others"]
    )
    return f'<section class="others"><h2>What others made of it</h2><ul>{items}</ul></section>'


def _form(room: "Room", row: Row) -> str:
    usual = "".join(_outcome(*outcome) for outcome in OUTCOMES[:_USUAL])
    rare = "".join(_outcome(*outcome) for outcome in OUTCOMES[_USUAL:])
    proposal = ""
    if row["proposed_outcome"]:
        sure = f", {row['proposed_confidence']:.0%} sure" if row["proposed_confidence"] is not None else ""
        proposal = (
            f'<div class="proposal"><p>A machine proposes <strong>{_text(row["proposed_outcome"].replace("_", " "))}'
            f"</strong>{sure}.</p>"
            '<button class="main" name="word" value="accept" data-key="a">Accept <kbd>a</kbd></button>'
            '<button class="plain" name="word" value="reject" data-key="r" title="The outcome does not follow from the'
            ' passages; this judges no outcome">Reject the proposal <kbd>r</kbd></button></div>'
        )
    return (
        f'<form class="decide" method="post" action="/decide/{escape(row["claim_id"], quote=True)}">'
        f'<input type="hidden" name="csrf" value="{room.csrf}"><h2>What became of it?</h2>{proposal}'
        f'<div class="outcomes">{usual}</div>'
        f'<details><summary>Other outcomes</summary><div class="outcomes">{rare}</div></details>'
        '<label for="note">Why <span class="small">(optional, kept with the decision; <kbd>i</kbd>)</span></label>'
        '<textarea id="note" name="note" rows="2" maxlength="4000"></textarea>'
        '<button class="plain" name="word" value="skip" data-key="ArrowRight">Skip for now <kbd>→</kbd></button>'
        "</form>"
    )


def _outcome(key: str, outcome: Outcome, name: str, meaning: str) -> str:
    return (
        f'<button name="word" value="{outcome}" data-key="{key}"><span>{name} <kbd>{key}</kbd></span>'
        f"<small>{meaning}</small></button>"
    )


def _decided(row: Row, word: str) -> str:
    return (
        f'<section class="decide"><h2>Decided: {_text(word)}</h2>'
        f"<p>It was said by {_text(row['resolved_source'] or 'nobody named')}, in {_text(row['outlet_id'])}.</p>"
        '<p><a href="/">On to the next</a></p></section>'
    )


def _button_form(room: "Room", action: str, label: str, look: str, *, key: str = "") -> str:
    pressed = f' data-key="{key}"' if key else ""
    return (
        f'<form method="post" action="{action}"><input type="hidden" name="csrf" value="{room.csrf}">'
        f'<button class="{look}"{pressed}>{label}</button></form>'
    )


def _text(value: object) -> str:
    return escape(plain(str(value)), quote=True).replace(MASK, _HIDDEN)


def _day(value: date | datetime | None) -> str:
    return f"{value.day} {value:%b %Y}" if value else "undated"


def _interval(earliest: datetime | None, latest: datetime | None) -> str:
    ends = list(dict.fromkeys(_day(end) for end in (earliest, latest) if end is not None))
    return " to ".join(ends) or "not known"
