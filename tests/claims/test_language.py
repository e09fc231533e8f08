"""Which texts are English, which are clearly not, and which cannot be told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.language import language_of

ENGLISH = (
    "The harbour master said on Tuesday that the ferry would not sail until the storm had passed, "
    "and that passengers who had booked could have their money back."
)
FOREIGN = {
    "Spanish": "El ministro dijo el martes que la reforma no se aprobará antes de que termine el año, y que los "
    "sindicatos, que se oponen a ella, serán recibidos de nuevo en las próximas semanas para buscar un acuerdo.",
    "French": "Le ministre a déclaré mardi que la réforme ne serait pas adoptée avant la fin de l'année et que les "
    "syndicats, qui s'y opposent, seront de nouveau reçus dans les prochaines semaines pour trouver un accord.",
    "German": "Der Minister sagte am Dienstag, die Reform werde nicht vor Ende des Jahres verabschiedet, und die "
    "Gewerkschaften, die sie ablehnen, würden in den nächsten Wochen erneut zu einem Gespräch eingeladen.",
    "Portuguese": "O ministro disse na terça-feira que a reforma não será aprovada antes do fim do ano e que os "
    "sindicatos, que se opõem a ela, serão recebidos de novo nas próximas semanas para buscar um acordo.",
    "Italian": "Il ministro ha detto martedì che la riforma non sarà approvata prima della fine dell'anno e che i "
    "sindacati, che si oppongono, saranno ricevuti di nuovo nelle prossime settimane per trovare un accordo.",
    "Dutch": "De minister zei dinsdag dat de hervorming niet voor het einde van het jaar wordt aangenomen en dat de "
    "vakbonden, die ertegen zijn, in de komende weken opnieuw worden ontvangen om een akkoord te zoeken.",
    "Russian": "Министр заявил во вторник, что реформа не будет принята до конца года и что профсоюзы, которые "
    "выступают против неё, будут снова приглашены на переговоры в ближайшие недели, чтобы найти решение.",
    "Hindi": "मंत्री ने मंगलवार को कहा कि यह सुधार साल के अंत से पहले पारित नहीं होगा और जो संघ इसका विरोध करते हैं "
    "उन्हें आने वाले हफ्तों में फिर से बातचीत के लिए बुलाया जाएगा ताकि कोई समझौता हो सके।",
    "Chinese": "部长周二表示，改革不会在年底前通过，反对改革的工会将在未来几周内再次受邀参加会谈，以寻求达成协议。"
    "他说，政府愿意听取各方意见，但不会改变时间表，也不会推迟对预算案的表决，更不会重新起草法案。",
    "Arabic": "قال الوزير يوم الثلاثاء إن الإصلاح لن يقر قبل نهاية العام وإن النقابات التي تعارضه ستستقبل مرة أخرى في "
    "الأسابيع المقبلة من أجل التوصل إلى اتفاق بين جميع الأطراف المعنية بهذا الملف",
}


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_another_language(text: str) -> None:
    assert language_of(text) == "und"
    assert language_of(f"{text}\n\n{text}") == "und"


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_english_with_a_foreign_quotation(text: str) -> None:
    assert language_of(f"{ENGLISH}\n\n“{text}”\n\n{ENGLISH}\n\n{ENGLISH}") == "en"


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        ENGLISH.upper(),
        ENGLISH.replace(", ", ",\n"),
        "“I don’t think we’re going to get there,” she said, “and I’m not sure that it’s what they’d want either way.”",
        "Rs 12 crore has been sanctioned for the district, the collector informed, adding that tenders for the said "
        "works will be floated within a fortnight.",
        f"{ENGLISH}\n\nYear\tExports\tImports\n2019\t12,400\t13,200\n2020\t11,900\t12,800\nSource: Ministry of Trade",
    ],
)
def test_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Short text.",
        "Official: more sanctions coming",
        "1 2 3 4 5 6 7 8 9 10 " * 20,
        "Smith, John\tLeeds\nMüller, Anna\tBonn\nRossi, Carla\tPisa\n" * 10,
    ],
)
def test_not_to_be_told(text: str) -> None:
    assert language_of(text) is None


@given(st.text())
def test_any_text_has_one_of_three_answers(text: str) -> None:
    assert language_of(text) in {"en", "und", None}
