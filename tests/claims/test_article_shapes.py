"""Raw pages in the shapes that scrapers leave them in, each of our own making: what stays, what goes, what is found."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from claims.articles import Page, read_article
from claims.records import Article

PAGES = Path(__file__).with_name("raw_pages")
FETCHED = datetime(2025, 6, 30, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A page of raw_pages/ and what reading it must give; `gone` are lines that must not be left in the text."""

    name: str
    title: str | None
    paragraphs: int
    gone: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    byline: str | None = None
    credit: str | None = None
    published: date | None = None


SHAPES = (
    Shape(
        name="british-broadcaster",
        title="Rail strikes: Ministers weigh new pay offer",
        paragraphs=4,
        gone=("Image source", "Share", "Rail workers vote", "3 hours ago", "Political correspondent", "UK Politics"),
        captions=("Image caption, Commuters wait at Leeds station during the walkout",),
        byline="Eleanor Whitcombe",
    ),
    Shape(
        name="indian-daily",
        title="Irrigation project delayed again, says engineer",
        paragraphs=3,
        gone=("ALSO READ", "Advertisement", "syndicated feed", "Google News", "Home >", "Download now"),
        credit="PTI",
        published=date(2023, 3, 14),
    ),
    Shape(
        name="american-local",
        title="Council to vote on stadium bonds next month",
        paragraphs=3,
        gone=("newsletter", "Follow her", "Copyright", "4 min read", "0 Comments", "Posted", "By Maria"),
        byline="Maria Delgado",
        published=date(2021, 8, 3),
    ),
    Shape(
        name="wire-two-captions",
        title="Kenya says fuel talks with Uganda resume this week",
        paragraphs=5,
        gone=("Our Standards", "Licensing", "Editing by"),
        captions=(
            "FILE PHOTO: A fuel tanker waits at the Malaba border crossing, Kenya, May 12, 2022. REUTERS/Thomas Adeya",
            "A worker fills a jerry can at a station in Eldoret. REUTERS/Lena Chebet",
        ),
        credit="Reuters",
    ),
    Shape(
        name="agency-photo-staff-story",
        title="Port workers threaten to walk out",
        paragraphs=4,
        gone=("Share this article", "By Thandi"),
        captions=("Containers are stacked at the port of Durban. (Photo by Sipho Ndlela/AFP via Getty Images)",),
        byline="Thandi Mokoena",
    ),
    Shape(
        name="live-blog",
        title="Election count: governor concedes in Cordoba",
        paragraphs=3,
        gone=("GMT", "View more", "Five things", "Updated"),
    ),
    Shape(
        name="bangladeshi-site",
        title="Garment exporters seek six more months for wage talks",
        paragraphs=3,
        gone=("Publish", "Share this", "2 years ago", "Update"),
        captions=("Workers leave a garment factory in Ashulia after their shift Collected",),
        credit="UNB",
    ),
    Shape(
        name="australian-site",
        title="Sydney harbour tunnel toll to rise, documents show",
        paragraphs=3,
        gone=("cookies", "Skip to", "Listen", "rundown of must-reads", "Topics:", "AEST"),
        byline="Tess Lindqvist",
        published=date(2024, 6, 4),
    ),
    Shape(
        name="agency-correction",
        title="Judge blocks mine expansion in Nevada",
        paragraphs=3,
        gone=("More From", "Storm closes", "Senate panel"),
        byline="JORDAN ABBOTT and LEE CASTILLO",
        credit="AP",
    ),
    Shape(
        name="nigerian-site",
        title="Refinery will restart before December, minister insists",
        paragraphs=3,
        gone=("READ ALSO", "Facebook", "Shares", "Tags:", "Leave a Reply", "Your email"),
        byline="Chukwuma Eze",
        published=date(2024, 7, 22),
    ),
    Shape(
        name="gulf-headline-twice",
        title="Qatar to cut gas prices for Asian buyers, traders say",
        paragraphs=4,
        gone=("Follow us", "Tuesday 11 April"),
        published=date(2023, 4, 11),
    ),
    Shape(
        name="hard-wrapped",
        title="Talks on the grain corridor are to start again in Istanbul",
        paragraphs=2,
    ),
    Shape(
        name="clean",
        title=None,
        paragraphs=4,
    ),
    Shape(
        name="irish-site",
        title="Minister expects trolley numbers to fall by autumn",
        paragraphs=4,
        gone=("Comments are", "Terms &", "OVERCROWDING"),
        captions=("Patients on trolleys at a hospital in Limerick last winter. Photo: Brian O'Dea",),
    ),
    Shape(
        name="masthead-daily",
        title="Centre mulls windfall tax on coal exporters: sources",
        paragraphs=3,
        gone=("Deccan", "NATIONAL", "Our Bureau", "SHARE", "READ LATER", "Also read", "WhatsApp", "Published on"),
        published=date(2022, 1, 16),
    ),
    Shape(
        name="caption-over-credit",
        title="Mexico to send 500 more soldiers to border, army source says",
        paragraphs=6,
        captions=("Mexican soldiers patrol near the Rio Grande in Ciudad Juarez.",),
        gone=("AP/File", "Related article", "going well"),
        byline="Ana Lucía Robles",
        published=date(2024, 3, 1),
    ),
    Shape(
        name="standfirst-over-byline",
        title="Premier 'furious' over leaked cabinet minutes",
        paragraphs=5,
        gone=("Support", "Holly Trang", "PUBLISHED", "SHARE", "Lukas Coch", "Got something", "Leaks"),
        byline="Holly Trang",
        published=date(2022, 11, 10),
    ),
    Shape(
        name="with-agency-below",
        title="Aid convoy reaches north after three-day wait, UN says",
        paragraphs=4,
        captions=("Palestinians wait for food in Beit Lahia, March 30, 2024 (AFP)",),
        gone=("Fact Check", "Last updated", "With AFP", "crossings", "Short link", "example.org"),
        byline="Newsroom, with AFP",
        credit="AFP",
        published=date(2024, 4, 3),
    ),
    Shape(
        name="site-name-in-headline",
        title="Laval expected to shuffle cabinet on Wednesday: sources",
        paragraphs=5,
        captions=(
            "Prime Minister Ann Laval is expected to shuffle her cabinet this week. (Jo Roe/The Canadian Press)",
        ),
        gone=("| NCB News", "Posted", "WATCH", "Senior reporter", "in confidence"),
        byline="Dana Burr",
        published=date(2023, 7, 24),
    ),
    Shape(
        name="row-of-date-and-outlet",
        title="PM’s aide resigns over donor dinner",
        paragraphs=3,
        gone=("BST", "Jessica", "Subscribe", "Related", "Harry Lowe", "Donor paid"),
        byline="Jessica Harte",
        published=date(2023, 10, 5),
    ),
    Shape(
        name="reprint-with-file-photo",
        title="Exclusive-Turkey seeks to buy 40 jets, defence official says",
        paragraphs=3,
        captions=(
            "FILE PHOTO: A fighter jet takes off from a base in Konya, Turkey, May 19, 2023. "
            "REUTERS/Deniz Aksoy/File Photo",
        ),
        gone=("ADVERTISEMENT", "12 days ago", "Editing by", "Disclaimer", "By Elif"),
        byline="Elif Kaya and Deniz Aksoy",
        credit="Reuters",
        published=date(2024, 6, 14),
    ),
    Shape(
        name="counters-and-gallery",
        title="Chancellor to scrap winter fuel payment, Whitehall sources reveal",
        paragraphs=6,
        gone=("EXCLUSIVE", "KAMRAN", "PUBLISHED", "shares", "912", "View", "+4", "Share"),
        byline="KAMRAN JAVED",
        published=date(2024, 7, 26),
    ),
    Shape(
        name="american-radio",
        title="Inside the plan to restart Iowa's last reactor",
        paragraphs=5,
        captions=("The Duane plant in Palo, Iowa, closed in August 2020.",),
        gone=("Jump", "Donate", "JUNE 2", "Listen", "Transcript", "hide caption", "Sponsor", "nuclear power"),
        byline="Kavitha Rao",
        published=date(2025, 6, 2),
    ),
)


def _read(shape: Shape) -> Article:
    return read_article(
        Page(text=(PAGES / f"{shape.name}.txt").read_text(encoding="utf-8"), fetched_at=FETCHED), recorded_at=FETCHED
    )


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_raw_page(shape: Shape) -> None:
    article = _read(shape)
    assert article.title == shape.title
    assert [line for line in shape.gone if line in article.text] == []
    assert len(article.text.split("\n\n")) == shape.paragraphs, article.text
    assert tuple(article.text[span.start : span.end] for span in article.captions) == shape.captions
    assert article.byline == shape.byline
    assert article.credit == shape.credit
    if shape.published:
        assert article.published_earliest is not None
        assert article.published_latest is not None
        assert article.published_earliest.date() == article.published_latest.date() == shape.published


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_cleaning_again_keeps_every_sentence(shape: Shape) -> None:
    once = _read(shape)
    again = read_article(Page(text=once.text, fetched_at=FETCHED), recorded_at=FETCHED)
    assert [line for line in once.text.split("\n\n") if line[-1] in '.”"' and line not in again.text] == []
