"""What becomes of a text that is clearly not English: kept, marked, set aside, never read as if it were."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from builders import day

from claims.articles import Page, read_article
from flows.pipeline import run_stage
from flows.settings import Clock, load_settings
from warehouse.connect import open_warehouse

CLOCK = Clock.fixed(day(400))
SPANISH = (
    "El ministro dijo el martes que la reforma no se aprobará antes de que termine el año, y que los sindicatos, que "
    "se oponen a ella, serán recibidos de nuevo en las próximas semanas para buscar un acuerdo.\n\n"
    "«No vamos a ceder», dijo el portavoz del gobierno, según el diario El Mundo, que cita a dos funcionarios."
)
ENGLISH = (
    "The harbour master said on Tuesday that the ferry would not sail until the storm had passed, and that passengers "
    "who had booked could have their money back."
)


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        (ENGLISH, None, "en"),
        (ENGLISH, "es", "en"),
        (SPANISH, None, "und"),
        (SPANISH, "en", "und"),
        (SPANISH, "es", "es"),
    ],
)
def test_the_language_of_an_article(text: str, declared: str | None, language: str) -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n") * 3)
    tag = f'<html lang="{declared}">' if declared else "<html>"
    page = Page(html=f"{tag}<body><article>{body}</article></body></html>", fetched_at=day(1))
    assert read_article(page, recorded_at=day(1)).language == language


def test_a_foreign_article_is_kept_and_set_aside_by_the_extract_stage(tmp_path: Path) -> None:
    path = tmp_path / "foreign.json"
    path.write_text(json.dumps({"doc_id": "es-1", "outlet": "diario", "text": SPANISH}), encoding="utf-8")
    settings = load_settings()
    run_stage("ingest", settings, CLOCK, [str(path)])
    assert run_stage("extract", settings, CLOCK)["set_aside"] == 1
    assert run_stage("extract", settings, CLOCK)["set_aside"] == 0
    with open_warehouse(settings.warehouse) as con:
        assert con.execute("select language from articles").fetchall() == [("und",)]
        assert con.execute("select count(*) from attributions").fetchone() == (0,)
        reasons = con.execute("select message from set_asides").fetchall()
    assert ["not English" in str(reason) for (reason,) in reasons] == [True]


def test_a_foreign_document_has_no_attributions(tmp_path: Path, onrecord: Callable[..., Any]) -> None:
    docs, out = tmp_path / "docs.jsonl", tmp_path / "out.jsonl"
    documents = [{"doc_id": "es", "text": SPANISH}, {"doc_id": "en", "text": ENGLISH}]
    docs.write_text("".join(json.dumps(document) + "\n" for document in documents), encoding="utf-8")
    assert onrecord("attributions", docs, "--out", out).code == 0
    foreign, english = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert foreign == {"doc_id": "es", "attributions": []}
    assert english["attributions"]
