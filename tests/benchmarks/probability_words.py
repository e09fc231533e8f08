"""Are the survey's numbers in the lexicon those of its answers, and how good is the rule for modifiers?

    python tests/benchmarks/probability_words.py probly.csv

The file (zonination/perceptions, MIT) has 46 people's numbers for 17 phrases, a column each. Fails where a quartile or
median in `claims/lexicons/en/probability.csv` differs from the file's.
"""

import sys
from pathlib import Path

import pandas as pd

from claims.scoring.standards import lookup, standards

# What the rule of Mosteller and Youtz makes of one phrase, and readers' own phrase for it.
RULE = {
    "very likely": "highly likely",
    "very unlikely": "highly unlikely",
    "not probable": "improbable",
    "not likely": "unlikely",
}


def main(path: Path) -> int:
    """Print each phrase beside the survey's figures and return 1 where one differs."""
    answers = pd.read_csv(path).div(100).rename(columns=str.lower)
    quartiles = answers.quantile([0.25, 0.5, 0.75]).T
    print(f"{len(answers)} people\n{'phrase':20}{'survey':>24}{'lexicon':>24}{'in ICD 203 band':>18}")
    wrong = 0
    for phrase, said in quartiles.iterrows():
        row = lookup(str(phrase))
        stored = None if row is None else [row.low, row.mid, row.high]
        wrong += stored is None or max(abs(a - b) for a, b in zip(stored, said, strict=True)) > 5e-5
        band = lookup(str(phrase), "icd203")
        inside = "" if band is None else f"{answers[phrase].between(band.low, band.high).mean():.0%}"
        print(f"{phrase:20}{said.round(4).tolist()!s:>24}{stored!s:>24}{inside:>18}")
    base = tuple(
        row for row in standards() if row.standard == "survey" and row.phrase in {"likely", "unlikely", "probable"}
    )
    plain = {"likely": ("very likely", "not likely"), "unlikely": ("very unlikely",), "probable": ("not probable",)}
    for stem, made in plain.items():
        table = tuple(row for row in base if row.phrase == stem)
        for phrase in made:
            found = lookup(phrase, table=table)
            readers = answers[RULE[phrase]]
            rule = "none" if found is None else f"{found.mid:.3f}"
            heard = f"median {readers.median():.3f}, mean {readers.mean():.3f}"
            print(f"rule: {phrase:14} {rule}; readers' {RULE[phrase]}: {heard}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
