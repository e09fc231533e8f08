"""Bodies, documents and polls as sources, and what a later common noun for one goes back to."""

import re
from collections import Counter
from dataclasses import replace
from functools import cache

from claims.extraction.scene import Past, Referent, Scene, mentions_within, names_within
from claims.lexicons.load import form, groups
from claims.names import INSTITUTION, OTHER, PLACE, canonical_institution, institutions, name_words, outlets, places
from claims.phrases import Phrase, classes, plain_description, word_group
from claims.records import Span

_DOER = re.compile(
    r"(?:er|or|ist|ian|ant|ent|man|men|woman|women|ee|eer|ess|crat|ite|ic|ive|child|folk|mate|kid|one|body)$"
)
_POLICE = re.compile(r"\b([A-Z][\w’-]+(?: [A-Z][\w’-]+)?) [Pp]olice\b")
_POLL_WORDS = r"(?:(?:new|opinion|tracking|national|public|online|exit|latest|recent|statewide|state)\s+)*"
_POLL = re.compile(rf"((?:[A-Z][\w./&-]+\s+){{1,5}}){_POLL_WORDS}(?:poll|survey)\b")


def as_institution(printed: str, span: Span, antecedent: Span | None = None, *, several: bool = False) -> Referent:
    """Return the referent for a body by its printed name."""
    name = canonical_institution(printed)
    return Referent(
        kind="institution", text=name, span=span, antecedent=antecedent, several=several, collective=not several
    )


def as_described(span: Span, phrase: Phrase, scene: Scene | None = None) -> Referent:
    """Return the referent for a phrase that names nobody: a body, a document or an unnamed speaker by its head noun."""
    kinds = classes(phrase.head)
    text = plain_description(phrase) or phrase.text
    if "institution" in kinds and not (kinds & {"role", "crowd"} and phrase.plural):
        if scene is not None and phrase.head in ("police", "authority"):
            text = _local(scene, phrase) or text
        text = re.sub(r"^(?:the|an?)\s+", "", text, flags=re.IGNORECASE)
        if " and " in text:
            text = re.sub(r"\b[A-Z]{2,}\b", lambda short: canonical_institution(short.group()), text)
        return Referent(
            kind="institution",
            text=text,
            phrase=phrase,
            span=span,
            several=phrase.plural and phrase.head != "authority",
            collective=not phrase.plural or phrase.head == "authority",
        )
    if (kinds & {"document", "statement"} and "role" not in kinds) or _is_thing(phrase):
        collective = bool(re.search(r"\b(?:poll|survey)$", phrase.core, re.IGNORECASE))
        if scene is not None and phrase.determiner == "the" and not phrase.modifiers:
            if phrase.head in ("poll", "survey"):
                text = nearest_poll(scene, span) or text
            elif phrase.head in ("article", "piece", "story", "column", "editorial", "feature"):
                text = _of_outlet(scene, span, phrase.head) or text
        return Referent(
            kind="document", text=text, phrase=phrase, span=span, several=phrase.plural, collective=collective
        )
    if scene is not None and phrase.head == "official" and phrase.plural and not phrase.after and _says_nothing(phrase):
        place = _dateline(scene.text)
        if place:
            phrase = replace(phrase, after=f"in {place}")
            text = f"officials in {place}"
    return Referent(kind="described", text=text, phrase=phrase, span=span, several=phrase.plural)


def _is_thing(phrase: Phrase) -> bool:
    """Whether an unknown noun names a thing: in small letters, none of those that end like doers, with an article."""
    known = bool(classes(phrase.head)) or not phrase.printed_head.islower() or not phrase.determiner
    return not known and not _DOER.search(phrase.head) and not phrase.head.endswith("'s")


def _says_nothing(phrase: Phrase) -> bool:
    return set(phrase.modifiers.casefold().split()) <= word_group("uninformative")


def _dateline(text: str) -> str | None:
    """The place that opens a report in capitals (`KABUL (Reuters) -`, `CHARLOTTE, N.C. —`)."""
    found = re.search(r"(?:^|\n)([A-Z][A-Z. ]{3,25})(?:,[^\n]{0,25})?\s*(?:\([^)\n]*\)\s*)?[-–—―]+\s", text[:1500])
    return found.group(1).strip().title() if found else None


