"""Word lists as data: one folder a language, the origin of each list on its first line."""
