"""One article read whole: records, ids, and the labels of the outsiders' contract."""

from datetime import UTC, datetime

import builders
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import read_marked

from claims.errors import BadSpans
from claims.extraction.relations import Relation
from claims.reader import READER, label_document, read_article
from claims.records import Span, key
from claims.vocabulary import Anonymity, Kind, Modality, Polarity, Quotation

NOW = datetime(2020, 1, 1, tzinfo=UTC)
STORY = (
    "<x1>The United States is sharing maps with army officers in Harrow and is also preparing a new blockade</x1>, "
    "<s1>a senior White House official</s1> <c1>said</c1>.\\n\\n"
    "<x3><s2>The administration</s2> <c2>expects</c2> <x2>more colonels to change sides</x2></x3>, "
    "<s3>the official</s3> "
    "<c3>told</c3> Reuters in an interview.\\n\\n"
    "<x4>“We see the first drops before the rain,”</x4> <s4>the official</s4> <c4>said</c4>, speaking on condition of "
    "anonymity. <x4>“We still talk to them, although those talks are very, very short.”</x4>\\n\\n"
    "<x7><s5>A source in Washington close to the exiles</s5> <c5>doubted</c5> <x5>that the garrison will "
    "mutiny</x5></x7>, "
    "<c7>reports</c7> <s7>Reuters</s7>. <x6>Many officers are</x6> <c6>suspected</c6> <x6>of smuggling</x6>."
)


def test_the_official_stands_behind_all_that_the_official_says() -> None:
    text, relations = read_marked(STORY)
    sources = read_article(builders.article(text=text), recorded_at=NOW, given=relations).sources
    official = [source for source in sources if source.resolved_source == "senior White House official"]
    assert len(official) == 4
    assert {source.anonymity for source in official} == {Anonymity.SPECIFIC}
    assert all(source.condition_stated for source in official)
    assert {source.told_to for source in official} == {"Reuters"}
    assert {source.claimant_id for source in official} == {None}
    assert {source.descriptor for source in official} == {"senior, White House official"}


def test_the_claims_of_the_story() -> None:
    text, relations = read_marked(STORY)
    reading = read_article(builders.article(text=text), recorded_at=NOW, given=relations)
    kinds = {claim.claim_text: (claim.kind, claim.modality) for claim in reading.claims}
    assert kinds["The United States is sharing maps with army officers in Harrow"] == (Kind.FACT, Modality.NONE)
    assert kinds["The United States is also preparing a new blockade"] == (Kind.INTENTION, Modality.CERTAIN)
    assert kinds["[senior White House official expects] more colonels to change sides"] == (
        Kind.PREDICTION,
        Modality.LIKELY,
    )
    assert "those talks are very, very short.”" in kinds
    by_id = {source.source_id: source for source in reading.sources}
    (doubt,) = [claim for claim in reading.claims if claim.claim_text.startswith("[source in Washington")]
    source = by_id[doubt.source_id]
    assert (doubt.kind, doubt.polarity) == (Kind.PREDICTION, Polarity.NEGATIVE)
    assert (source.anonymity, source.relayed_by, source.hops) == (Anonymity.RELATIONAL, "Reuters", 1)
    assert source.resolved_source == "source in Washington close to the exiles"
    (suspected,) = [claim for claim in reading.claims if "smuggling" in claim.claim_text]
    assert by_id[suspected.source_id].anonymity == Anonymity.BARE
    assert by_id[suspected.source_id].resolved_source is None


def test_ids_say_what_the_records_are() -> None:
    text, relations = read_marked("<s>Jana Novak</s> <c>said</c> <x>the mine was shut</x>.")
    article = builders.article(text=text)
    reading = read_article(article, recorded_at=NOW, given=relations)
    (attribution,), (source,), (claim,), (claimant,) = (
        reading.attributions,
        reading.sources,
        reading.claims,
        reading.claimants,
    )
    relation = relations[0]
    assert attribution.attribution_id == key(
        "attribution", article.article_id, relation.source, relation.cue, relation.content
    )
    assert source.source_id == key("source", attribution.attribution_id, READER)
    assert claim.claim_id == key("claim", attribution.attribution_id, claim.content)
    assert claimant.claimant_id == key("claimant", "jana novak") == source.claimant_id
    assert reading.extraction.extraction_id == key("extraction", article.article_id, "given", READER)
    assert reading.extraction.claim_ids == (claim.claim_id,)
    assert text[attribution.passage.start : attribution.passage.end] == text


