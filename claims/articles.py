"""From a page as received to an article: title, body, captions, writers, credit and date, without the furniture."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from claims.addresses import host_of
from claims.cleaning import one_line, unwrapped, without_controls, without_surrogates
from claims.credits import byline as byline_in
from claims.credits import canonical_credit, is_agency, is_bare_name, names_role, wire_credit_from
from claims.dating import UNDATED, Dating, date_as_given, date_from_text
from claims.errors import UnreadableText
from claims.furniture import is_furniture, is_stamped, pieces
from claims.head import Head, read_head
from claims.language import ENGLISH, UNDETERMINED, language_of
from claims.layout import Block, Role, blocks, is_prose, without_site_name
from claims.markup import Body, day_in_markup, parse, read_body, read_fragment
from claims.outlets import outlet_name
from claims.page_facts import page_facts
from claims.page_records import PageFacts
from claims.records import Article, Span, Spans, key
from claims.vocabulary import Basis, Form

__all__ = ["Block", "Page", "Role", "blocks", "host_of", "outlet_slug", "read_article", "read_page"]

MAX_TEXT = 1_000_000
_FIRST_PAGES = 1990
_TOO_LONG = f"the text is longer than {MAX_TEXT:,} characters: split it into its articles"
_DOCUMENT = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]")
_BY_END = re.compile(r"\bby:?$", re.IGNORECASE)
_PIECE = re.compile(r"\s*[.|·•]\s+(?=[A-Z][a-z]* )")
_NOT_SLUG = re.compile(r"[^a-z0-9.]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A web document or pasted text as received; `what` is what its reader was asked to read, for messages.

    `outlet` says which outlet it is, before its address; `outlet_name` only what it calls itself: a feed's title.
    `is_archived` says that it comes out of the archive, which need not be told again how it was read.
    """

    html: str | None = None
    text: str | None = None
    url: str | None = None
    doc_id: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    credit: str | None = None
    published: str | None = None
    published_basis: Basis = Basis.USER
    fetched_at: datetime
    raw_ref: str | None = None
    attributions: tuple[Mapping[str, object], ...] | None = None
    what: str = ""
    outlet_name: str | None = None
    is_archived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    text: str
    captions: Spans = ()
    title: str | None = None
    byline: str | None = None
    credit: tuple[str, str] | None = None
    dating_text: str = ""
    head: Head = field(default_factory=Head)
    day: str | None = None
    form: Form = Form.TEXT
    lines: tuple[str, ...] = ()


def outlet_slug(page: Page) -> str:
    """Return the outlet's id: of the outlet given with the page, else its URL's host, its own name, or "unknown"."""
    return _slug(page.outlet) or host_of(page.url) or _slug(page.outlet_name) or "unknown"


def _slug(name: str | None) -> str:
    return _NOT_SLUG.sub("-", (name or "").casefold()).strip("-.")


def _what(page: Page) -> str:
    return page.what or page.url or page.doc_id or ""


def _joined(parts: Sequence[tuple[str, bool]]) -> tuple[str, Spans]:
    """Return the paragraphs, each with whether it is a caption, as one text and the captions' spans in it."""
    captions = []
    length = 0
    for line, is_caption in parts:
        if is_caption:
            captions.append(Span(length, length + len(line)))
        length += len(line) + 2
    return "\n\n".join(line for line, _ in parts), tuple(captions)


def _signature(byline: str | None) -> str | None:
    """A byline as one plain line, without the "By" before the names."""
    plain = one_line(byline)
    return re.sub(r"^by:?\s+(?=\S)", "", plain, flags=re.IGNORECASE) if plain else None


def _written_by(lines: Sequence[tuple[str, Role]]) -> str | None:
    """Return the writer named above the prose or below it, from what is not prose."""
    prose = [index for index, (line, role) in enumerate(lines) if role is Role.BODY and is_prose(line)]
    first, last = (prose[:2][-1], prose[-1]) if prose else (len(lines), len(lines))
    for index, (line, role) in enumerate(lines):
        if role is not Role.FURNITURE or first <= index <= last:
            continue
        for piece in [*_PIECE.split(line), *pieces(line)]:
            if (name := byline_in(piece)) and not is_agency(name):
                return name
        if is_stamped(line) and len(pieces(line)) > 2 and is_bare_name(pieces(line)[0]):
            return pieces(line)[0]
        before = lines[index - 1][0] if index else ""
        after = lines[index + 1][0] if index + 1 < len(lines) else ""
        if is_bare_name(line) and (_BY_END.search(before) or names_role(after)):
            return line
    return None


