"""One of a group that spoke before (`another official`, `the other`, `one of them`), and what an aside says of it."""

import re
from dataclasses import replace

from claims.extraction.scene import Past, Referent, Scene, as_person, mentions_before, sentence_of
from claims.lexicons.load import form
from claims.phrases import Phrase, classes, take_apart, word_group
from claims.records import Span

_NEAR = 3
_WHERE = ("at ", "in ", "of ", "on ", "from ", "for ", "within ", "inside ")
_SPEAKERS = frozenset({"role", "bare", "relational", "crowd", "leader", "person_office", "personal_service"})
_AFTER_COMMA = re.compile(r",\s+((?:an?|the)\s[^,.;:“”\"\n]{3,90})(?=,|\s[-–—]\s)")


def member_of(scene: Scene, span: Span, printed: str, past: Past) -> Referent | None:
    """Return the speaker whom words such as `another official` or `the other` set apart from one before, or None."""
    found = form("phrase_forms.tsv", "member").match(printed)
    if not found:
        return None
    noun = found.group("noun")
    head = take_apart(noun).head if noun else None
    if head and not classes(head) & _SPEAKERS:
        return None
    earlier = _before(scene, span, past, head=head)
    if earlier is None or earlier.phrase is None:
        return None
    which = (found.group("which") or "").casefold().removeprefix("a ").removeprefix("the ")
    return _apart(earlier, earlier.phrase, span, which)


def _before(scene: Scene, span: Span, past: Past, *, head: str | None) -> Referent | None:
    """The unnamed speaker next before a span: of the same noun anywhere, of any within a few sentences."""
    here = sentence_of(scene, span.start)
    for position, referent in reversed(past):
        if referent.kind != "described" or referent.phrase is None or position >= span.start:
            continue
        if head and referent.phrase.head == head and (referent.phrase.modifiers or referent.phrase.after):
            return referent
        if not head and here - sentence_of(scene, position) <= _NEAR:
            return referent
    return None


def _apart(earlier: Referent, phrase: Phrase, span: Span, which: str) -> Referent:
    """One speaker of the kind of an earlier one: the same modifiers without their count, and without another's rank."""
    one_of_them = earlier.several
    dropped = word_group("quantified") | word_group("ordinal")
    if not one_of_them:
        dropped |= word_group("rank")
    kept = " ".join(word for word in phrase.modifiers.split() if word.casefold() not in dropped)
    after = phrase.after if one_of_them or earlier.group else ""
    known = classes(phrase.head) & {"bare"} and re.match(r"(?:close|familiar|aware|with|briefed|around|near)\b", after)
    tail = re.split(r",|\s+(?:who|which)\s", after)[0] if known or after.startswith(_WHERE) else ""
    text = " ".join(part for part in (which if which != "one" else "", kept, phrase.head, tail) if part)
    single = replace(
        phrase, modifiers=kept, printed_head=phrase.head, after=after, quantity="", determiner="", plural=False
    )
    antecedent = earlier.antecedent or earlier.span
    group = earlier.text if one_of_them else earlier.group
    return Referent(kind="described", text=text, phrase=single, span=span, antecedent=antecedent, group=group)


def one_of(referent: Referent, phrase: Phrase) -> Referent:
    """Return the referent of `one of the sources`: a speaker of their description, not all of them."""
    earlier = referent.phrase
    if phrase.quantity != "one" or not referent.several or referent.kind != "described" or earlier is None:
        return referent
    return replace(_apart(referent, earlier, referent.span or Span(0, 1), "one"), antecedent=referent.antecedent)


def apposed(scene: Scene, span: Span, phrase: Phrase) -> Referent | Phrase | None:
    """Return what an aside behind a source's noun says it is: a named person, or a noun phrase that tells more."""
    text = scene.text
    if not phrase.plural and not text[max(0, span.start - 14) : span.start].casefold().endswith("according to "):
        for start, end, number in mentions_before(scene, span.end + 4, 2):
            aside = text[span.end : start] == ", " and text[end : end + 1] == ","
            if aside and " " in text[start:end]:
                return as_person(scene, number, span, Span(start, end))
    if "bare" not in classes(phrase.head):
        return None
    inside = _AFTER_COMMA.search(text, span.start, span.end + 1) or _AFTER_COMMA.match(
        f"{text[span.start : span.end]},"
    )
    found = _AFTER_COMMA.match(text, span.end) or inside
    if found is None:
        found = re.search(r",\s+((?:an?|the)\s[^,.;:“”\"\n]{3,90})$", text[span.start : span.end])
    if found is None:
        return None
    aside_phrase = take_apart(found.group(1))
    told = classes(aside_phrase.head) & (_SPEAKERS - {"bare"})
    return aside_phrase if told and not aside_phrase.plural else None
