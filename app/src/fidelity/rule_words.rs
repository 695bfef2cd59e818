//! The words of the rules: choices, what is attested, packs, files; and of the pictures. In three languages.

use crate::i18n::words::Phrase;
use crate::i18n::{catalogue, language};
use domain::codes::Language;
use domain::fidelity::import::Why;

catalogue! {
    RuleWords;
    // Choices.
    choices: "Arvioiden säännöt", "Uppskattningarnas regler", "Rules of the estimates";
    choices_lead: "Nämä saa yksikkö valita itse. Arvion sivulla näkyy aina, mikä on voimassa.", "Det här får enheten själv välja. På uppskattningens sida syns alltid vad som gäller.", "The unit may choose these itself. The estimate’s page always says which hold.";
    choices_save: "Tallenna säännöt", "Spara reglerna", "Save the rules";
    choices_saved: "Säännöt on tallennettu.", "Reglerna är sparade.", "The rules are saved.";
    choices_hold: "Valitut säännöt", "Valda regler", "Rules that hold";
    choices_differ: "Yksikkö on valinnut toisin kuin asteikko:", "Enheten har valt annorlunda än skalan:", "The unit chose otherwise than the scale:";
    f_weeks: "Montako täyttä viikkoa katsotaan?", "Hur många hela veckor granskas?", "How many full weeks are looked at?";
    f_clients: "Asiakkaita vähintään", "Minst klienter", "Clients at least";
    f_jobs: "Työpaikkoja vähintään", "Minst arbeten", "Jobs at least";
    f_least_weeks: "Viikkoja vähintään", "Minst veckor", "Weeks at least";
    f_habit: "Tapa on vakiintunut, kun se toteutuu vähintään näin usein (%)", "En vana är en vana när den håller så här ofta (%)", "A habit is one when it holds this often (%)";
    f_why: "Miksi?", "Varför?", "Why?";
    h_why: "Tarvitaan, kun jokin eroaa asteikosta: 8 viikkoa, 5 asiakasta, 5 työpaikkaa, 4 viikkoa, 80 %.", "Behövs när något avviker från skalan: 8 veckor, 5 klienter, 5 arbeten, 4 veckor, 80 %.", "Needed when something differs from the scale: 8 weeks, 5 clients, 5 jobs, 4 weeks, 80 %.";
    // What is attested.
    attest: "Vahvista", "Intyga", "Attest";
    attest_lead: "Kirjaukset eivät kerro tästä. Kertokaa itse, toteutuuko se ja mihin tieto perustuu. Vahvistus on voimassa vuoden.", "Anteckningarna berättar inte om detta. Ange själva om det stämmer och vad det grundar sig på. Intyget gäller i ett år.", "The records can’t show this. Say whether it holds and what that rests on. It counts for a year.";
    attest_save: "Tallenna vahvistus", "Spara intyget", "Save";
    attest_saved: "Vahvistus on tallennettu.", "Intyget är sparat.", "Saved.";
    f_holds: "Toteutuuko tämä?", "Stämmer det?", "Does it hold?";
    holds_yes: "Toteutuu", "Stämmer", "It holds";
    holds_no: "Ei toteudu", "Stämmer inte", "It does not";
    holds_unknown: "Emme tiedä", "Vi vet inte", "We do not know";
    f_rests_on: "Mihin tämä perustuu?", "Vad grundar det sig på?", "What does it rest on?";
    only_word: "yksikön oma vahvistus", "enhetens eget intyg", "attested by the unit";
    said_before: "Sanottu aiemmin", "Sagt tidigare", "Said before";
    // Packs.
    packs: "Kriteerien tekstit", "Kriteriernas texter", "Texts of the criteria";
    packs_lead: "Rinnallassa on omat tekstit. Jos organisaatiolla on lupa käyttää muita, lataa ne tiedostona. Vanhat arvioinnit pitävät ne tekstit, joilla ne tehtiin.", "Rinnalla har egna texter. Om organisationen har tillåtelse att använda andra, ladda upp dem som en fil. Gamla bedömningar behåller de texter som de gjordes med.", "Rinnalla has texts of its own. If the organisation may use others, load them as a file. Old assessments keep the texts that they were made with.";
    packs_model: "Lataa malliksi Rinnallan tekstit (TOML)", "Ladda ner Rinnallas texter som mall (TOML)", "Get Rinnalla’s texts as a model (TOML)";
    packs_built_in: "Rinnallan omat tekstit ovat käytössä.", "Rinnallas egna texter används.", "Rinnalla’s own texts are in use.";
    pack_take: "Ota tekstit käyttöön", "Ladda upp texterna", "Load the texts";
    pack_in_force: "käytössä", "används", "in use";
    pack_before: "aiempi", "tidigare", "earlier";
    pack_out: "poistettu käytöstä", "tagna ur bruk", "out of use";
    pack_take_out: "Poista käytöstä", "Ta ur bruk", "Take out of use";
    pack_bring_back: "Ota takaisin käyttöön", "Ta i bruk igen", "Bring back into use";
    pack_saved: "Tekstit on vaihdettu.", "Texterna är bytta.", "The texts were changed.";
    file: "Tiedosto", "Fil", "File";
    no_file: "Valitse tiedosto.", "Välj en fil.", "Choose a file.";
    // Scores from a file.
    import: "Tuo arviointi tiedostosta", "Hämta en bedömning från en fil", "Bring an assessment from a file";
    import_lead: "CSV-tiedosto, jossa on sarakkeet ”kohta” ja ”pisteet”, ja jos haluat, ”päivä” ja ”arvioija” (self, peer, external). Pisteet tulevat luonnokseksi: katso ne läpi ja allekirjoita.", "En CSV-fil med kolumnerna ”punkt” och ”poäng” och, om du vill, ”dag” och ”bedömare” (self, peer, external). Poängen blir ett utkast: gå igenom dem och underteckna.", "A CSV file with the columns “item” and “score” and, if you like, “date” and “kind” (self, peer, external). The scores become a draft: look through them and sign.";
    import_take: "Lue tiedosto", "Läs filen", "Read the file";
    wrong_text: "se ei ole tekstiä (UTF-8)", "det är inte text (UTF-8)", "it is no text (UTF-8)";
    wrong_columns: "sarake ”kohta” tai ”pisteet” puuttuu", "kolumnen ”punkt” eller ”poäng” saknas", "the column “item” or “score” is missing";
    wrong_day: "päivä ei kelpaa (muoto 2026-05-21 tai 21.5.2026), tai se on eri kuin edellä", "dagen duger inte (form 2026-05-21 eller 21.5.2026) eller är en annan än ovan", "the date is wrong (2026-05-21 or 21.5.2026), ahead, or differs from above";
    wrong_kind: "arvioija ei kelpaa, tai se on eri kuin edellä", "bedömaren duger inte eller är en annan än ovan", "“kind” is not self, peer or external, or differs from above";
    wrong_item: "kohtaa ei ole: 1–25", "punkten finns inte: 1–25", "there is no such item: 1–25";
    wrong_score: "pisteet ovat 1–5", "poängen är 1–5", "a score is 1–5";
    wrong_twice: "kohta on jo ylempänä", "punkten står redan ovan", "the item stands above already";
    wrong_unit: "rivi on toisen yksikön", "raden är en annan enhets", "the row is another unit’s";
    wrong_empty: "rivejä ei ole", "det finns inga rader", "there is no row";
    // Pictures.
    profile: "Profiili", "Profil", "Profile";
    profile_said: "Ympyrä on viimeisin arviointi, neliö kirjausten arvio tänään, katkoviiva tavoite 4. Samat luvut ovat taulukoissa alempana.", "Cirkeln är senaste bedömningen, kvadraten anteckningarnas uppskattning i dag, den streckade linjen målet 4. Samma tal står i tabellerna nedan.", "The circle is the last assessment, the square today’s estimate, the dashed line the goal of 4. The same numbers stand in the tables below.";
    trend: "Pisteet vuosien mittaan", "Poängen genom åren", "The points over the years";
    trend_said: "Katkoviivat ovat tasojen rajat 74, 100 ja 115.", "De streckade linjerna är nivåernas gränser 74, 100 och 115.", "The dashed lines are the bands’ limits 74, 100 and 115.";
    trend_day: "Päivä", "Dag", "Day";
    trend_total: "Pisteet", "Poäng", "Points";
    trend_band: "Taso", "Nivå", "Band";
    // What looks sudden.
    sudden: "Tarkista ennen arviointia", "Kontrollera före bedömningen", "Check before the review";
    // Units.
    units: "Yksiköt", "Enheter", "Units";
    units_lead: "Kunkin yksikön arviointien pisteet ja taso. Asiakkaista ei näy mitään.", "Varje enhets poäng och nivå. Om klienterna syns ingenting.", "The points and the band of each unit’s assessments. Nothing of clients is shown.";
    units_last: "Viimeisin", "Senaste", "Latest";
    units_change: "Muutos", "Förändring", "Change";
    units_all: "Kaikki", "Alla", "All";
    units_none: "ei vielä", "inte än", "none yet";
    own_unit: "oma yksikkösi", "din enhet", "your unit";
}