def _from_lines(text: str, roles: Sequence[Block]) -> _Draft:
    """Return the article in a raw text: body and captions without what stands around them."""
    lines = [(text[block.span.start : block.span.end], block.role) for block in roles]
    kept = [(" ".join(line.split()), role is Role.CAPTION) for line, role in lines if role in (Role.BODY, Role.CAPTION)]
    body, captions = _joined(kept)
    return _Draft(
        text=body,
        captions=captions,
        title=next((without_site_name(line) for line, role in lines if role is Role.HEADLINE), None),
        byline=_written_by(lines),
        credit=wire_credit_from([line for line, role in lines if role is not Role.CAPTION]),
        dating_text=text,
        lines=tuple(line for line, role in lines if role is not Role.CAPTION),
    )


def _as_given(text: str) -> _Draft:
    """Return a text that is an article already: nothing is taken from it but what it says about itself."""
    roles = blocks(text)
    captions = tuple(block.span for block in roles if block.role is Role.CAPTION)
    return replace(_from_lines(text, roles), text=text, captions=captions, title=None)


def _from_markup(page: Page, markup: str) -> _Draft:
    markup = without_controls(markup)
    if _DOCUMENT.search(markup[:5_000]) is None:
        draft = _from_body(read_fragment(markup, what=_what(page)), Head(), title=page.title)
        return replace(draft, form=Form.ENTRY if page.published_basis is Basis.FEED else Form.TEXT)
    tree = parse(markup, what=_what(page))
    head = read_head(tree)
    day = None if head.published else day_in_markup(tree, fetched_at=page.fetched_at)
    return replace(_from_body(read_body(tree), head, title=page.title), day=day, form=Form.PAGE)


def _same(line: str, other: str | None) -> bool:
    return other is not None and re.sub(r"\W+", "", line).casefold() == re.sub(r"\W+", "", other).casefold()


def _from_body(body: Body, head: Head, *, title: str | None) -> _Draft:
    title = title or head.title
    lines = [line for line in body.paragraphs if not is_furniture(line)]
    while lines and _same(lines[0], title):
        lines.pop(0)
    pictured = {caption.casefold() for caption in body.captions}
    text, captions = _joined([(line, line.casefold() in pictured) for line in lines])
    roles = blocks(text)
    read = _from_lines(text, roles)
    spans = (block.span for block in roles if block.role is Role.CAPTION)
    found = sorted({*captions, *spans})
    dating_text = "\n\n".join([*body.captions, *body.paragraphs])
    return replace(
        read,
        text=text,
        captions=tuple(found),
        title=head.title,
        byline=head.byline or read.byline,
        head=head,
        dating_text=dating_text,
        lines=(*body.paragraphs, *body.notes, *head.corrections),
    )


def _draft(page: Page) -> _Draft:
    text = page.text if page.text is not None and page.text.strip() else None
    if text is not None and page.attributions is not None:
        return _as_given(without_surrogates(text))
    if text is not None and len(text) > MAX_TEXT:
        raise UnreadableText(_TOO_LONG, what=_what(page))
    if text is not None and page.title:
        return _as_given(without_controls(text))
    if text is not None:
        plain = unwrapped(without_controls(text))
        return _from_lines(plain, blocks(plain))
    if page.html is not None and page.html.strip():
        return _from_markup(page, page.html)
    raise UnreadableText("it is empty: give the article's text", what=_what(page))


