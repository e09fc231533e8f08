"""Training of the attribution model from a corpus of annotated documents (needs torch)."""
