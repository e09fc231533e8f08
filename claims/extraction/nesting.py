"""The order of relations, and which lies inside which."""

from collections.abc import Sequence
from dataclasses import replace

from claims.extraction.relations import Relation

_NEAR = 40


def ordered(relations: Sequence[Relation]) -> tuple[Relation, ...]:
    """Return the relations by the start of their cues, `nested_in` renumbered to match."""
    order = sorted(range(len(relations)), key=lambda index: (relations[index].cue, index))
    place: dict[int | None, int | None] = {None: None}
    place.update({old: new for new, old in enumerate(order)})
    return tuple(replace(relations[index], nested_in=place[relations[index].nested_in]) for index in order)


def nested(relations: Sequence[Relation]) -> tuple[Relation, ...]:
    """Return the relations with `nested_in` set to the smallest content of another relation that holds cue and content.

    For an extractor that finds relations without saying which relays which; `nested_in` that is already set is kept.
    Only relations whose cues stand near each other are compared, so that the time stays linear in the text.
    """
    by_cue = sorted(range(len(relations)), key=lambda index: relations[index].cue)
    lengths = [sum(piece.end - piece.start for piece in relation.content) for relation in relations]
    found = list(relations)
    for place, index in enumerate(by_cue):
        relation = relations[index]
        if relation.nested_in is not None or not relation.cue or not relation.content:
            continue
        start = min(relation.cue[0].start, relation.content[0].start)
        end = max(relation.cue[-1].end, relation.content[-1].end)
        near = by_cue[max(0, place - _NEAR) : place + _NEAR + 1]
        holders = [
            other
            for other in near
            if lengths[other] > lengths[index]
            and any(piece.start <= start and end <= piece.end for piece in relations[other].content)
        ]
        if holders:
            found[index] = replace(relation, nested_in=min(holders, key=lambda other: lengths[other]))
    return tuple(found)
