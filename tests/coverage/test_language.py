"""Telling English from other languages."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from onrecord.coverage.language import languages, not_english

# One sentence of the trade in each language of data/languages.toml.
SENTENCES = {
    "ar": "استأنفت النقابة المفاوضات مع أصحاب العمل يوم الاثنين بعد أسابيع من التوقف.",
    "bg": "Профсъюзът поднови преговорите с работодателите в понеделник след седмици на застой.",
    "ca": "El sindicat va reprendre dilluns les negociacions amb la patronal després de setmanes d'aturada.",
    "cs": "Odbory v pondělí obnovily jednání se zaměstnavateli po týdnech bez pokroku.",
    "cy": "Mae'r undeb wedi ailddechrau trafodaethau gyda'r cyflogwyr ddydd Llun ar ôl wythnosau.",
    "da": "Fagforeningen genoptog mandag forhandlingerne med arbejdsgiverne efter flere ugers pause.",
    "de": "Die Gewerkschaft nahm am Montag die Verhandlungen mit den Arbeitgebern wieder auf.",
    "el": "Το συνδικάτο ξανάρχισε τις διαπραγματεύσεις με τους εργοδότες τη Δευτέρα.",
    "es": "El sindicato reanudó el lunes las negociaciones con la patronal tras semanas de bloqueo.",
    "fa": "اتحادیه پس از هفته‌ها توقف روز دوشنبه مذاکرات با کارفرمایان را از سر گرفت و کارگران منتظر ماندند.",
    "fi": "Ammattiliitto jatkoi maanantaina neuvotteluja työnantajien kanssa viikkojen tauon jälkeen.",
    "fr": "Le syndicat a repris lundi les négociations avec la direction après des semaines de blocage.",
    "ga": "Chuir an ceardchumann tús arís leis an idirbheartaíocht leis na fostóirí Dé Luain.",
    "he": "האיגוד חידש ביום שני את המשא ומתן עם המעסיקים לאחר שבועות של קיפאון.",
    "hi": "संघ ने सोमवार को नियोक्ताओं के साथ बातचीत फिर से शुरू की और मजदूर काम पर नहीं लौटे।",
    "hu": "A szakszervezet hétfőn újrakezdte a tárgyalásokat a munkáltatókkal hetekig tartó szünet után.",
    "id": "Serikat pekerja melanjutkan perundingan dengan pengusaha pada hari Senin setelah beberapa minggu.",
    "it": "Il sindacato ha ripreso lunedì le trattative con i datori di lavoro dopo settimane di stallo.",
    "ja": "組合は月曜日、数週間の中断を経て使用者側との交渉を再開した。双方は来週も協議を続ける。",
    "ko": "노조는 몇 주간의 중단 끝에 월요일 사용자 측과 협상을 재개했다고 밝혔으며 다음 주에도 협상할 예정이다.",
    "nl": "De vakbond hervatte maandag de onderhandelingen met de werkgevers na weken van stilstand.",
    "no": "Fagforeningen gjenopptok mandag forhandlingene med arbeidsgiverne etter flere uker uten framgang.",
    "pl": "Związek zawodowy wznowił w poniedziałek negocjacje z pracodawcami po tygodniach przerwy.",
    "pt": "O sindicato retomou na segunda-feira as negociações com os patrões após semanas de impasse.",
    "ro": "Sindicatul a reluat luni negocierile cu angajatorii după câteva săptămâni de blocaj.",
    "ru": "Профсоюз возобновил переговоры с работодателями в понедельник после нескольких недель паузы.",
    "sv": "Facket återupptog på måndagen förhandlingarna med arbetsgivarna efter veckor av stiltje.",
    "ta": "தொழிற்சங்கம் திங்கட்கிழமை முதலாளிகளுடன் பேச்சுவார்த்தையை மீண்டும் தொடங்கியது.",
    "th": "สหภาพแรงงานกลับมาเจรจากับนายจ้างอีกครั้งในวันจันทร์หลังหยุดชะงักไปหลายสัปดาห์",
    "tr": "Sendika haftalar süren aranın ardından pazartesi günü işverenlerle görüşmelere yeniden başladı.",
    "uk": "Профспілка відновила переговори з роботодавцями в понеділок після кількох тижнів перерви.",
    "ur": "یونین نے ہفتوں کے تعطل کے بعد پیر کے روز آجروں کے ساتھ مذاکرات دوبارہ شروع کر دیے ہیں۔",
    "vi": "Công đoàn đã nối lại đàm phán với giới chủ vào thứ Hai sau nhiều tuần bế tắc.",
    "zh": "工会星期一在数周停顿之后恢复了与资方的谈判，双方发表联合声明，表示下周将继续会谈，工人们仍在罢工。",
}


@pytest.mark.parametrize(("code", "name"), [(c, n) for c, n in languages().items() if c != "en"])
def test_each_language_is_told_by_its_name(code: str, name: str) -> None:
    verdict = not_english(SENTENCES[code])
    assert verdict is not None
    assert name in verdict


@pytest.mark.parametrize(
    "text",
    [
        "Talks resumed.",
        "Die Gespräche gehen weiter.",  # too short to tell
        "",
        "12,500 1,600 2024-03-05",
        "The strike will go on.",
        "Lombardi, Szczepański, Nguyen, Fernández, Dupont and O'Shea: Volkswagen, Telefónica, Ørsted, Renault.",
        "Giuseppe Rossi and Maria Fernández de la Cruz met Jean-Claude Dupont in São Paulo on Friday.",
        "Rhys ap Gwilym and Siân Llewellyn of Undeb Cenedlaethol Athrawon Cymru said that pay was too low.",
        "UNION MEMBERS AT THE PORT VOTED TO STRIKE FROM MONDAY, THE NATIONAL OFFICER SAID.",
        "Ver.di and IG Metall spokesmen said on Tuesday the Warnstreik at the Stuttgart plant would go on.",
        "RMT, ASLEF, NEU, UCU, GMB and Unite: pay offers, ballots and dates of action, December and January.",
        "Labor board rules 2-1. Teamsters Local 174, SeaTac, Wash.; IAM District 751, Renton; ILWU Local 19.",
    ],
)
def test_english_and_what_cannot_be_told_is_let_through(text: str) -> None:
    assert not_english(text) is None


def test_english_with_a_foreign_quotation_is_english() -> None:
    text = "The union said on Monday that talks would resume next week at the port. " * 4
    assert not_english(f"{text} “{SENTENCES['de']}”") is None


@pytest.mark.parametrize(
    "text",
    [
        "xq zzkv wrrp qqpf jjhg vvbx ttrq mnbv " * 20,
        "Sindikata rinisi bisedimet me punëdhënësit të hënën pas disa javësh bllokimi dhe greva vazhdon. " * 3,
        "Ang unyon ay nagpatuloy ng negosasyon sa mga employer noong Lunes matapos ang ilang linggo. " * 3,
        "Verkalýðsfélagið hóf aftur viðræður við atvinnurekendur á mánudag eftir nokkurra vikna hlé. " * 3,
    ],
)
def test_a_long_text_in_another_language_or_none_is_told(text: str) -> None:
    verdict = not_english(text)
    assert verdict is not None
    assert "not in English" in verdict


def test_every_language_listed_is_known_to_the_detector() -> None:
    table = tomllib.loads(files("onrecord.coverage").joinpath("data/languages.toml").read_text("utf-8"))
    assert dict(languages()) == table
    assert set(SENTENCES) == set(table) - {"en"}
