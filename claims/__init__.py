"""The domain: pure functions over text and records. No database, no network, no Prefect."""
