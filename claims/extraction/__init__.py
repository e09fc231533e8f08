"""Text to attribution relations: cues, sources, contents, quotations, back-references."""
