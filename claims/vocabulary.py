"""The closed vocabularies of the domain: every enumerated column takes its values from one of these."""

from enum import StrEnum


class Anonymity(StrEnum):
    """How identifiable the source is to the reader; A0 most, A7 least (codebook, section 1)."""

    DOCUMENT = "A0"
    NAMED = "A1"
    INSTITUTION = "A2"
    SPECIFIC = "A3"
    ORGANISATION = "A4"
    SECTOR = "A5"
    RELATIONAL = "A6"
    BARE = "A7"


class Plurality(StrEnum):
    """How many speak: one, several (two or more), collective (an institution, party, poll), none."""

    ONE = "one"
    SEVERAL = "several"
    COLLECTIVE = "collective"
    NONE = "none"


class Kind(StrEnum):
    """What the content claims (codebook, section 3)."""

    FACT = "fact"
    PREDICTION = "prediction"
    INTENTION = "intention"
    CONDITIONAL = "conditional"
    DENIAL = "denial"
    OPINION = "opinion"
    NONE = "none"


class Polarity(StrEnum):
    """Whether the source says that it is so or that it is not."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Modality(StrEnum):
    """How sure the wording is (codebook, section 4)."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"
    NONE = "none"


class Quotation(StrEnum):
    """Whether the content is quoted: direct, indirect, or both (mixed)."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Basis(StrEnum):
    """How an article's publication interval is known."""

    FEED = "feed"
    PAGE = "page"
    TEXT = "text"
    USER = "user"
    UNKNOWN = "unknown"


class CopyRelation(StrEnum):
    """How one article copies another."""

    VERBATIM = "verbatim"
    EDITED = "edited"
    REWRITTEN = "rewritten"


class Verdict(StrEnum):
    """How one claim relates to another."""

    SAME = "same"
    NARROWER = "narrower"
    BROADER = "broader"
    CONTRARY = "contrary"
    DIFFERENT = "different"


class Stance(StrEnum):
    """How a later passage bears on a claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    PARTLY = "partly"
    REPEATS = "repeats"
    UNRELATED = "unrelated"


class Outcome(StrEnum):
    """What the world did with a claim, as judged."""

    HELD_UP = "held_up"
    HELD_UP_LATE = "held_up_late"
    PARTLY = "partly"
    FAILED = "failed"
    VOID = "void"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    UNDETERMINED = "undetermined"
    UNRESOLVABLE = "unresolvable"


class ResolverKind(StrEnum):
    """Who judged: a person, a machine (then it is only a proposal), or an imported record of judgements."""

    PERSON = "person"
    MACHINE = "machine"
    IMPORT = "import"


class Observability(StrEnum):
    """Whether what a claim foretells would certainly have been reported: only then does silence mean that it failed."""

    CERTAIN = "certain"
    UNCERTAIN = "uncertain"


class CorrectedField(StrEnum):
    """What of a reading an analyst can correct; level and source describe the attribution, the others the claim."""

    LEVEL = "level"
    SOURCE = "source"
    KIND = "kind"
    POLARITY = "polarity"
    MODALITY = "modality"
    TRACKABLE = "trackable"
    HORIZON = "horizon"


class FetchKind(StrEnum):
    """What an address was looked at as: a feed, a sitemap, or a page."""

    FEED = "feed"
    SITEMAP = "sitemap"
    PAGE = "page"


class FetchStatus(StrEnum):
    """What a look at an address came to: the first three went well."""

    NEW = "new"
    SAME = "same"
    NOT_MODIFIED = "not_modified"
    UNREADABLE = "unreadable"
    UNREACHABLE = "unreachable"
    GONE = "gone"
    REFUSED = "refused"


class Form(StrEnum):
    """What an article was read from: a whole web page, a text or document, or an entry of a feed."""

    PAGE = "page"
    TEXT = "text"
    ENTRY = "entry"


class Change(StrEnum):
    """How one text took the place of another at the same address."""

    EDITED = "edited"
    REPLACED = "replaced"
    FULLER = "fuller"


class Stage(StrEnum):
    """The six stages, in order."""

    INGEST = "ingest"
    EXTRACT = "extract"
    MATCH = "match"
    RESOLVE = "resolve"
    SCORE = "score"
    PUBLISH = "publish"
