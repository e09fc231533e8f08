"""The contract of `onrecord attributions`: documents in, labels out, in order; bad lines stop nothing."""

import json

import pytest

from claims.errors import BadSpans
from claims.reader import label_document
from claims.vocabulary import Anonymity, Kind, Modality, Plurality, Polarity
from flows.given import given_relations

TEXT = "The mayor is ill, a senior White House official said on condition of anonymity. “We will act,” he added."
KEYS = {
    "source", "cue", "content", "confidence", "resolved_source", "anonymity", "plurality", "condition_stated",
    "condition_reason", "relayed_by", "kind", "polarity", "modality", "trackable", "horizon",
}  # fmt: skip


def spans_of(text: str, *words: str) -> list[list[int]]:
    return [[text.index(word), text.index(word) + len(word)] for word in words]


def write(path, *documents):
    lines = [document if isinstance(document, str) else json.dumps(document) for document in documents]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def read(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_each_document_gives_one_line_with_the_codebooks_values(tmp_path, onrecord):
    docs = write(tmp_path / "docs.jsonl", {"doc_id": "one", "text": TEXT}, {"doc_id": "two", "text": "Nobody spoke."})
    assert onrecord("attributions", docs, "--out", tmp_path / "out.jsonl").code == 0
    first, second = read(tmp_path / "out.jsonl")
    assert (first["doc_id"], second) == ("one", {"doc_id": "two", "attributions": []})
    assert first["attributions"]
    for found in first["attributions"]:
        assert set(found) >= KEYS
        assert found["anonymity"] in list(Anonymity)
        assert found["plurality"] in list(Plurality)
        assert (found["kind"] in list(Kind), found["polarity"] in list(Polarity)) == (True, True)
        assert found["modality"] in list(Modality)
        for role in ("source", "cue", "content"):
            assert all(0 <= start < end <= len(TEXT) for start, end in found[role])


def test_offsets_count_characters_of_the_text_as_given(tmp_path, onrecord):
    text = "\ufeff\r\n😀 Café\r\n\r\n" + TEXT
    docs = write(tmp_path / "docs.jsonl", {"doc_id": "one", "text": text})
    onrecord("attributions", docs, "--out", tmp_path / "out.jsonl")
    found = read(tmp_path / "out.jsonl")[0]["attributions"]
    cues = {text[start:end] for attribution in found for start, end in attribution["cue"]}
    assert cues & {"said", "added"}


def test_given_spans_come_back_in_the_same_order_with_labels(tmp_path, onrecord):
    given = [
        {
            "source": spans_of(TEXT, "he "[:2]),
            "cue": spans_of(TEXT, "added"),
            "content": spans_of(TEXT, "“We will act,”"),
        },
        {
            "source": spans_of(TEXT, "a senior White House official"),
            "cue": spans_of(TEXT, "said"),
            "content": spans_of(TEXT, "The mayor is ill"),
        },
    ]
    given[0]["source"] = [[TEXT.index("he added"), TEXT.index("he added") + 2]]
    docs = write(tmp_path / "docs.jsonl", {"doc_id": "one", "text": TEXT, "attributions": given})
    assert onrecord("attributions", docs, "--out", tmp_path / "out.jsonl", "--given-spans").code == 0
    found = read(tmp_path / "out.jsonl")[0]["attributions"]
    assert [{role: one[role] for role in ("source", "cue", "content")} for one in found] == given
    assert found[1]["anonymity"] == "A3"


def test_lines_that_cannot_be_used_are_counted_and_the_rest_goes_on(tmp_path, onrecord):
    bad_spans = {"doc_id": "x", "text": "Short.", "attributions": [{"content": [[0, 99]]}]}
    docs = write(
        tmp_path / "docs.jsonl",
        "not json",
        '{"doc_id": 7.5, "text": "a"}',
        "[" * 100_000,
        bad_spans,
        "",
        {"doc_id": "good", "text": "A.", "attributions": []},
    )
    printed = onrecord("attributions", docs, "--out", tmp_path / "out.jsonl", "--given-spans")
    assert printed.code == 0
    assert "1 labelled, 4 set aside" in printed.err
    assert [line["doc_id"] for line in read(tmp_path / "out.jsonl")] == ["good"]


def test_a_line_without_end_is_set_aside_without_being_read_whole(tmp_path, onrecord, monkeypatch):
    monkeypatch.setattr("flows.cli_attributions.LONGEST_LINE", 200)
    long = {"doc_id": "long", "text": "a" * 1_000}
    docs = write(tmp_path / "docs.jsonl", long, {"doc_id": "good", "text": "A."})
    assert "1 labelled, 1 set aside" in onrecord("attributions", docs, "--out", tmp_path / "out.jsonl").err


def test_a_missing_file_is_bad_input_and_leaves_no_output(tmp_path, onrecord):
    printed = onrecord("attributions", tmp_path / "none.jsonl", "--out", tmp_path / "out.jsonl")
    assert printed.code == 2
    assert printed.err.count("\n") == 1
    assert not (tmp_path / "out.jsonl").exists()


def test_no_warehouse_is_touched(tmp_path, onrecord):
    docs = write(tmp_path / "docs.jsonl", {"doc_id": "one", "text": TEXT})
    onrecord("attributions", docs, "--out", tmp_path / "out.jsonl")
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    "attribution",
    [
        "text",
        {"content": "0-5"},
        {"content": [[0]]},
        {"content": [[0, True]]},
        {"content": [[0, 5.5]]},
        {"content": [[0, float("nan")]]},
        {"content": [[5, 2]]},
        {"content": [[-1, 2]]},
        {"source": 3, "content": [[0, 2]]},
    ],
)
def test_given_spans_that_are_none_are_refused(attribution):
    with pytest.raises(BadSpans):
        given_relations([attribution], "Some text.")


