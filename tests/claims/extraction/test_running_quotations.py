"""What rules add to the tagger: quotations over paragraphs, and sentences that open with who said it."""

import pytest

from claims.extraction.extractor import find_relations
from claims.extraction.quotations import quoted_spans
from claims.extraction.relations import Relation
from claims.extraction.running import with_running_quotations
from claims.records import Span
from claims.vocabulary import Quotation


def found(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the relations of a text as words: source, cue, pieces of content."""
    return [
        (
            " ".join(text[start:end] for start, end in relation.source),
            " ".join(text[start:end] for start, end in relation.cue),
            tuple(text[start:end] for start, end in relation.content),
        )
        for relation in find_relations(text)
    ]


def test_a_paragraph_of_quotation_goes_on_with_who_was_quoted() -> None:
    text = (
        '"We are tired," Mr. Haddad said. He paused.\n\n"Nobody has called us."\n\n"Not one official has come."\n\n'
        "The ministry did not comment."
    )
    pieces = ('"We are tired,"', '"Nobody has called us."', '"Not one official has come."')
    assert ("Mr. Haddad", "said", pieces) in found(text)


@pytest.mark.parametrize(
    "second",
    [
        "“I ran out into the street,” said her son.",
        "The police came an hour later.",
        "'Legends of the Old Town Hall.'",
        "“Coal.”",
    ],
    ids=["another speaker", "no quotation", "a heading in other marks", "a word"],
)
def test_what_is_not_more_of_a_quotation_is_not_added(second: str) -> None:
    first = "“It was loud,” said Petra Novak, a baker."
    text = f"{first}\n\n{second}"
    said = first.index("said")
    relation = Relation(
        source=(Span(said + 5, len(first) - 1),),
        cue=(Span(said, said + 4),),
        content=(Span(0, said - 1),),
        quotation=Quotation.DIRECT,
    )
    assert with_running_quotations(text, [relation], quoted_spans(text)) == [relation]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "According to four residents of the block, the lift has been broken since May.",
            "four residents of the block",
        ),
        ("According to the company’s annual filing, revenue fell 8 percent.", "the company’s annual filing"),
        ("As the surveyor noted, the beams had been cut twice.", "the surveyor"),
    ],
)
def test_a_single_sentence_that_opens_with_its_source(text: str, source: str) -> None:
    ((who, _, content),) = found(text)
    assert who == source
    assert content == (text.rstrip(".").split(", ")[-1],)