impl RuleWords {
    /// A field by its name.
    #[must_use]
    pub fn field(&self, name: &str) -> &'static str {
        match name {
            "weeks" => self.f_weeks,
            "clients" => self.f_clients,
            "jobs" => self.f_jobs,
            "least_weeks" => self.f_least_weeks,
            "habit" => self.f_habit,
            "why" => self.f_why,
            "holds" => self.f_holds,
            _ => self.f_rests_on,
        }
    }

    /// What is wrong with a file of scores.
    #[must_use]
    pub fn wrong(&self, why: Why) -> &'static str {
        match why {
            Why::NoText => self.wrong_text,
            Why::Columns => self.wrong_columns,
            Why::Day => self.wrong_day,
            Why::Kind => self.wrong_kind,
            Why::Item => self.wrong_item,
            Why::Score => self.wrong_score,
            Why::Twice => self.wrong_twice,
            Why::Unit => self.wrong_unit,
            Why::Empty => self.wrong_empty,
        }
    }

    /// A week with more than usual: which, how many, and how many usually.
    #[must_use]
    pub fn sudden_week(&self) -> Phrase {
        match language() {
            Language::Finnish => {
                Phrase("{} alkavalla viikolla oli {} asiakaskohtaista tapaamista, tavallisesti {}.")
            }
            Language::Swedish => Phrase("Veckan från {} hölls {} klientspecifika möten, vanligen {}."),
            Language::English => {
                Phrase("In the week of {} there were {} client-specific meetings, usually {}.")
            }
        }
    }

    /// What was written down late: so many of so many.
    #[must_use]
    pub fn sudden_late(&self) -> Phrase {
        match language() {
            Language::Finnish => Phrase("Yli viikon myöhässä kirjattu: {} / {} tapaamista."),
            Language::Swedish => Phrase("Antecknade över en vecka för sent: {} av {} möten."),
            Language::English => Phrase("Written down more than a week late: {} of {} meetings."),
        }
    }

    /// A line and what is wrong with it.
    #[must_use]
    pub fn at_line(&self) -> Phrase {
        match language() {
            Language::Finnish => Phrase("Rivi {}: {}."),
            Language::Swedish => Phrase("Rad {}: {}."),
            Language::English => Phrase("Line {}: {}."),
        }
    }
}

/// The words of the page's language.
#[must_use]
pub fn rule_words() -> &'static RuleWords {
    rule_words_in(language())
}

/// The words of a language.
#[must_use]
pub fn rule_words_in(language: Language) -> &'static RuleWords {
    match language {
        Language::Finnish => &FI,
        Language::Swedish => &SV,
        Language::English => &EN,
    }
}
