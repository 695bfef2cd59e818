//! Finnish, the original.

use super::{Help, HelpPage};
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
    without_network: HelpPage {
        title: "Kun verkko katkeaa",
        what: "Kirjaus ei katoa, vaikka verkko katkeaisi kesken tallennuksen.",
        steps: |t| {
            vec![
                format!("Paina ”{}” kuten aina.", t.visit_save),
                "Sivun alla lukee, montako kirjausta odottaa verkkoa.".to_owned(),
                "Pidä Rinnalla auki. Kirjaus lähtee itsestään, kun verkko löytyy.".to_owned(),
            ]
        },
        trouble: &[
            (
                "Suljin sivun, kun kirjaus odotti",
                "Selain varoittaa ennen sulkemista. Tarkista käynti työnantajan sivulta.",
            ),
            (
                "Kirjauksen vieressä lukee ”Korjaa”",
                "Palvelin ei voinut ottaa sitä vastaan. Avaa se, ja korjaa pyydetty kohta.",
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