def _local(scene: Scene, phrase: Phrase) -> str | None:
    """The police of the place that the article is about."""
    if phrase.modifiers:
        return None
    named = Counter(
        match.group(1) for match in _POLICE.finditer(scene.text) if match.group(1) not in name_words("opener")
    )
    return f"{named.most_common(1)[0][0]} police" if named else None


def _of_outlet(scene: Scene, span: Span, noun: str) -> str | None:
    found = [
        name
        for name in scene.institutions
        if name.span.end <= span.start and canonical_institution(name.text) in outlets()
    ]
    return f"{canonical_institution(found[-1].text)} {noun}" if found else None


def nearest_poll(scene: Scene, span: Span) -> str | None:
    """Return the poll last named before a span (or else just after it), by whose it is."""
    before = _POLL.findall(scene.text[max(0, span.start - 2500) : span.start])
    found = [name for name in before if name.strip() not in name_words("opener")]
    if found:
        return f"{_without_article(found[-1])} poll"
    ahead = _POLL.search(scene.text, span.start, span.start + 400)
    return f"{_without_article(ahead.group(1))} poll" if ahead else None


def _without_article(name: str) -> str:
    return re.sub(r"^(?:The|An?|In|But|According)\s+", "", name.strip())


def _is_suffix(rest: str) -> bool:
    """Whether what follows a name is the form of a firm or its place on an exchange (`plc`, `(LSE: CRV)`)."""
    return re.sub(form("phrase_forms.tsv", "firm_suffix"), "", rest).strip(" ,.;)") == ""


def named_body(scene: Scene, span: Span, phrase: Phrase) -> Referent | None:
    """Return the body that a phrase names as its head, or None."""
    text = scene.text
    core_start = span.start + max(0, text[span.start : span.end].find(phrase.core))
    core_end = core_start + len(phrase.core)
    if re.fullmatch(r"[\w-]+\.(?:com|org|net|info|news|co|in|uk|ru)", phrase.core, re.IGNORECASE):
        return replace(as_institution(phrase.core, span), phrase=phrase)
    for name in names_within(scene, Span(span.start, core_end)):
        if name.span.end < core_end - 2 and not _is_suffix(text[name.span.end : core_end]):
            continue
        people = name.text in places("people", "demonym", "regional")
        named = name.kind == INSTITUTION or (name.kind == PLACE and not people)
        unknown = name.kind == OTHER and not classes(phrase.head) and not mentions_within(scene, name.span)
        acronym = unknown and " " not in name.text and not text[name.span.end :].startswith(":")
        if not named and not acronym:
            continue
        rest = text[core_end : span.end]
        if re.search(r"\band\b", rest) and names_within(scene, Span(core_end + 1, span.end)):
            plain = re.sub(r"^(?:the|other)\s+", "", phrase.text, flags=re.IGNORECASE)
            plain = re.sub(r"\b[A-Z]{2,}\b", lambda short: canonical_institution(short.group()), plain)
            return Referent(kind="institution", text=plain, span=span, phrase=phrase, several=True)
        return replace(as_institution(name.text, span), phrase=phrase)
    return None


@cache
def _body_words_for(noun: str) -> frozenset[str]:
    return frozenset(groups("bodies.tsv").get(noun, ()))


def earlier_body(scene: Scene, span: Span, phrase: Phrase, past: Past) -> Referent | None:
    own = {word.casefold() for word in phrase.modifiers.split()}
    for position, referent in reversed(past):
        same = (
            referent.kind == "institution"
            and referent.phrase
            and referent.phrase.head == phrase.head
            and position < span.start
        )
        if same and own <= set((referent.text or "").casefold().split()):
            return replace(referent, span=span, antecedent=referent.antecedent or referent.span)
    wanted = _body_words_for(phrase.head)
    earlier = [name for name in scene.institutions if name.span.end <= span.start]
    for name in [*reversed(earlier), *(name for name in scene.institutions if name.span.start >= span.end)]:
        words = {word.casefold().strip(".") for word in (*name.text.split(), *canonical_institution(name.text).split())}
        fits = words & wanted or (phrase.head in words and (len(words) > 1 or name.text.casefold() in institutions()))
        if fits and own <= words:
            return replace(as_institution(name.text, span, name.span), phrase=phrase)
    return None
