"""The dateline that opens a news report: "CARACAS, Feb 8 (Reuters) - ", "BOSTON, Sept. 9 /PRNewswire/ -- "."""

import re

# A place in capitals (more words, a second place, a date, an agency in brackets may follow) up to a dash, or to a colon
# where a date or an agency stands between; a place in small letters counts only with an agency in brackets. The agency
# of a press release may stand between slashes.
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATE = rf"(?:,?\s+(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}})?)"
_AGENCY = r"(?:(?:\s*|--)[\(\[][^()\[\]\n]{2,40}[\)\]]|\s*/[^/\n]{2,40}/)"
_CAPITALS = r"[^\W\d_a-z]{2}[^\W\d_a-z.'’\-]*(?:[ /\-][^\W\d_a-z][^\W\d_a-z.'’\-]*){0,4}"
_NAME = r"[^\W\d_a-z]\w+(?:[ \-][^\W\d_]\w+){0,3}"
_SECOND = r"(?:,\s+[^\W\d_a-z][\w.]*(?:\s[^\W\d_a-z][\w.]*)?)?"
_DASH = r"\s*(?:[—–]|--?(?=\s)|(?<=[)/])--)\s*"
_DATELINE = re.compile(
    rf"(?:{_CAPITALS}{_SECOND}{_DATE}?{_AGENCY}?{_DASH}"
    rf"|{_CAPITALS}{_SECOND}(?:{_DATE}{_AGENCY}?|{_AGENCY}){_DASH}"
    rf"|{_CAPITALS}{_SECOND}(?:{_DATE}{_AGENCY}?|{_AGENCY}):\s+"
    rf"|{_NAME}{_SECOND}{_DATE}?{_AGENCY}{_DASH})"
)
_LONGEST = 100


def dateline_length(paragraph: str) -> int:
    """Return how many characters of `paragraph` its dateline takes, 0 where it opens with none."""
    found = _DATELINE.match(paragraph[:_LONGEST])
    return found.end() if found and found.end() < len(paragraph) else 0
