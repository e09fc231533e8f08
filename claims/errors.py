"""The error tree of the domain, classed by what to do next.

ClaimsError
  UnreadableText     set aside: empty, binary, not decodable, no article in it
  UnreadableInput    set aside: a file or line that is not in the form it claims to be
  BadSpans           set aside: given spans that do not lie inside the text
"""


class ClaimsError(Exception):
    """Base of everything the domain raises on purpose; `what` names the input, the message the remedy."""

    def __init__(self, message: str, *, what: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.what = what


class UnreadableText(ClaimsError):
    """The text cannot be read as an article: set it aside."""


class UnreadableInput(ClaimsError):
    """The file or line is not in the form that it claims to be: set it aside."""


class BadSpans(ClaimsError):
    """Given spans do not lie inside the text they point into: set the document aside."""