def _dating(page: Page, draft: _Draft) -> Dating:
    """Return the date given with the page, else the page's own, else what its text allows; each only if possible."""
    given = "given with the feed" if page.published_basis is Basis.FEED else "given"
    offers = (
        (page.published, page.published_basis, given),
        (draft.head.published, Basis.PAGE, draft.head.published_from or ""),
        (draft.day, Basis.PAGE, "found in the page's markup"),
    )
    refused = []
    for value, basis, evidence in offers:
        if not value:
            continue
        dating = date_as_given(value, fetched_at=page.fetched_at, basis=basis, evidence=evidence)
        # Pages write "0001-01-01" or 1970 where they do not know.
        if dating and dating.earliest and (basis is not Basis.PAGE or dating.earliest.year >= _FIRST_PAGES):
            return dating
        refused.append(f"{evidence} “{(one_line(value) or '')[:40]}” refused (no date, or after the fetch)")
    found = date_from_text(draft.dating_text, fetched_at=page.fetched_at)
    return replace(found, evidence="; ".join([*refused, found.evidence])) if refused else found


def _language(draft: _Draft) -> tuple[str | None, str | None]:
    """Return "en" where the text is, what the page declares or "und" where it clearly is not, else as declared.

    With it comes what that rests on.
    """
    found = language_of(draft.text)
    declared = draft.head.language
    if found == ENGLISH or (found == UNDETERMINED and declared in (None, ENGLISH)):
        return found, "text"
    return declared, draft.head.language_from


def read_article(page: Page, *, recorded_at: datetime) -> Article:
    """Return the article on `page`; raises UnreadableText where there is none."""
    return read_page(page, recorded_at=recorded_at)[0]


def read_page(page: Page, *, recorded_at: datetime) -> tuple[Article, PageFacts]:
    """Return the article on `page`, and what the page says about it: given values first, then the page's own.

    A raw text loses its furniture, its headline (which becomes the title) and second copies of captions; a text that
    comes with a title or with spans stays as it is. Raises UnreadableText where there is no article.
    """
    draft = _draft(page)
    if _WORD.search(draft.text) is None:
        raise UnreadableText("no article was found in it: give the article's text", what=_what(page))
    if len(draft.text) > MAX_TEXT and page.attributions is None:
        raise UnreadableText(_TOO_LONG, what=_what(page))
    dating = _dating(page, draft)
    url = page.url or draft.head.canonical
    outlet_id = outlet_slug(replace(page, url=url, outlet=page.outlet or (None if url else draft.head.site_name)))
    credit = _credit(page, draft, outlet_id)
    language, language_from = _language(draft)
    article = Article(
        article_id=key("article", outlet_id, url or page.doc_id or "", draft.text),
        outlet_id=outlet_id,
        url=url,
        doc_id=page.doc_id,
        title=one_line(page.title) or one_line(draft.title),
        byline=_signature(page.byline) or _signature(draft.byline),
        credit=credit[0] if credit else None,
        language=language,
        text=draft.text,
        captions=draft.captions,
        published_earliest=dating.earliest,
        published_latest=dating.latest,
        published_basis=dating.basis,
        published_evidence=dating.evidence if dating is not UNDATED else None,
        raw_ref=page.raw_ref,
        fetched_at=page.fetched_at,
        recorded_at=recorded_at,
    )
    given = "given with the feed" if page.published_basis is Basis.FEED else "given"
    origins = {
        "title": given
        if one_line(page.title)
        else draft.head.title_from or ("line of the text" if article.title else None),
        "byline": given
        if _signature(page.byline)
        else draft.head.byline_from or ("line of the text" if article.byline else None),
        "credit": credit[1] if credit else None,
        "language": language_from,
    }
    return article, page_facts(article, draft.head, form=draft.form, origins=origins, lines=draft.lines)


def _credit(page: Page, draft: _Draft, outlet_id: str) -> tuple[str, str] | None:
    """Return the agency whose copy it is, and how that is known: given, by the text, by who is named as its author."""
    if credit := one_line(page.credit):
        return canonical_credit(credit), "given with the feed" if page.published_basis is Basis.FEED else "given"
    if draft.credit:
        return draft.credit
    head = draft.head
    for name, place in ((head.byline, head.byline_from), (head.agency, head.agency_from)):
        # An agency's own site names itself.
        if name and is_agency(name) and outlet_name(canonical_credit(name)) != outlet_name(outlet_id):
            return canonical_credit(name), place or ""
    return None