def test_a_second_reading_adds_nothing() -> None:
    text, relations = read_marked(STORY)
    article = builders.article(text=text)
    assert read_article(article, recorded_at=NOW, given=relations) == read_article(
        article, recorded_at=NOW, given=relations
    )


def test_the_same_person_is_one_claimant_in_two_articles() -> None:
    ids = set()
    for name, marked in (
        ("a", "<s>Jana Novak</s> <c>said</c> <x>the mine was shut</x>."),
        ("b", "Jana P. Novak came. <s>Ms. Novak</s> <c>said</c> <x>it would reopen</x>."),
    ):
        text, relations = read_marked(marked)
        reading = read_article(builders.article(name, text=text), recorded_at=NOW, given=relations)
        ids |= {claimant.claimant_id for claimant in reading.claimants}
    assert len(ids) == 1


def test_a_horizon_is_counted_from_publication() -> None:
    text, relations = read_marked("<s>The ministry</s> <c>said</c> <x>the dam will be full by the end of May</x>.")
    (claim,) = read_article(builders.article(text=text), recorded_at=NOW, given=relations).claims
    assert claim.horizon_text == "by the end of May"
    assert claim.due_earliest == builders.START
    assert claim.due_latest == datetime(2019, 5, 31, 23, 59, 59, tzinfo=UTC)
    undated = builders.article(text=text, published_earliest=None, published_latest=None)
    (claim,) = read_article(undated, recorded_at=NOW, given=relations).claims
    assert (claim.horizon_text, claim.due_latest, claim.made_latest) == ("by the end of May", None, None)


def test_the_writer_is_named_by_the_byline() -> None:
    text, relations = read_marked("<s>I</s> <c>expect</c> <x>the dam to break</x>.")
    (source,) = read_article(builders.article(text=text, byline="Ada Quist"), recorded_at=NOW, given=relations).sources
    assert (source.resolved_source, source.anonymity) == ("Ada Quist", Anonymity.NAMED)


def test_labels_come_one_a_relation_in_the_same_order() -> None:
    text, relations = read_marked(STORY)
    rows = label_document(text, relations=relations)
    assert [row["cue"] for row in rows] == [[list(span) for span in relation.cue] for relation in relations]
    assert set(rows[0]) == {
        "source", "cue", "content", "confidence", "resolved_source", "anonymity", "plurality", "condition_stated",
        "condition_reason", "relayed_by", "kind", "polarity", "modality", "trackable", "horizon",
    }  # fmt: skip
    assert (rows[0]["anonymity"], rows[0]["condition_stated"]) == ("A3", True)


def test_a_text_alone_is_extracted_and_labelled() -> None:
    rows = label_document("A senior White House official said that the talks had failed.")
    assert [(row["anonymity"], row["kind"]) for row in rows] == [("A3", "fact")]


@pytest.mark.parametrize("span", [Span(0, 99), Span(3, 3), Span(-1, 2)])
def test_spans_outside_the_text_are_refused(span: Span) -> None:
    relation = Relation(source=(span,), cue=(), content=(), quotation=Quotation.INDIRECT)
    with pytest.raises(BadSpans):
        label_document("He said no.", relations=[relation])


@settings(max_examples=60)
@given(
    st.data(), st.text(alphabet=st.sampled_from("abc ,.“” HeShetheyofficialsaidReutersMay\n"), min_size=6, max_size=120)
)
def test_whatever_is_given_is_read(data: st.DataObject, text: str) -> None:
    relations = []
    for _ in range(data.draw(st.integers(1, 3))):
        cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=6, max_size=6, unique=True)))
        source, cue, content = (Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=True))
        quotation = data.draw(st.sampled_from(Quotation))
        relations.append(Relation(source=(source,), cue=(cue,), content=(content,), quotation=quotation))
    article = builders.article(text=text)
    reading = read_article(article, recorded_at=NOW, given=relations)
    assert {claim.attribution_id for claim in reading.claims} == set(reading.extraction.attribution_ids)
    assert all(article.text[span.start : span.end] for claim in reading.claims for span in claim.content)
    assert all(source.level_reason for source in reading.sources)
    for claim in reading.claims:
        assert claim.due_earliest is None or claim.due_earliest >= builders.START


def test_what_only_the_cue_negates_is_never_printed_as_if_asserted() -> None:
    text = "The ministry denied that troops had crossed the river. Ana Ruiz said the bridge will not open."
    claims = read_article(builders.article(text=text), recorded_at=NOW).claims
    assert [claim.claim_text for claim in claims] == [
        "[ministry denied] that troops had crossed the river",
        "the bridge will not open",
    ]
