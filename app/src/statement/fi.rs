//! Finnish: the original.

use super::{Open, Statement};
use crate::i18n::{Counted, Phrase};

/// The statement.
pub(super) static STATEMENT: Statement = Statement {
    title: "Saavutettavuus\u{ad}seloste",
    about: Phrase(
        "{} haluaa, että jokainen voi käyttää Rinnallaa. Tämä seloste kertoo, miten siinä on onnistuttu.",
    ),
    somebody: "Palvelun tarjoaja",
    level_title: "Miten saavutettava Rinnalla on",
    level: [
        "Laki digitaalisten palvelujen tarjoamisesta (306/2019) vaatii standardin EN 301 549, eli WCAG 2.1:n tasot A ja AA. Rinnallan tavoite on WCAG 2.2:n taso AA.",
        "Rinnalla täyttää vaatimukset osittain: kaikkea ei ole vielä testattu.",
    ],
    measured_title: "Mitä on mitattu",
    measured: Phrase("{}: axe {} kävi läpi {} sivua ja sivun tilaa {} säännöllä. Selain oli {}."),
    found: Counted(["Virheitä ei löytynyt.", "Löytyi 1 virhe.", "Löytyi {} virhettä."]),
    limits: "Tällainen testi löytää vain osan esteistä. Mitä se ei osaa ratkaista, on käyty läpi erikseen.",
    measured_how: "Jokaista sivua katsottiin näin:",
    modes: [
        "vaalea tila",
        "tumma tila",
        "käyttöjärjestelmän omat värit (suuri kontrasti)",
        "320 pikselin levyinen näyttö",
        "200\u{a0}%:n teksti",
    ],
    tested: "Lisäksi testit katsovat joka sivulta tai joka osasta:",
    tests: [
        "Sivu ei vieri kahteen suuntaan 320 pikselin levyisenä eikä 200\u{a0}%:n tekstillä.",
        "Teksti ei katoa eikä mene päällekkäin, kun rivien, sanojen ja kirjainten välejä suurennetaan.",
        "Painikkeet ovat vähintään 24 pikseliä, käynnin kirjaamisessa 48.",
        "Kohdistus ja kenttien reunat erottuvat taustasta.",
        "Mikään ei liiku, jos liikettä on pyydetty vähentämään.",
        "Käynnin lomake ja työnantajien luettelo kerrotaan apuvälineille oikein.",
    ],
    open_title: "Mitä ei ole testattu tai valmista",
    open: Open {
        screen_readers: "Ruudunlukijoilla (TalkBack, VoiceOver, NVDA) ei ole kokeiltu. Nimissä, rooleissa ja tilailmoituksissa voi olla puutteita (WCAG 1.3.1, 4.1.2, 4.1.3).",
        phones: "Oikeilla puhelimilla, puheohjauksella ja kytkimillä ei ole kokeiltu (WCAG 2.1.1, 2.5.3).",
        swedish: "Ruotsinkielisiä tekstejä ei ole lukenut kukaan, jonka äidinkieli ruotsi on.",
        plain_words: "Tekstien selkeyttä ei ole testattu käyttäjillä.",
        own_words: "Käyntien ja työnantajien tekstit kirjoittavat työntekijät. Niiden selkeyttä ei voi taata.",
        tables: "Leveät taulukot vierivät sivulle omassa kehyksessään.",
    },
    made_title: "Miten arvio on tehty",
    made: Phrase(
        "Rinnallan tekijät ovat arvioineet palvelun itse, testeillä, jotka ajetaan jokaisesta muutoksesta. Ulkopuolinen ei ole arvioinut sitä. Luvut ja tämä seloste ovat päivältä {}.",
    ),
    feedback_title: "Kerro esteestä",
    feedback: "Jos jokin ei toimi sinulle, tai tarvitset tiedon toisessa muodossa, kerro siitä. Vastaus tulee 14 päivässä.",
    feedback_missing: Phrase(
        "{} ei ole vielä ilmoittanut osoitetta tälle palautteelle. Kerro esteestä tiimin vetäjälle tai pääkäyttäjälle. Osoite annetaan, kun palvelu käynnistetään (serve --feedback-address).",
    ),
    authority_title: "Jos vastaus ei tule tai ei auta",
    authority: "Jos vastausta ei tule 14 päivässä, tai se ei auta, voit tehdä ilmoituksen valvontaviranomaiselle. Sen sivulla kerrotaan, miten.",
    authority_name: "Liikenne- ja viestintävirasto Traficom",
    authority_unit: "Digitaalisen esteettömyyden ja saavutettavuuden valvontayksikkö",
    authority_site: "www.saavutettavuusvaatimukset.fi",
};
