//! Finnish, the original.

use super::{Help, HelpPage};
use crate::card::card_words;
use crate::devices::device_words;
use crate::lists::list_words;
use crate::search::search_words;

/// The pages.
pub(super) static HELP: Help = Help {
    log_a_visit: HelpPage {
        title: "Kirjaa käynti",
        what: "Kirjaat työnantajakäynnin puhelimella heti oven ulkopuolella.",
        steps: |t| {
            vec![
                format!("Paina ”{}”.", t.nav_log),
                format!("Valitse työnantaja listasta, tai kirjoita nimi kohtaan ”{}”.", t.employer_search),
                "Muuta se, mikä ei pidä paikkaansa. Muu on valmiina. Sanat voit lisätä myös myöhemmin."
                    .to_owned(),
                format!("Paina ”{}”.", t.visit_save),
            ]
        },
        trouble: &[
            ("Työnantajaa ei ole listassa", "Lisää se nimellä. Tiedot voit täydentää myöhemmin."),
            ("Jokin tieto puuttuu", "Tallenna silti. Rinnalla kysyy puuttuvaa Tänään-sivulla."),
            ("Kirjaus jäi kesken", "Avaa kirjaaminen uudelleen. Kesken jäänyt on siinä kaksi viikkoa."),
        ],
    },
    offline: HelpPage {
        title: "Ilman verkkoa, ja kun puhelin vaihtuu",
        what: "Kirjaat käynnin siellä, missä ei ole verkkoa, ja tiedät, mitä tehdä, kun puhelin vaihtuu tai katoaa.",
        steps: |t| {
            let (w, card) = (device_words(), card_words());
            vec![
                t.install_android.to_owned(),
                t.install_iphone.to_owned(),
                format!(
                    "Avaa Rinnalla uudesta kuvakkeesta, kun verkko toimii. Kirjaudu sisään, ja paina kerran ”{}”. \
                     Kun lomake on auennut, puhelin on valmis.",
                    t.nav_log
                ),
                format!(
                    "Ennen lähtöä: avaa Tänään-sivulla ”{}”, keksi kuuden numeron tunnus, ja paina ”{}”. Ilman verkkoa sama numero avaa \
                     kortin.",
                    card.title, card.take
                ),
                format!(
                    "Ilman verkkoa paina ”{}” samalla tavalla. Rekisterin työnantajat löytyvät haulla.",
                    t.nav_log
                ),
                format!(
                    "Asiakkaan voit valita vasta, kun verkko on palannut. Tallenna ilman asiakasta, ja lisää hänet \
                     myöhemmin: avaa käynti, ja paina ”{}”.",
                    t.amend
                ),
                format!(
                    "Paina ”{}”. Kun näet ”{}”, kirjaus on suljettu organisaation avaimella ja tallessa. Sitä ei \
                     voi lukea puhelimesta kukaan, et edes sinä.",
                    t.visit_save,
                    t.visit_on_phone.of("…")
                ),
                "Jos verkko katoaa, kun tapaamisen, yhteydenottoyrityksen tai tuen lomake on jo auki, tallenna tavalliseen \
                 tapaan: kirjaus tallentuu suljettuna puhelimeen. Samoin tallentuvat arvioinnin pisteet."
                    .to_owned(),
                "Kirjaus lähtee itsestään, kun verkko toimii ja Rinnalla on auki. Se lähtee sinun nimelläsi, vaikka \
                 kirjautumisesi olisi päättynyt tai puhelinta käyttäisi joku muu."
                    .to_owned(),
                format!(
                    "Avaa Lisää-sivulta ”{}”, tai paina sivun alareunassa ”{}”. Siinä lukee, mikä odottaa, mikä on \
                     palvelimella, mikä on palvelimen varmuuskopiossa ja mikä tarvitsee sinua.",
                    t.sync_title, t.outbox_look
                ),
                "”Kaikki lähetetty” lukee siinä vasta, kun palvelin on vahvistanut jokaisen kirjauksen.".to_owned(),
                "Kirjaus pysyy puhelimessa, kunnes se on varmuuskopiossa ja viikko on kulunut. Siksi se ei häviä, \
                 vaikka palvelin palautettaisiin varmuuskopiosta."
                    .to_owned(),
                format!("Avaa Lisää-sivulta ”{}”, kirjoita puhelimelle nimi, ja paina ”{}”.", t.devices, w.rename),
                format!(
                    "Kun vaihdat puhelinta, odota, että vanhassa lukee ”Kaikki lähetetty”. Valmistele uusi samoin, \
                     ja paina vanhan kohdalla ”{}”.",
                    w.end
                ),
            ]
        },
        trouble: &[
            (
                "Rinnalla on iPhonessa vain Safarin välilehdessä",
                "Safari voi unohtaa, mitä välilehdessä on tallessa, jos et käytä Rinnallaa 7 päivään. Lisää Rinnalla Koti-valikkoon, ja kirjaudu sisään siinä.",
            ),
            (
                "Lukee, että puhelin ei pysty tallentamaan",
                "Älä sulje sivua, ennen kuin kirjaus on lähtenyt. Puhelimella ei ole kirjauduttu sisään, tai sen muisti on täynnä.",
            ),
            (
                "Kirjaus jäi kesken",
                "Se tallentuu puhelimeen noin sekunnin kuluttua siitä, kun viimeksi muutit jotain. Se on lomakkeessa taas, kun verkko on palannut.",
            ),
            (
                "Kirjaus tarvitsee minua",
                "Se on palvelimella, mutta sitä ei voitu viedä loppuun. Lue syy Lähetettävistä. Jos kohdalla on ”Korjaa”, paina sitä.",
            ),
            (
                "Aion tyhjentää selaimen tiedot",
                "Älä tyhjennä niitä äläkä poista Rinnallaa, kun jokin odottaa: odottavat kirjaukset häviäisivät. Lähetettävistä voit tallentaa suljetun kopion tiedostoon. Senkin avaa vain organisaation avain, ja kuka tahansa kirjautunut voi tuoda sen Puhelimet-sivulla.",
            ),
            (
                "Puhelin katosi",
                "Avaa Puhelimet toisella laitteella, ja paina ”Päätä tunnus”. Se, mitä puhelimesta tulee sen jälkeen, odottaa, kunnes painat ”Kirjoitin tämän itse”. Sulje myös puhelimen kirjautuminen Lisää-sivulla.",
            ),
            (
                "Tiimiläisen puhelin katosi",
                "Tiiminvetäjä näkee Puhelimet-sivulla tiimin puhelimet ja sen, montako kirjausta kustakin ei ole tullut perille. Hän voi myös päättää puhelimen tunnuksen.",
            ),
        ],
    },
    mend_a_visit: HelpPage {
        title: "Korjaa tai kumoa käynti",
        what: "Muutat omaa kirjaustasi; aiempi jää näkyviin sen rinnalle.",
        steps: |t| {
            vec![
                "Avaa työnantajan sivu, ja etsi käynti.".to_owned(),
                format!("Paina ”{}”, muuta, ja paina ”{}”.", t.amend, t.amend_save),
                format!("Jos käyntiä ei ollut, paina ”{}”. Voit palauttaa sen.", t.visit_take_back),
            ]
        },
        trouble: &[
            ("Painiketta ei ole", "Vain se, joka kirjasi käynnin, voi muuttaa sitä."),
            (
                "Käyntiä on muutettu tällä välin",
                "Avaa käynti uudelleen. Näet uusimman kirjauksen, ja voit muuttaa sitä.",
            ),
        ],
    },
    find_an_employer: HelpPage {
        title: "Etsi työnantaja",
        what: "Löydät työnantajan nimellä, paikalla tai sillä, kauanko siellä ei ole käyty.",
        steps: |t| {
            vec![
                format!(
                    "Avaa ”{}”, ja kirjoita osa nimestä. Pisteistä ja yhdestä virheestä ei tarvitse välittää.",
                    t.nav_employers
                ),
                format!("Rajaa kunnalla, tai valitse ”{}”.", t.employers_mine),
                format!("Muut rajaukset ja järjestyksen löydät kohdasta ”{}”.", t.employers_filter),
                format!("Päivän käynnit paikoittain saat kohdasta ”{}”.", t.employers_route),
            ]
        },
        trouble: &[("Sama työnantaja on kahdesti", "Avaa toinen, ja yhdistä ne. Mitään ei häviä.")],
    },
    search: HelpPage {
        title: "Hae kaikesta",
        what: "Löydät asiakkaan, työnantajan, muistiinpanon, käynnin tai seuraavan askeleen yhdellä haulla.",
        steps: |t| {
            let w = search_words();
            vec![
                format!(
                    "Paina ”{}”. Se on puhelimella jokaisen sivun lopussa, tietokoneella sivun reunassa.",
                    t.search
                ),
                "Kirjoita nimi, paikka tai sana. Asiakkaan löydät omalla nimellä tai peitenimellä."
                    .to_owned(),
                format!("Paina ”{}”. Jokainen sana täytyy löytyä; järjestyksellä ei ole väliä.", t.search),
                format!("Jos muistiinpanoja on paljon, jatka kohdasta ”{}”.", w.older),
            ]
        },
        trouble: &[
            ("Asiakasta ei löydy", "Haku löytää vain asiakkaat, jotka saat nähdä. Kokeile myös peitenimeä."),
            ("Löytyy liikaa", "Lisää sana, esimerkiksi paikka."),
            ("Sivu pyytää hakemaan uudelleen", "Haku on tallessa vain, kun olet kirjautunut. Hae uudelleen."),
        ],
    },
    next_steps: HelpPage {
        title: "Seuraavat askeleet",
        what: "Se, minkä lupasit, odottaa Tänään-sivulla oikeana päivänä.",
        steps: |t| {
            vec![
                format!("Kirjoita käyntiin ”{}” ja päivä.", t.visit_next_step),
                format!("Kun asia on hoidettu, paina ”{}”.", t.done),
                format!("Jos päivä ei sovi, paina ”{}”, ja valitse toinen.", t.move_step),
            ]
        },
        trouble: &[(
            "Askel katosi listalta",
            "Olet kirjannut työnantajalle uuden käynnin. Se korvaa vanhan askeleen.",
        )],
    },
    hand_over: HelpPage {
        title: "Siirrä työnantaja työkaverille",
        what: "Työkaveri saa työnantajan ja sen avoimet askeleet.",
        steps: |t| {
            vec![
                "Avaa työnantajan sivu.".to_owned(),
                format!("Paina ”{}”, ja valitse työkaveri.", t.hand_over),
                "Kirjoita halutessasi muutama sana. Työkaveri näkee ne työnantajan sivulla.".to_owned(),
            ]
        },
        trouble: &[("Siirsin väärälle", "Paina ”Kumoa”. Askeleet palaavat sinulle.")],
    },
    do_not_contact: HelpPage {
        title: "Ei yhteydenottoja",
        what: "Merkitset työnantajan, joka ei halua yhteydenottoja, ja syyn siihen.",
        steps: |t| {
            vec![
                "Avaa työnantajan sivu.".to_owned(),
                format!("Paina ”{}”.", t.do_not_contact),
                "Kirjoita syy, ja valitse päivä, jos kielto päättyy. Älä kirjoita asiakkaan nimeä."
                    .to_owned(),
            ]
        },
        trouble: &[("Kävin siellä silti", "Kirjaa käynti kuten aina. Merkintä ei estä sitä.")],
    },
    merge: HelpPage {
        title: "Yhdistä kaksi työnantajaa",
        what: "Kahdesti kirjatusta työnantajasta tulee yksi; käynnit ja yhteyshenkilöt säilyvät.",
        steps: |_| {
            vec![
                "Avaa se työnantaja, joka jää.".to_owned(),
                "Valitse yhdistäminen, ja sitten toinen työnantaja.".to_owned(),
                "Valitse jokaisesta tiedosta, kumpi pitää paikkansa. Tallenna.".to_owned(),
            ]
        },
        trouble: &[(
            "Ne olivatkin eri työnantajat",
            "Voit purkaa yhdistämisen milloin vain. Kaikki palaa ennalleen.",
        )],
    },
    lists: HelpPage {
        title: "Tuo työnantajat listasta",
        what: "Tiiminvetäjä tuo työnantajat taulukosta tai yritysrekisteristä.",
        steps: |t| {
            let w = list_words();
            vec![
                format!(
                    "Avaa ”{}” ja ”{}”. Paina ”{}”.",
                    t.nav_employers, t.employers_filters_title, w.title
                ),
                format!("Valitse tiedosto, ja paina ”{}”.", w.take),
                format!("Tarkista, mikä sarake on mikä, ja paina ”{}”.", w.to_rows),
                "Päätä rivit, joiden nimi on melkein sama kuin rekisterissä.".to_owned(),
                "Vie lista rekisteriin. Voit kumota sen kokonaan.".to_owned(),
            ]
        },
        trouble: &[
            (
                "Rivi on kohdassa ”Ei voi ottaa”",
                "Rivin vieressä lukee, mikä on vialla. Korjaa se tiedostoon, ja lue tiedosto uudelleen.",
            ),
            (
                "Tiedostoa ei voi lukea",
                "Avaa se taulukko-ohjelmassa, ja tallenna XLSX- tai CSV-muodossa ilman salasanaa.",
            ),
        ],
    },
    sign_in: HelpPage {
        title: "Kirjaudu sisään",
        what: "Kirjaudut käyttäjätunnuksella ja salasanalla.",
        steps: |t| {
            vec![
                "Saat ensin kutsulinkin tiiminvetäjältä. Linkki toimii kerran, 7 päivän ajan.".to_owned(),
                "Valitse salasana: vähintään 12 merkkiä, vaikka muutama sana peräkkäin.".to_owned(),
                format!("Kirjoita tunnus ja salasana, ja paina ”{}”.", t.sign_in),
            ]
        },
        trouble: &[
            ("Salasana on hukassa", "Pyydä ylläpidolta uusi linkki."),
            ("Oikeakaan salasana ei kelpaa", "Yrityksiä on ollut liikaa. Odota 15 minuuttia."),
            ("Puhelin katosi", "Kirjaudu toisella laitteella. Sulje kadonneen kirjautuminen Lisää-sivulla."),
        ],
    },
    who_sees_what: HelpPage {
        title: "Kuka näkee mitä",
        what: "Asiakkaan tietoja näkevät vain ne, jotka tarvitsevat niitä työssään.",
        steps: |_| {
            vec![
                "Työnantajat ovat yhteisiä kaikille yksiköille. Siksi niihin ei kirjoiteta asiakkaan nimeä."
                    .to_owned(),
                "Asiakkaan asialla tehdyn käynnin sanat näkee vain oma yksikkö.".to_owned(),
                "Ylläpitäjä ei näe asiakkaiden tietoja.".to_owned(),
                "Jokaisesta katselusta ja muutoksesta jää merkintä käyttölokiin. Lokia ei voi muuttaa."
                    .to_owned(),
            ]
        },
        trouble: &[("Kirjoitin nimen väärään paikkaan", "Muokkaa kirjausta heti, ja kerro tiiminvetäjälle.")],
    },
    accessibility: HelpPage {
        title: "Näppäimistö, tekstin koko ja värit",
        what: "Rinnalla seuraa puhelimesi ja selaimesi asetuksia.",
        steps: |t| {
            vec![
                "Suurenna tekstiä laitteen asetuksista tai zoomaa. Mitään ei jää piiloon.".to_owned(),
                "Tumma tila, suuri kontrasti ja vähäinen liike tulevat laitteen asetuksista.".to_owned(),
                format!("Näppäimistöllä pääset kaikkialle. Sivun alussa on ”{}”.", t.skip_link),
                "Voit sanella kaikkiin tekstikenttiin puhelimen omalla mikrofonilla.".to_owned(),
            ]
        },
        trouble: &[],
    },
    clients: &super::clients::FI,
    plans: &super::plans::FI,
    work: &super::work::FI,
    groups: ["Työnantajat ja käynnit", "Asiakkaat", "Tiiminvetäjälle ja ylläpidolle", "Kaikille"],
};
