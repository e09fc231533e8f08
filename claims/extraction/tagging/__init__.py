"""The trained tagger: word pieces, windows, one pass of a small encoder, and the links from each cue."""
