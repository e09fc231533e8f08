"""Back-references: pronouns, definite descriptions, repeated surnames, groups, running quotation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import read_marked

from claims.extraction.coreference import resolve_sources
from claims.extraction.relations import Relation
from claims.extraction.scene import set_scene
from claims.records import Span
from claims.vocabulary import Quotation


def resolved(marked: str) -> list[str | None]:
    text, relations = read_marked(marked)
    return [referent.text for referent in resolve_sources(set_scene(text, relations), relations)]


CASES = [
    # pronouns
    ("Marta Nowak runs the port. <s>She</s> <c>said</c> <x>it was full</x>.", "Marta Nowak"),
    ("Ahmed Hassan met Anna Schmidt. <s>He</s> <c>said</c> <x>the talks went well</x>.", "Ahmed Hassan"),
    ("Ahmed Hassan met Anna Schmidt. <s>She</s> <c>said</c> <x>the talks went well</x>.", "Anna Schmidt"),
    ("Mr Lindgren resigned. <s>He</s> <c>said</c> <x>he was tired</x>.", "Lindgren"),
    ("Peter Hall, <s>who</s> <c>said</c> <x>he was innocent</x>, was freed.", "Peter Hall"),
    ("“<x>I was there,</x>” <s>he</s> <c>said</c>. Paul Grant was a guard.", "Paul Grant"),
    (
        "The <s1>Health Ministry</s1> <c1>said</c1> <x1>two had died</x1>. <s2>It</s2> <c2>added</c2> "
        "<x2>that ten were ill</x2>.",
        "Health Ministry",
    ),
    (
        "<s1>Farmers</s1> <c1>said</c1> <x1>the dam had leaked</x1>. <s2>They</s2> <c2>want</c2> <x2>it closed</x2>.",
        "farmers",
    ),
    (
        "President Omar Farah spoke. <c1>According to</c1> <s1>a person familiar with his thinking</s1>, "
        "<x1><s2>he</s2> <c2>plans</c2> <x2>to retire</x2></x1>.",
        "Omar Farah",
    ),
    # definite descriptions of unnamed speakers
    (
        "<s1>A senior Turkish official</s1> <c1>said</c1> <x1>it was over</x1>. <s2>The official</s2> "
        "<c2>said</c2> <x2>so twice</x2>.",
        "senior Turkish official",
    ),
    (
        "<s1>A person close to the bank</s1> <c1>said</c1> <x1>it was over</x1>. <s2>The person</s2> "
        "<c2>said</c2> <x2>so</x2>.",
        "person close to the bank",
    ),
    (
        "<s1>Two aides to the mayor</s1> <c1>said</c1> <x1>it was over</x1>. <s2>The aides</s2> "
        "<c2>said</c2> <x2>so</x2>.",
        "two aides to the mayor",
    ),
    (
        "<s1>A Western diplomat</s1> <c1>said</c1> <x1>no</x1>. <s2>The source</s2> <c2>said</c2> <x2>so twice</x2>.",
        "Western diplomat",
    ),
    # two unnamed officials kept apart
    (
        "<s1>A Russian official</s1> <c1>said</c1> <x1>no</x1>. <s2>A Ukrainian official</s2> <c2>said</c2> "
        "<x2>yes</x2>. "
        "<s3>The Russian official</s3> <c3>said</c3> <x3>it was late</x3>.",
        "Russian official",
    ),
    (
        "<s1>A Russian official</s1> <c1>said</c1> <x1>no</x1>. <s2>A Ukrainian official</s2> <c2>said</c2> "
        "<x2>yes</x2>. "
        "<s3>The official</s3> <c3>said</c3> <x3>it was late</x3>.",
        "Ukrainian official",
    ),
    # names
    ("Elena Marquez won. <s>Marquez</s> <c>said</c> <x>she was proud</x>.", "Elena Marquez"),
    ("Elena J. Marquez won. <s>Ms. Marquez</s> <c>said</c> <x>she was proud</x>.", "Elena Marquez"),
    ("Carlos Ruiz and his wife Elena Ruiz came. <s>Mrs. Ruiz</s> <c>said</c> <x>it was cold</x>.", "Elena Ruiz"),
    ("Sen. Mark Doyle voted no. <s>The senator</s> <c>said</c> <x>it was late</x>.", "Mark Doyle"),
    (
        "Democratic nominee Paula Reyes met Republican nominee Carl Stone. <s>The Republican nominee</s> "
        "<c>said</c> <x>no</x>.",
        "Carl Stone",
    ),
    ("Kofi Mensah, the trade minister, flew home. <s>The trade minister</s> <c>said</c> <x>yes</x>.", "Kofi Mensah"),
    ("<s>Olga Ivanova's husband, Pavel Ivanov,</s> <c>said</c> <x>she was well</x>.", "Pavel Ivanov"),
    ("<s>Indiana Gov. Tom Hale</s> <c>said</c> <x>he would sign</x>.", "Tom Hale"),
    # bodies
    ("The <s>CIA</s> <c>said</c> <x>no</x>.", "Central Intelligence Agency"),
    ("The United Steel Workers met. <s>The union</s> <c>said</c> <x>it would strike</x>.", "United Steel Workers"),
    ("The Lagos Tribune printed it. <s>The newspaper</s> <c>said</c> <x>it was true</x>.", "Lagos Tribune"),
    # nobody
    ("<s>No one</s> <c>knew</c> <x>the answer</x>.", None),
    ("<x>The road is</x> <c>said</c> <x>to be closed</x>.", None),
    # left out by grammar
    (
        "<s1>Rosa Lima</s1> <c1>said</c1> <x1>the mine was safe</x1>, <c2>adding</c2> <x2>that it was inspected</x2>.",
        "Rosa Lima",
    ),
]


@pytest.mark.parametrize(("marked", "who"), CASES, ids=[str(number) for number in range(len(CASES))])
def test_who_speaks(marked: str, who: str | None) -> None:
    assert resolved(marked)[-1] == who


def test_the_speaker_of_a_quotation_that_runs_over_paragraphs() -> None:
    found = resolved(
        "“<x1>The well is dry,</x1>” <c1>said</c1> <s1>Amina Diallo, a farmer</s1>.\\n\\n“<x1><s2>I</s2> "
        "<c2>think</c2> "
        "<x2>we should leave</x2>.</x1>”"
    )
    assert found == ["Amina Diallo", "Amina Diallo"]


def test_the_antecedent_is_the_place_where_the_source_was_introduced() -> None:
    text, relations = read_marked(
        "<s1>A senior White House official</s1> <c1>said</c1> <x1>yes</x1>. <s2>The official</s2> "
        "<c2>said</c2> <x2>no</x2>."
    )
    last = resolve_sources(set_scene(text, relations), relations)[-1]
    assert last.antecedent is not None
    assert text[last.antecedent.start : last.antecedent.end] == "A senior White House official"


def test_a_person_known_by_office_is_kept_from_another_of_the_same_name() -> None:
    text = (
        "First lady Clara Ortega waved. President Ortega spoke. <s>The president</s> <c>said</c> <x>all was calm</x>."
    )
    assert resolved(text)[-1] == "Ortega"


@given(st.text(alphabet=st.sampled_from("Aa Bb. ,he she it the officials said “” \n's"), max_size=120), st.data())
def test_any_text_can_be_resolved(text: str, data: st.DataObject) -> None:

    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=6, max_size=6)))
    spans = [Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=True) if start < end]
    relation = Relation(
        source=tuple(spans[:1]), cue=tuple(spans[1:2]), content=tuple(spans[2:3]), quotation=Quotation.INDIRECT
    )
    assert len(resolve_sources(set_scene(text, [relation]), [relation])) == 1
