"""Claims in their context, for tests of matching and resolution."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from builders import START, claim, source

from claims.matching.context import ClaimContext
from claims.records import Claim, Source
from claims.vocabulary import Kind, Polarity

POSITIVE, NEGATIVE = Polarity.POSITIVE, Polarity.NEGATIVE


def context(name: str, content: str, /, *, made: datetime | None = START, **fields: Any) -> ClaimContext:
    """Return a prediction in an article of its own; `fields` go to the context, source or claim by their names."""
    of_context = {
        field: fields.pop(field) for field in ("outlet_id", "credit", "story_id", "passage") if field in fields
    }
    article_id = fields.pop("article_id", f"a-{name}")
    of_source = (set(Source.__dataclass_fields__) - set(Claim.__dataclass_fields__)) & set(fields)
    said = source(f"s-{name}", f"t-{name}", **{field: fields.pop(field) for field in of_source})
    defaults = {"kind": Kind.PREDICTION, "due_latest": None, "made_earliest": made, "made_latest": made}
    asserted = claim(
        name,
        article_id=article_id,
        attribution_id=f"t-{name}",
        source_id=f"s-{name}",
        claim_text=content,
        **(defaults | fields),
    )
    given = {"outlet_id": "ledger", "story_id": article_id, "passage": content} | of_context
    return ClaimContext(
        claim=asserted,
        source=said,
        article_id=article_id,
        published_earliest=made,
        published_latest=made,
        **given,
    )


def moved(given: ClaimContext, **fields: Any) -> ClaimContext:
    """Return `given` with other fields of its own."""
    return replace(given, **fields)
