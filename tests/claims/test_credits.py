"""Whose copy a text is, and who wrote it."""

import pytest

from claims.credits import byline, canonical_credit, is_photo_credited, wire_credit

PROSE = "The port will stay closed until the strike ends, a harbour official said on Monday."


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("CARACAS (Reuters) - The port will stay closed.", "Reuters"),
        ("PORT-AU-PRINCE, Haiti (AP) — The port will stay closed.", "AP"),
        ("Dec 29 (Reuters) - The port will stay closed.", "Reuters"),
        ("WASHINGTON, Jan. 28 (UPI) -- The port will stay closed.", "UPI"),
        ("New Delhi, Jan 28 (PTI): The port will stay closed.", "PTI"),
        ("LIMA, June 3 (Andes Wire) - The port will stay closed.", "Andes Wire"),
        ("(Bloomberg) -- The port will stay closed.", "Bloomberg"),
        ("The port will stay closed, reports Reuters.", "Reuters"),
        ("The port will stay closed, reports The Harbour Times.", "The Harbour Times"),
        ("The port will stay closed. —AFP", "AFP"),
        ("The port will stay closed. (Xinhua)", "Xinhua"),
        ("(With inputs from ANI)", "ANI"),
        ("Source: Agence France-Presse", "AFP"),
        ("Reuters", "Reuters"),
        ("By Jane Doe | Associated Press", "AP"),
        ("Reporting by A. Bee in Lima and C. Dee in Quito; Editing by E. Eff", "Reuters"),
        ("The port is closed. (Reporting by A. Bee; Writing by C. Dee; Editing by E. Eff)", "Reuters"),
        ("© 2019 The Associated Press. All rights reserved.", "AP"),
        (PROSE, None),
        ("Reuters reported on Monday that the port would stay closed.", None),
        ("The port will stay closed, an AP reporter at the scene said.", None),
        ("The Associated Press contributed to this report.", None),
        ("TEHRAN (Iran) is far away.", None),
    ],
)
def test_wire_credit(line: str, credit: str | None) -> None:
    assert wire_credit([PROSE, PROSE, line]) == credit


def test_what_an_agency_reported_in_the_middle_is_no_credit() -> None:
    middle = "Reuters reported earlier that the port would close, citing two sources."
    assert wire_credit([*[PROSE] * 8, middle, "The port will stay closed, reports Reuters.", *[PROSE] * 8]) is None


def test_photo_credit_is_no_text_credit() -> None:
    assert wire_credit([PROSE, "REUTERS/Jane Doe", "Photo: AFP", "Jane Doe/AP/Pool", PROSE]) is None


@pytest.mark.parametrize(
    ("given", "name"),
    [("THE ASSOCIATED PRESS", "AP"), (" (reuters) ", "Reuters"), ("Pa Media", "PA"), ("The Ledger", "The Ledger")],
)
def test_canonical_credit(given: str, name: str) -> None:
    assert canonical_credit(given) == name


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("BY JANE DOE AND LUIS DE LA CRUZ", None),
        ("By JANE DOE and LUIS de la CRUZ", "JANE DOE and LUIS de la CRUZ"),
        ("By Jane Doe, Political Editor", "Jane Doe"),
        ("By Jane Doe in Nairobi", "Jane Doe"),
        ("By Jane Doe | Daily Post", "Jane Doe"),
        ("Written by Jane O’Hara-Smith", "Jane O’Hara-Smith"),
        ("By Our Special Correspondent", "Our Special Correspondent"),
        ("Jane Doe in London and Luis Cruz in Madrid", "Jane Doe"),
        ("By the end of the year the port will be closed.", None),
        ("By Friday, Mr Doe had left the port, and nobody knew where he was.", None),
        ("She said no.", None),
    ],
)
def test_byline(line: str, names: str | None) -> None:
    assert byline(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "A ship leaves the port. REUTERS/Jane Doe",
        "A ship leaves the port (AP Photo/Jane Doe)",
        "FILE PHOTO: A ship leaves the port",
        "A ship leaves the port | Photo Credit: Jane Doe",
        "A ship leaves the port. Photograph: Jane Doe/EPA",
        "In this Jan. 5, 2019, photo, a ship leaves the port.",
        "A ship leaves the port. [File]",
        "Image caption, A ship leaves the port",
    ],
)
def test_captions_are_known_by_their_credit(line: str) -> None:
    assert is_photo_credited(line)


@pytest.mark.parametrize(
    "line",
    [
        PROSE,
        "According to a Reuters/Ipsos poll, the two are in a dead heat.",
        "A photo from the debate shows that she smiled.",
        "The picture is grim — sources in the ministry expect worse.",
        "He told AP that the image of the port had suffered.",
    ],
)
def test_sentences_are_not_captions(line: str) -> None:
    assert not is_photo_credited(line)
