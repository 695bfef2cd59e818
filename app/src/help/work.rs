//! Help for opportunities, matches, jobs, support, advice about benefits, the calendar, and the lead's week.

use super::HelpPage;
use crate::advice::advice_words;
use crate::fidelity::fidelity_words;
use crate::jobs::job_words;
use crate::lead::lead_words;
use crate::matches::match_words;
use crate::opportunities::opportunity_words;
use crate::support::support_words;
use crate::time_use::time_words;

/// The pages. A language without one of them does not compile.
pub struct WorkHelp {
    pub opportunities: HelpPage,
    pub matches: HelpPage,
    pub jobs: HelpPage,
    pub support: HelpPage,
    pub advice: HelpPage,
    pub calendar: HelpPage,
    pub time_use: HelpPage,
    pub unit_week: HelpPage,
    pub criteria: HelpPage,
    pub review: HelpPage,
    pub meetings: HelpPage,
}

/// Finnish, the original.
pub(super) static FI: WorkHelp = WorkHelp {
    opportunities: HelpPage {
        title: "Kirjaa työmahdollisuus",
        what: "Työnantaja tarvitsee tekijää, vaikka paikkaa ei olisi ilmoitettu. Koko yksikkö näkee sen.",
        steps: |_| {
            let w = opportunity_words();
            vec![
                format!("Paina käynnin tai työnantajan sivulla ”{}”.", w.new),
                format!("Kirjoita ”{}” ja se, mitä tiedät. Loput voi jäädä tyhjäksi.", w.f_title),
                format!("Kun olet varmistanut asian, paina ”{}”.", w.confirm),
                format!("Kun paikka on mennyt, avaa ”{}”, ja valitse syy.", w.close),
            ]
        },
        trouble: &[
            (
                "Kirjoitin asiakkaan nimen",
                "Tallennus ei onnistu. Poista nimi: sovitus tehdään asiakkaan sivulla.",
            ),
            ("Paikka onkin avoinna", "Avaa se päättyneistä, ja paina ”Onkin avoinna”."),
        ],
    },
    matches: HelpPage {
        title: "Sovita asiakas ja työ yhteen",
        what: "Näet, mitkä työmahdollisuudet sopivat asiakkaan toiveisiin, ja miksi.",
        steps: |_| {
            let w = match_words();
            vec![
                format!("Avaa asiakkaan sivulta ”{}”.", w.suggestions),
                format!("Lue, mikä puhuu puolesta ja mikä vastaan. Paina ”{}”.", w.begin),
                "Kirjoita omin sanoin, miksi työ sopii asiakkaalle.".to_owned(),
                format!(
                    "Kirjaa, mitä teet. Käynnit asiakkaan puolesta tulevat sivulle itsestään: ”{}”.",
                    w.log_visit
                ),
                format!("Lopuksi avaa ”{}”. Opitun voit viedä profiiliin: ”{}”.", w.end, w.learn),
            ]
        },
        trouble: &[
            (
                "Ehdotuksia ei ole",
                "Kirjoita ensin ammatillinen profiili, ja kirjatkaa yksikön työmahdollisuuksia.",
            ),
            ("Tulos oli väärä", "Paina ”Sovitus jatkuukin”, ja kirjaa tulos uudestaan."),
        ],
    },
    jobs: HelpPage {
        title: "Kirjaa työsuhde",
        what: "Työ alkaa, muuttuu ja joskus päättyy. Kaikki on yhtä työsuhdetta, ja vanhat ehdot jäävät näkyviin.",
        steps: |_| {
            let w = job_words();
            vec![
                format!("Paina asiakkaan sivulla ”{}”, ja valitse työnantaja.", w.new),
                "Kirjaa alkamispäivä ja tehtävä. Vastaa kysymyksiin, jos tiedät.".to_owned(),
                format!("Kun tunnit, palkka tai palkkatuki muuttuvat, paina ”{}”.", w.change),
                format!("Kun työ päättyy, paina ”{}”, ja sovi heti, mitä seuraavaksi tehdään.", w.end),
            ]
        },
        trouble: &[
            ("Alun tiedoissa on virhe", "Paina ”Korjaa alun tietoja”. Entinen jää talteen."),
            ("Työ ei päättynytkään", "Paina ”Työ ei päättynytkään”. Kaikki palaa ennalleen."),
            ("Työsuhde oli kirjattu väärälle asiakkaalle", "Paina ”Poista työsuhde”. Voit palauttaa sen."),
        ],
    },
    support: HelpPage {
        title: "Kirjaa tuki",
        what: "Tukea annetaan niin kauan kuin asiakas haluaa. Tänään-sivu kertoo, milloin on seuraavan aika.",
        steps: |_| {
            let w = support_words();
            vec![
                format!("Paina käynnin kirjaamisen yllä ”{}”, ja valitse asiakas.", w.new),
                format!("Tarkista, ja paina ”{}”. Valmiina on tämä päivä ja asiakkaan työsuhde.", w.save),
                format!("Rytmistä voi sopia toisin: avaa asiakkaan tuki, ja paina ”{}”.", w.agree),
            ]
        },
        trouble: &[
            ("Tukea antoi joku muu", "Avaa ”Lisää tietoja”, ja valitse, kuka tuki."),
            (
                "Hoitotaho jatkaa",
                "Valitse ”Hoitotaho on tukena”. Tuki ei pääty: muistutus tulee kerran vuodessa.",
            ),
            ("Kirjasin vahingossa", "Paina ”Kumoa”, tai tuen kohdalla ”Poista”."),
        ],
    },
    advice: HelpPage {
        title: "Käy läpi etuudet",
        what: "Ennen työn alkua ja aina, kun tunnit tai palkka muuttuvat, käydään läpi, mitä etuuksille tapahtuu.",
        steps: |_| {
            let w = advice_words();
            vec![
                "Tänään-sivu muistuttaa, kun on etuusneuvonnan aika.".to_owned(),
                format!("Paina ”{}”, ja valitse, mistä puhuitte.", w.new),
                format!("Anna asiakkaalle ”{}” hänen kielellään.", w.sheet),
            ]
        },
        trouble: &[(
            "Et tiedä etuuden määrää",
            "Määrät muuttuvat. Tarkistakaa yhdessä Kelasta tai eläkelaitoksesta.",
        )],
    },
    calendar: HelpPage {
        title: "Näe tuet kalenterissa",
        what: "Tuet, verkostotapaamiset ja seuraavat askeleet näkyvät muussa kalenterissa ilman asiakkaan nimeä.",
        steps: |_| {
            let w = support_words();
            vec![
                format!("Avaa Lisää-sivulta ”{}”.", w.cal_title),
                format!("Paina ”{}”, ja kopioi osoite heti: se näytetään vain kerran.", w.cal_make),
                "Lisää osoite kalenteriohjelmaan tilattavana kalenterina.".to_owned(),
            ]
        },
        trouble: &[("Osoite joutui väärälle", "Tee uusi osoite. Vanha lakkaa heti toimimasta.")],
    },
    time_use: HelpPage {
        title: "Kirjaa viikon ajankäyttö",
        what: "Laatukriteerit kysyvät, mihin työaika menee. Kaksi liukusäädintä viikossa riittää.",
        steps: |_| {
            let w = time_words();
            vec![
                format!(
                    "Avaa Lisää-sivulta ”{}”. Tänään-sivu muistuttaa, jos viime viikko puuttuu.",
                    w.title
                ),
                format!("Katso ”{}”: siitä näet, mitä olet jo kirjannut.", w.logged),
                format!("Siirrä säätimiä ”{}” ja ”{}”.", w.f_service, w.f_out),
                format!("Paina ”{}”. Viikkoa voi korjata puolen vuoden ajan.", w.save),
            ]
        },
        trouble: &[("Olin lomalla", "Kirjoita työajaksi vain työssä olleet tunnit, tai 0.")],
    },
    criteria: HelpPage {
        title: "Katso, mitä kirjaukset kertovat laatukriteereistä",
        what: "Näet jokaisesta 25 kohdasta viimeisimmän pisteytyksen ja sen, mitä kirjaukset kertovat tänään.",
        steps: |_| {
            let w = fidelity_words();
            vec![
                format!("Avaa Lisää-sivulta ”{}”.", w.title),
                format!("Kohdassa ”{}” on kuusi kohtaa, joista pisteitä voi saada ensin.", w.cheapest),
                "Avaa kohta: näet luvut, ajan ja rivit, joihin arvio nojaa.".to_owned(),
                format!("Voit katsoa myös aiempaa päivää: vaihda ”{}”.", w.on),
            ]
        },
        trouble: &[(
            "Arvio puuttuu",
            "Kirjauksia on liian vähän, tai ihmiset arvioivat kohdan. Sivu kertoo, kumpi.",
        )],
    },
    review: HelpPage {
        title: "Valmistaudu laatuarviointiin",
        what: "Näet, mitkä tavat nostavat pisteitä ennen arviointia, ja avaat arvioijalle aineiston, josta ketään ei tunnista.",
        steps: |_| {
            let w = fidelity_words();
            vec![
                format!(
                    "Avaa Laatukriteerit ja ”{}”. Siirrä liukusäätimiä, ja katso, mikä kohta nousee ja milloin.",
                    w.ahead_title
                ),
                format!("Paina ”{}”, ja valitse enintään kolme tapaa, tekijät ja päivät.", w.ahead_take),
                "Vahvista kohdan sivulla ne osat, joista kirjaukset eivät kerro. Vahvistus on voimassa vuoden."
                    .to_owned(),
                format!("Arvioikaa itse kahdestaan sivulla ”{}”.", w.as_title),
                format!(
                    "Avaa ”{}”, ja paina ”{}”. Arvioija näkee aineiston vain niinä päivinä.",
                    w.dossier, w.open_new
                ),
            ]
        },
        trouble: &[
            ("Arvioijaa ei ole listassa", "Pääkäyttäjä lisää arvioijan tunnuksen organisaation sivulla."),
            (
                "Sivu pyytää tarkistamaan kirjauksia",
                "Jollakin viikolla on paljon enemmän tapaamisia kuin tavallisesti, tai ne on kirjattu myöhään. Varmista, että kirjaukset ovat oikein.",
            ),
        ],
    },
    unit_week: HelpPage {
        title: "Valmistaudu ohjauskeskusteluihin",
        what: "Sivu kertoo kustakin valmentajasta, mistä tällä viikolla kannattaa puhua. Ketään ei panna järjestykseen.",
        steps: |_| {
            let w = lead_words();
            vec![
                format!("Avaa Lisää-sivulta ”{}”.", w.title),
                "Lue valmentajan kohdalta, mikä odottaa. Jokaisesta luvusta pääsee riveihin.".to_owned(),
                format!("Kohdassa ”{}” on yksi asiakas. Voit valita toisenkin.", w.think),
                format!("Keskustelun jälkeen paina ”{}”.", w.log_supervision),
            ]
        },
        trouble: &[("Luku näyttää väärältä", "Avaa ”Näin viikko lasketaan”. Luvut tulevat kirjauksista.")],
    },
    meetings: HelpPage {
        title: "Kirjaa palaveri",
        what: "Yksikön palaverit, ohjauskeskustelut, kenttäkäynnit ja kumppanien tapaamiset samassa paikassa.",
        steps: |_| {
            let w = lead_words();
            vec![
                format!("Avaa Lisää-sivulta ”{}”, ja valitse, millainen palaveri oli.", w.meetings),
                format!("Valitse, ketkä olivat läsnä. Kirjoita lyhyesti, ja paina ”{}”.", w.save),
            ]
        },
        trouble: &[
            (
                "Puhuimme asiakkaasta",
                "Valitse asiakas. Sen näkevät vain ne, jotka saavat lukea hänen tietojaan.",
            ),
            ("Kirjasin väärin", "Poista palaveri, ja kirjaa se uudestaan."),
        ],
    },
};

