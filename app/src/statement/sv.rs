//! Swedish.

use super::{Open, Statement};
use crate::i18n::{Counted, Phrase};

/// The statement.
pub(super) static STATEMENT: Statement = Statement {
    title: "Tillgänglighets\u{ad}utlåtande",
    about: Phrase(
        "{} vill att alla ska kunna använda Rinnalla. Detta utlåtande berättar hur det har lyckats.",
    ),
    somebody: "Den som erbjuder tjänsten",
    level_title: "Hur tillgänglig Rinnalla är",
    level: [
        "Lagen om tillhandahållande av digitala tjänster (306/2019) kräver standarden EN 301 549, det vill säga nivåerna A och AA i WCAG 2.1. Målet för Rinnalla är nivå AA i WCAG 2.2.",
        "Rinnalla uppfyller kraven delvis: allt har inte testats ännu.",
    ],
    measured_title: "Vad som har mätts",
    measured: Phrase("{}: axe {} gick igenom {} sidor och lägen av sidor med {} regler. Webbläsaren var {}."),
    found: Counted(["Inga fel hittades.", "1 fel hittades.", "{} fel hittades."]),
    limits: "Ett sådant test hittar bara en del av hindren. Det som testet inte kan avgöra har gåtts igenom skilt för sig.",
    measured_how: "Varje sida granskades så här:",
    modes: [
        "ljust läge",
        "mörkt läge",
        "systemets egna färger (hög kontrast)",
        "en skärm som är 320 pixlar bred",
        "text i 200\u{a0}%",
    ],
    tested: "Dessutom granskar testerna på varje sida eller för varje del:",
    tests: [
        "Sidan rullar inte åt två håll vid 320 pixlars bredd eller med text i 200\u{a0}%.",
        "Ingen text försvinner eller täcks när avståndet mellan rader, ord och bokstäver ökas.",
        "Knapparna är minst 24 pixlar, 48 där besök loggas.",
        "Fokus och fältens kanter syns mot bakgrunden.",
        "Inget rör sig om mindre rörelse har begärts.",
        "Besöksformuläret och listan över arbetsgivare beskrivs rätt för hjälpmedel.",
    ],
    open_title: "Vad som inte är testat eller färdigt",
    open: Open {
        screen_readers: "Skärmläsare (TalkBack, VoiceOver, NVDA) har inte prövats. Namn, roller och statusmeddelanden kan ha brister (WCAG 1.3.1, 4.1.2, 4.1.3).",
        phones: "Riktiga telefoner, röststyrning och kontakter har inte prövats (WCAG 2.1.1, 2.5.3).",
        swedish: "De svenska texterna har inte lästs av någon som har svenska som modersmål.",
        plain_words: "Texternas tydlighet har inte testats med användare.",
        own_words: "Texterna om besök och arbetsgivare skrivs av personalen. Deras tydlighet kan inte garanteras.",
        tables: "Breda tabeller rullar i sidled i sin egen ram.",
    },
    made_title: "Hur bedömningen har gjorts",
    made: Phrase(
        "De som gör Rinnalla har själva bedömt tjänsten, med tester som körs för varje ändring. Ingen utomstående har bedömt den. Siffrorna och detta utlåtande är från den {}.",
    ),
    feedback_title: "Berätta om ett hinder",
    feedback: "Om något inte fungerar för dig, eller om du behöver en uppgift i en annan form, berätta det. Svaret kommer inom 14 dagar.",
    feedback_missing: Phrase(
        "{} har inte angett en adress för denna respons ännu. Berätta om hindret för teamledaren eller administratören. Adressen anges när tjänsten startas (serve --feedback-address).",
    ),
    authority_title: "Om svaret uteblir eller inte hjälper",
    authority: "Om svaret inte kommer inom 14 dagar, eller inte hjälper, kan du göra en anmälan till tillsynsmyndigheten. På dess webbplats står hur.",
    authority_name: "Transport- och kommunikationsverket Traficom",
    authority_unit: "Enheten för tillsyn över digital tillgänglighet",
    authority_site: "www.tillganglighetskrav.fi",
};
