"""Claims compared across articles: candidates, features, verdicts, propositions."""