/// Swedish.
pub(super) static SV: WorkHelp = WorkHelp {
    opportunities: HelpPage {
        title: "Anteckna en jobbmöjlighet",
        what: "En arbetsgivare behöver någon, även om platsen inte har annonserats. Hela enheten ser den.",
        steps: |_| {
            let w = opportunity_words();
            vec![
                format!("Tryck på ”{}” på besökets eller arbetsgivarens sida.", w.new),
                format!("Skriv ”{}” och det du vet. Resten kan lämnas tomt.", w.f_title),
                format!("När du har kontrollerat saken, tryck på ”{}”.", w.confirm),
                format!("När platsen är tillsatt, öppna ”{}” och välj orsak.", w.close),
            ]
        },
        trouble: &[
            (
                "Jag skrev klientens namn",
                "Det går inte att spara. Ta bort namnet: matchningen görs på klientens sida.",
            ),
            ("Platsen är ändå öppen", "Öppna den bland de avslutade och tryck på ”Är öppen ändå”."),
        ],
    },
    matches: HelpPage {
        title: "Matcha klienten med ett arbete",
        what: "Du ser vilka jobbmöjligheter som passar klientens önskemål, och varför.",
        steps: |_| {
            let w = match_words();
            vec![
                format!("Öppna ”{}” på klientens sida.", w.suggestions),
                format!("Läs vad som talar för och emot. Tryck på ”{}”.", w.begin),
                "Skriv med egna ord varför arbetet passar klienten.".to_owned(),
                format!(
                    "Anteckna vad du gör. Besök för klienten kommer med av sig själva: ”{}”.",
                    w.log_visit
                ),
                format!("Öppna till sist ”{}”. Lärdomar kan föras in i profilen: ”{}”.", w.end, w.learn),
            ]
        },
        trouble: &[
            ("Det finns inga förslag", "Skriv först yrkesprofilen och anteckna enhetens jobbmöjligheter."),
            ("Resultatet var fel", "Tryck på ”Matchningen fortsätter” och anteckna resultatet på nytt."),
        ],
    },
    jobs: HelpPage {
        title: "Anteckna en anställning",
        what: "Ett arbete börjar, ändras och upphör ibland. Allt är en och samma anställning, och de gamla villkoren syns.",
        steps: |_| {
            let w = job_words();
            vec![
                format!("Tryck på ”{}” på klientens sida och välj arbetsgivare.", w.new),
                "Anteckna första dagen och uppgiften. Svara på frågorna om du vet.".to_owned(),
                format!("När timmar, lön eller lönesubvention ändras, tryck på ”{}”.", w.change),
                format!("När arbetet upphör, tryck på ”{}” och kom genast överens om nästa steg.", w.end),
            ]
        },
        trouble: &[
            (
                "Det är fel i uppgifterna om starten",
                "Tryck på ”Rätta uppgifterna om starten”. Det tidigare sparas.",
            ),
            ("Arbetet upphörde inte", "Tryck på ”Arbetet upphörde inte”. Allt återställs."),
            (
                "Anställningen hör till en annan klient",
                "Tryck på ”Ta bort anställningen”. Den kan återställas.",
            ),
        ],
    },
    support: HelpPage {
        title: "Anteckna stöd",
        what: "Stöd ges så länge klienten vill. Sidan I dag berättar när det är dags igen.",
        steps: |_| {
            let w = support_words();
            vec![
                format!("Tryck på ”{}” ovanför besökets formulär och välj klient.", w.new),
                format!("Kontrollera och tryck på ”{}”. Dagen och anställningen är ifyllda.", w.save),
                format!("En annan rytm kan avtalas: öppna klientens stöd och tryck på ”{}”.", w.agree),
            ]
        },
        trouble: &[
            ("Någon annan gav stödet", "Öppna ”Fler uppgifter” och välj vem som gav stöd."),
            (
                "Vårdparten fortsätter",
                "Välj ”Vårdparten finns till stöd”. Stödet upphör inte: en påminnelse kommer årligen.",
            ),
            ("Jag antecknade av misstag", "Tryck på ”Ångra”, eller på ”Ta bort” vid stödet."),
        ],
    },
    advice: HelpPage {
        title: "Gå igenom förmånerna",
        what: "Före arbetets början, och alltid när timmar eller lön ändras, går ni igenom vad som händer med förmånerna.",
        steps: |_| {
            let w = advice_words();
            vec![
                "Sidan I dag påminner när det är dags.".to_owned(),
                format!("Tryck på ”{}” och välj vad ni talade om.", w.new),
                format!("Ge klienten ”{}” på klientens språk.", w.sheet),
            ]
        },
        trouble: &[(
            "Du vet inte beloppet",
            "Beloppen ändras. Kontrollera tillsammans hos FPA eller pensionsanstalten.",
        )],
    },
    calendar: HelpPage {
        title: "Se stödet i kalendern",
        what: "Stöd, nätverksmöten och nästa steg syns i en annan kalender utan klientens namn.",
        steps: |_| {
            let w = support_words();
            vec![
                format!("Öppna ”{}” under Mer.", w.cal_title),
                format!("Tryck på ”{}” och kopiera adressen genast: den visas en gång.", w.cal_make),
                "Lägg till adressen i kalenderprogrammet som en prenumeration.".to_owned(),
            ]
        },
        trouble: &[("Adressen kom i fel händer", "Gör en ny adress. Den gamla slutar genast att fungera.")],
    },
    time_use: HelpPage {
        title: "Anteckna veckans tid",
        what: "Kvalitetskriterierna frågar vad arbetstiden går till. Två reglage i veckan räcker.",
        steps: |_| {
            let w = time_words();
            vec![
                format!("Öppna ”{}” på sidan Mer. Sidan I dag påminner om förra veckan saknas.", w.title),
                format!("Titta på ”{}”: där ser du vad du redan har antecknat.", w.logged),
                format!("Flytta reglagen ”{}” och ”{}”.", w.f_service, w.f_out),
                format!("Tryck på ”{}”. En vecka kan rättas i ett halvt år.", w.save),
            ]
        },
        trouble: &[("Jag hade semester", "Skriv bara de timmar du arbetade, eller 0.")],
    },
    criteria: HelpPage {
        title: "Se vad anteckningarna säger om kvalitetskriterierna",
        what: "För varje punkt av 25 ser du den senaste poängen och vad anteckningarna berättar i dag.",
        steps: |_| {
            let w = fidelity_words();
            vec![
                format!("Öppna ”{}” på sidan Mer.", w.title),
                format!("Under ”{}” står sex punkter där poäng kan fås först.", w.cheapest),
                "Öppna en punkt: du ser talen, tiden och raderna som uppskattningen vilar på.".to_owned(),
                format!("Du kan också se en tidigare dag: ändra ”{}”.", w.on),
            ]
        },
        trouble: &[(
            "Uppskattningen saknas",
            "Det finns för få anteckningar, eller så bedömer människor punkten. Sidan säger vilket.",
        )],
    },
    review: HelpPage {
        title: "Förbered en kvalitetsbedömning",
        what: "Du ser vilka vanor som höjer poängen före bedömningen, och öppnar för bedömaren ett material där ingen kan kännas igen.",
        steps: |_| {
            let w = fidelity_words();
            vec![
                format!("Öppna Kvalitetskriterier och ”{}”. Flytta reglagen och se vilken punkt som stiger, och när.", w.ahead_title),
                format!("Tryck på ”{}” och välj högst tre vanor, vem som sköter dem och dagarna.", w.ahead_take),
                "Intyga på punktens sida de delar som anteckningarna inte berättar om. Intyget gäller i ett år.".to_owned(),
                format!("Gör självbedömningen två tillsammans på sidan ”{}”.", w.as_title),
                format!("Öppna ”{}” och tryck på ”{}”. Bedömaren ser materialet bara de dagarna.", w.dossier, w.open_new),
            ]
        },
        trouble: &[
            (
                "Bedömaren finns inte i listan",
                "Administratören lägger till ett konto för bedömaren på organisationens sida.",
            ),
            (
                "Sidan ber dig kontrollera anteckningar",
                "En vecka har mycket fler möten än vanligt, eller så är de antecknade sent. Kontrollera att anteckningarna stämmer.",
            ),
        ],
    },
    unit_week: HelpPage {
        title: "Förbered handledningssamtalen",
        what: "Sidan berättar om varje coach vad det lönar sig att tala om den här veckan. Ingen ställs i ordning.",
        steps: |_| {
            let w = lead_words();
            vec![
                format!("Öppna ”{}” under Mer.", w.title),
                "Läs vad som väntar hos coachen. Från varje tal kommer man till raderna.".to_owned(),
                format!("Under ”{}” står en klient. Du kan välja en annan.", w.think),
                format!("Tryck efter samtalet på ”{}”.", w.log_supervision),
            ]
        },
        trouble: &[("Ett tal verkar fel", "Öppna ”Hur veckan räknas ut”. Talen kommer ur anteckningarna.")],
    },
    meetings: HelpPage {
        title: "Anteckna ett möte",
        what: "Enhetens möten, handledningssamtal, fältbesök och möten med partner på samma ställe.",
        steps: |_| {
            let w = lead_words();
            vec![
                format!("Öppna ”{}” under Mer och välj vad för möte det var.", w.meetings),
                format!("Välj vilka som var med. Skriv kort och tryck på ”{}”.", w.save),
            ]
        },
        trouble: &[
            ("Vi talade om en klient", "Välj klienten. Det ser bara de som får läsa klientens uppgifter."),
            ("Jag antecknade fel", "Ta bort mötet och anteckna det på nytt."),
        ],
    },
};