def test_an_attribution_inside_the_content_of_another_is_nested_in_it():
    text = "Reuters reports that the aide said it rains."
    inner = {"source": spans_of(text, "the aide"), "cue": spans_of(text, "said"), "content": spans_of(text, "it rains")}
    outer = {
        "source": spans_of(text, "Reuters"),
        "cue": spans_of(text, "reports"),
        "content": spans_of(text, "that the aide said it rains"),
    }
    assert [relation.nested_in for relation in given_relations([inner, outer], text)] == [1, None]


def test_an_odd_attribution_costs_no_document_and_keeps_its_place(tmp_path, onrecord):
    source, cue = spans_of(TEXT, "a senior White House official"), spans_of(TEXT, "said")
    content = spans_of(TEXT, "The mayor is ill")
    given = [
        {"source": source, "cue": cue, "content": []},
        {"source": source, "cue": None, "content": [[float(start), float(end)] for start, end in content]},
        {"source": [], "cue": cue, "content": content},
        {"source": source, "cue": cue, "content": [[5, 5]]},
        {},
    ]
    docs = write(tmp_path / "docs.jsonl", {"doc_id": 7, "text": TEXT, "attributions": given})
    printed = onrecord("attributions", docs, "--out", tmp_path / "out.jsonl", "--given-spans")
    assert "1 labelled, 0 set aside" in printed.err
    (line,) = read(tmp_path / "out.jsonl")
    assert line["doc_id"] == 7
    found = line["attributions"]
    assert [one["content"] for one in found] == [[], content, content, [], []]
    assert [(one["kind"], one["trackable"]) for one in found if not one["content"]] == [("none", False)] * 3
    assert [one["anonymity"] for one in found] == ["A3", "A3", "A7", "A3", "A7"]
    assert found[1]["kind"] == "fact"


@pytest.mark.parametrize("cue", ["promised", "denied", "plans", "fears", "refused to"])
def test_without_content_nothing_is_claimed_whatever_the_cue(cue):
    text = f"Nora Finch {cue}."
    given = given_relations([{"source": spans_of(text, "Nora Finch"), "cue": spans_of(text, cue)}], text)
    (found,) = label_document(text, relations=given)
    assert (found["kind"], found["trackable"], found["anonymity"]) == ("none", False, "A1")


def test_what_is_nested_keeps_its_holder_when_empty_attributions_are_left_out():
    text = "Reuters reports that the aide said it rains."
    empty = {"source": spans_of(text, "Reuters"), "content": []}
    outer = {"source": spans_of(text, "Reuters"), "content": spans_of(text, "that the aide said it rains")}
    inner = {"source": spans_of(text, "the aide"), "content": spans_of(text, "it rains")}
    found = given_relations([empty, outer, inner], text)
    assert [relation.nested_in for relation in found] == [None, None, 1]
    kept = given_relations([empty, outer, inner], text, all_of_them=False)
    assert [relation.nested_in for relation in kept] == [None, 0]
