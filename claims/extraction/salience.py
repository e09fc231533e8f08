"""Which named person a pronoun or a loose description most likely goes back to."""

from claims.extraction.scene import Referent, Scene, as_person, is_inside, mentions_before, sentence_of
from claims.records import Span

_CLEAR, _NEAR = 0.65, -2.5


def best_person(
    scene: Scene, span: Span, sex: str, last: Referent | None, without: frozenset[int] = frozenset()
) -> tuple[float, Referent] | None:
    """Return the best named antecedent before a span with its score; sex `u` fits everybody."""
    ranked = _ranked(scene, span, sex, last, without)
    return ranked[0] if ranked else None


def clear_person(scene: Scene, span: Span, sex: str, without: frozenset[int]) -> Referent | None:
    """Return the best named antecedent before a span, or None where it is far off or a second person is as near."""
    ranked = _ranked(scene, span, sex, None, without)
    if not ranked or ranked[0][0] < _NEAR or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _CLEAR):
        return None
    return ranked[0][1]


def _ranked(
    scene: Scene, span: Span, sex: str, last: Referent | None, without: frozenset[int]
) -> list[tuple[float, Referent]]:
    """The persons named before a span with their scores, best first."""
    here = sentence_of(scene, span.start)
    quoted = is_inside(scene.quoted, span.start)
    window = [mention for mention in mentions_before(scene, span.start, 25) if mention[1] <= span.start]
    firsts: dict[int, int] = {}
    for start, _, _ in window:
        firsts.setdefault(sentence_of(scene, start), start)
    best: dict[int, tuple[float, Referent]] = {}
    for start, end, number in window:
        person = scene.people[number]
        if number in without or (sex != "u" and person.sex not in (sex, "u")):
            continue
        sentence = sentence_of(scene, start)
        score = (
            -0.7 * (here - sentence)
            + (0.05 if sex != "u" else 0.12) * min(len(person.mentions), 10)
            - 0.0001 * (span.start - start)
        )
        score += 0.6 if firsts[sentence] == start else 0.0
        score -= 0.5 if scene.text[end : end + 1] in ("’", "'") else 0.0
        score -= 0.8 if not quoted and is_inside(scene.quoted, start) else 0.0
        score -= 0.5 if person.sex == "u" and sex != "u" else 0.0
        score += 0.8 if last is not None and last.person is person else 0.0
        if number not in best or score > best[number][0]:
            best[number] = (score, as_person(scene, number, span, Span(start, end)))
    return sorted(best.values(), key=lambda pair: -pair[0])