/// English.
pub(super) static EN: WorkHelp = WorkHelp {
    opportunities: HelpPage {
        title: "Record an opportunity",
        what: "An employer needs somebody, even where nothing was advertised. The whole unit sees it.",
        steps: |_| {
            let w = opportunity_words();
            vec![
                format!("On a visit's or an employer's page, press “{}”.", w.new),
                format!("Write “{}” and what you know. The rest may stay empty.", w.f_title),
                format!("When you have made sure of it, press “{}”.", w.confirm),
                format!("When it is gone, open “{}” and choose why.", w.close),
            ]
        },
        trouble: &[
            (
                "I wrote a client's name",
                "It can't be saved. Take the name away: matching is done on the client's page.",
            ),
            ("It is open after all", "Open it among those that are over, and press “It is open after all”."),
        ],
    },
    matches: HelpPage {
        title: "Match a client with a job",
        what: "You see which opportunities fit what the client wishes, and why.",
        steps: |_| {
            let w = match_words();
            vec![
                format!("On the client's page, open “{}”.", w.suggestions),
                format!("Read what speaks for it and against it. Press “{}”.", w.begin),
                "Write in your own words why the job fits the client.".to_owned(),
                format!(
                    "Note what you do. Visits for the client come there by themselves: “{}”.",
                    w.log_visit
                ),
                format!("At the end open “{}”. What was learnt goes into the profile: “{}”.", w.end, w.learn),
            ]
        },
        trouble: &[
            (
                "There are no suggestions",
                "Write the vocational profile first, and record the unit's opportunities.",
            ),
            ("The result was wrong", "Press “The match goes on”, and record the result again."),
        ],
    },
    jobs: HelpPage {
        title: "Record a job",
        what: "A job begins, changes and sometimes ends. All of it is one job, and earlier terms stay to be seen.",
        steps: |_| {
            let w = job_words();
            vec![
                format!("On the client's page, press “{}” and choose the employer.", w.new),
                "Record the first day and the work. Answer the questions if you know.".to_owned(),
                format!("When hours, pay or the subsidy change, press “{}”.", w.change),
                format!("When the job ends, press “{}” and agree at once on what comes next.", w.end),
            ]
        },
        trouble: &[
            ("The start is wrong", "Press “Correct the start”. What stood before is kept."),
            ("The job did not end", "Press “The job did not end”. Everything is as before."),
            ("The job is another client's", "Press “Remove the job”. It can be brought back."),
        ],
    },
    support: HelpPage {
        title: "Log support",
        what: "Support is given for as long as the client wants it. Today tells when it is time again.",
        steps: |_| {
            let w = support_words();
            vec![
                format!("Above the form of a visit, press “{}” and choose the client.", w.new),
                format!("Check, and press “{}”. Today and the client's job are filled in.", w.save),
                format!("Another rhythm can be agreed: open the client's support and press “{}”.", w.agree),
            ]
        },
        trouble: &[
            ("Somebody else gave it", "Open “More details” and choose who."),
            (
                "The treating team goes on",
                "Choose “The treating team stands by”. Support does not end: a reminder comes each year.",
            ),
            ("That was a slip", "Press “Undo”, or “Remove” beside the support."),
        ],
    },
    advice: HelpPage {
        title: "Go through the benefits",
        what: "Before a job starts, and whenever hours or pay change, you go through what happens to the benefits.",
        steps: |_| {
            let w = advice_words();
            vec![
                "Today reminds you when it is time.".to_owned(),
                format!("Press “{}” and choose what you talked about.", w.new),
                format!("Give the client “{}” in the client's language.", w.sheet),
            ]
        },
        trouble: &[(
            "You don't know what a benefit is worth",
            "It changes. Check together with Kela or the pension provider.",
        )],
    },
    calendar: HelpPage {
        title: "See support in a calendar",
        what: "Supports, network meetings and next steps show in another calendar, without a client's name.",
        steps: |_| {
            let w = support_words();
            vec![
                format!("Under More, open “{}”.", w.cal_title),
                format!("Press “{}” and copy the address at once: it is shown once.", w.cal_make),
                "Add the address to your calendar program as a subscription.".to_owned(),
            ]
        },
        trouble: &[("The address got to somebody else", "Make a new address. The old one stops at once.")],
    },
    time_use: HelpPage {
        title: "Record the week's time",
        what: "The criteria ask what the working time goes to. Two sliders a week are enough.",
        steps: |_| {
            let w = time_words();
            vec![
                format!("Open “{}” on the More page. Today reminds you when last week is missing.", w.title),
                format!("Look at “{}”: it shows what you have recorded already.", w.logged),
                format!("Move the sliders “{}” and “{}”.", w.f_service, w.f_out),
                format!("Press “{}”. A week can be corrected for half a year.", w.save),
            ]
        },
        trouble: &[("I was on leave", "Write only the hours that you worked, or 0.")],
    },
    criteria: HelpPage {
        title: "See what the records say of the criteria",
        what: "For each of the 25 items you see the latest score and what the records say today.",
        steps: |_| {
            let w = fidelity_words();
            vec![
                format!("Open “{}” on the More page.", w.title),
                format!("“{}” has six items where points can be found first.", w.cheapest),
                "Open an item: you see the numbers, the window and the rows behind the estimate.".to_owned(),
                format!("You can look at an earlier day, too: change “{}”.", w.on),
            ]
        },
        trouble: &[(
            "There is no estimate",
            "There are too few records, or people judge the item. The page says which.",
        )],
    },
    review: HelpPage {
        title: "Prepare for a review",
        what: "You see which habits lift the score before a review, and open to the reviewer a dossier in which nobody can be recognised.",
        steps: |_| {
            let w = fidelity_words();
            vec![
                format!(
                    "Open the criteria and “{}”. Move the sliders and see which item rises, and when.",
                    w.ahead_title
                ),
                format!(
                    "Press “{}” and choose at most three habits, who sees to each, and the days.",
                    w.ahead_take
                ),
                "On an item’s page, attest the parts of which the records say nothing. It counts for a year."
                    .to_owned(),
                format!("Assess yourselves, two of you, under “{}”.", w.as_title),
                format!(
                    "Open “{}” and press “{}”. The reviewer sees the dossier on those days only.",
                    w.dossier, w.open_new
                ),
            ]
        },
        trouble: &[
            (
                "The reviewer is not in the list",
                "An administrator adds an account for the reviewer on the organisation’s page.",
            ),
            (
                "The page asks you to check records",
                "A week has far more meetings than usual, or they were written down late. Make sure that the records are right.",
            ),
        ],
    },
    unit_week: HelpPage {
        title: "Prepare for supervision",
        what: "The page tells for each coach what to talk about this week. Nobody is ranked.",
        steps: |_| {
            let w = lead_words();
            vec![
                format!("Under More, open “{}”.", w.title),
                "Read what waits with the coach. Each number leads to its rows.".to_owned(),
                format!("Under “{}” stands one client. You may choose another.", w.think),
                format!("After the talk, press “{}”.", w.log_supervision),
            ]
        },
        trouble: &[(
            "A number seems wrong",
            "Open “How the week is worked out”. The numbers come from the records.",
        )],
    },
    meetings: HelpPage {
        title: "Record a meeting",
        what: "The unit's meetings, supervision, field mentoring and meetings with partners in one place.",
        steps: |_| {
            let w = lead_words();
            vec![
                format!("Under More, open “{}” and choose what kind of meeting it was.", w.meetings),
                format!("Choose who was there. Write briefly, and press “{}”.", w.save),
            ]
        },
        trouble: &[
            ("We talked about a client", "Choose the client. Only those who may read the client see it."),
            ("I recorded it wrong", "Remove the meeting, and record it again."),
        ],
    },
};
