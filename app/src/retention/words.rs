//! The words of retention, in three languages.

use crate::i18n::{catalogue, language};
use backend::retention::WhyNot;
use domain::codes::{Language, RecordKind, TermStart};
use domain::retention::{Stage, Term};

catalogue! {
    RetentionWords;
    title: "Säilytysajat ja hävittäminen", "Förvaringstider och förstöring", "Retention and erasing";
    lead: "Asiakkaan tiedot hävitetään, kun säilytysaika on kulunut asiakkuuden päättymisestä. Mitään ei hävitetä itsestään: yksi henkilö ehdottaa ja toinen vapauttaa.", "Klientens uppgifter förstörs när förvaringstiden har gått ut efter att klientrelationen avslutades. Inget förstörs av sig självt: en person föreslår och en annan frisläpper.", "A client’s records are erased when the retention time has passed since closing. Nothing is erased by itself: one person proposes, another releases.";
    rules: "Säilytysajat", "Förvaringstider", "Retention times";
    rules_lead: "Kellot käyvät asiakkuuden päättymisestä ja pysähtyvät, jos asiakkuus avataan uudelleen. Koko asiakas hävitetään vasta, kun jokaisen osan aika on kulunut.", "Tiden räknas från att klientrelationen avslutades och stannar om den öppnas igen. Hela klienten förstörs först när tiden för varje del har gått ut.", "The clock runs from closing and stops when the client is opened again. The whole client goes only when the time of every part has passed.";
    due_now: "Hävitettävissä nyt", "Kan förstöras nu", "Due now";
    due_none: "Yhdenkään tiedon säilytysaika ei ole kulunut umpeen.", "Ingen förvaringstid har gått ut.", "No retention time has passed.";
    due_none_unit: "Yksikössä ei ole mitään hävitettävää tänään.", "Enheten har inget att förstöra i dag.", "Nothing of this unit is due today.";
    proposals: "Odottavat ehdotukset", "Väntande förslag", "Proposals that wait";
    proposals_none: "Yksikään ehdotus ei odota.", "Inga förslag väntar.", "No proposal waits.";
    past: "Aiemmat", "Tidigare", "Earlier";
    dry_run: "Koeajo", "Provkörning", "Dry run";
    dry_run_lead: "Tämä kertoo, mitä hävitettäisiin. Mitään ei ole vielä hävitetty.", "Här står vad som skulle förstöras. Inget har förstörts ännu.", "This says what would be erased. Nothing has been erased yet.";
    numbers_only: "Näet vain luvut. Yksikön tiiminvetäjä näkee, keitä ne koskevat.", "Du ser bara antalen. Enhetens teamledare ser vem de gäller.", "You see numbers only. The unit’s team lead sees whom they concern.";
    only_first: "Ehdotukseen tulee ensimmäiset {}. Loput voi ehdottaa sen jälkeen.", "Förslaget tar med de första {}. Resten kan föreslås därefter.", "The proposal takes the first {}. The rest can be proposed after it.";
    propose: "Ehdota hävitettäväksi", "Föreslå att förstöra", "Propose erasing";
    propose_lead: "Ehdotus ei hävitä mitään. Toisen henkilön on vapautettava se 30 päivän kuluessa.", "Förslaget förstör inget. En annan person måste frisläppa det inom 30 dagar.", "A proposal erases nothing. Another person has to release it within 30 days.";
    changed: "Lista on muuttunut sen jälkeen, kun avasit sivun. Tarkista se ja ehdota uudelleen.", "Listan har ändrats sedan du öppnade sidan. Granska den och föreslå igen.", "The list has changed since you opened the page. Look at it and propose again.";
    records: "Tiedot", "Uppgifter", "Records";
    who: "Peitenimi tai tiimi", "Alias eller team", "Alias or team";
    what: "Mitä", "Vad", "What";
    ended: "Päättynyt", "Avslutad", "Ended";
    number: "Määrä", "Antal", "Number";
    proposal: "Hävitysehdotus", "Förslag att förstöra", "Proposal to erase";
    proposed: "Ehdotti", "Föreslog", "Proposed by";
    released: "Vapautti", "Frisläppte", "Released by";
    withdrawn: "Perui", "Återtog", "Taken back by";
    done_on: "Valmis", "Klart", "Done";
    on_list: "Listalla", "På listan", "On the list";
    erased: "Hävitetty", "Förstört", "Erased";
    reopened: "Jätetty pois, koska asiakkuus avattiin uudelleen: {}", "Utelämnat för att klientrelationen öppnades igen: {}", "Left out because it was opened again: {}";
    other_left: "Jätetty pois, koska säilytysaika ei enää ollut kulunut tai tiedot olivat jo poissa: {}", "Utelämnat för att förvaringstiden inte längre hade gått ut eller uppgifterna redan var borta: {}", "Left out because it was no longer due or was gone already: {}";
    own: "Ehdotit tämän itse. Toisen henkilön on vapautettava se viimeistään {}.", "Du föreslog detta själv. En annan person måste frisläppa det senast {}.", "You proposed this yourself. Another person has to release it by {}.";
    release: "Vapauta ja hävitä", "Frisläpp och förstör", "Release and erase";
    release_what: "Listalla olevat tiedot hävitetään heti: nimet, muistiinpanot, tapaamiset ja kaikki muu, mikä listalla mainitaan. Työnantajakäynnit jäävät lukuihin ilman asiakasta ja ilman sanoja. Tätä ei voi perua.", "Uppgifterna på listan förstörs genast: namn, anteckningar, möten och allt annat som listan nämner. Arbetsgivarbesöken blir kvar i siffrorna utan klient och utan ord. Detta kan inte ångras.", "What is on the list is erased at once: names, notes, meetings and everything else that the list names. Visits to employers stay in the figures, without the client and without words. This cannot be undone.";
    backups: "Varmuuskopioista tiedot poistuvat, kun niiden oma säilytysaika päättyy.", "Ur säkerhetskopiorna försvinner uppgifterna när deras egen förvaringstid tar slut.", "They leave the backups when those reach the end of their own time.";
    withdraw: "Peru ehdotus", "Återta förslaget", "Take the proposal back";
    unfinished: "Hävittäminen on kesken. Jatka, niin loput hävitetään ja tietokannan tiedostot puhdistetaan.", "Förstöringen är inte klar. Fortsätt, så förstörs resten och databasens filer rensas.", "Erasing is not finished. Go on: the rest is erased and the files of the database are swept.";
    go_on: "Jatka hävittämistä", "Fortsätt förstöringen", "Go on erasing";
    s_proposed: "Odottaa vapauttajaa", "Väntar på frisläppning", "Waits for release";
    s_lapsed: "Vanhentunut", "Förfallet", "Lapsed";
    s_withdrawn: "Peruttu", "Återtaget", "Taken back";
    s_released: "Kesken", "Pågår", "Under way";
    s_done: "Hävitetty", "Förstört", "Erased";
    no_own: "Et voi vapauttaa omaa ehdotustasi. Pyydä toista henkilöä.", "Du kan inte frisläppa ditt eget förslag. Be en annan person.", "You cannot release your own proposal. Ask another person.";
    no_open: "Ehdotus ei enää odota: se on peruttu, vanhentunut tai jo hävitetty.", "Förslaget väntar inte längre: det är återtaget, har förfallit eller är redan utfört.", "The proposal waits no longer: it was taken back, has lapsed, or is done.";
    no_changed: "Lista ei ole se, jonka näit. Tarkista se uudelleen.", "Listan är inte den som du såg. Granska den igen.", "The list is not the one you saw. Look at it again.";
    k_client: "Koko asiakas", "Hela klienten", "The whole client";
    k_writings: "Muistiinpanot, tapaamiset ja yhteydenotot", "Anteckningar, möten och kontaktförsök", "Notes, meetings and attempts";
    k_profile: "Ammatillinen profiili", "Yrkesprofil", "Vocational profile";
    k_trust: "Suostumukset ja mitä työnantajalle kerrotaan", "Samtycken och vad som berättas för arbetsgivaren", "Consents and what is told to employers";
    k_visits: "Työnantajakäyntien sanat ja asiakas", "Arbetsgivarbesökens ord och klient", "Words and client of visits to employers";
    k_memo: "Lähetteet ja tiimipalaverien merkinnät ilman asiakkuutta", "Remisser och teamsamtal utan klientrelation", "Memos and team talk that never became a client";
    from_closing: "päättymisestä", "från avslutandet", "from closing";
    from_birth: "syntymävuodesta", "från födelseåret", "from the year of birth";
    one_year: "1 vuosi", "1 år", "1 year";
    many_years: "{} vuotta", "{} år", "{} years";
    term: "Säilytysaika", "Förvaringstid", "Retention time";
    source: "Peruste", "Grund", "Ground";
    source_hint: "Laki ja pykälä tai päätös ja sen tekijä.", "Lag och paragraf eller beslut och beslutsfattare.", "The law and its section, or the decision and who made it.";
    years: "Vuotta", "År", "Years";
    start: "Mistä lasketaan", "Räknas från", "Counted from";
    birth_hint: "Syntymävuodesta laskettu aika ei pääty ennen asiakkuuden päättymistä. Jos syntymävuotta ei tiedetä, tietoja ei hävitetä.", "Tid från födelseåret slutar inte före klientrelationen. Om födelseåret är okänt förstörs inget.", "A time from the year of birth never ends before closing. Where the year is not known, nothing is erased.";
    set: "Asetettu", "Fastställd", "Set";
    suggested: "Ehdotus, jota kukaan ei ole vahvistanut", "Förslag som ingen har bekräftat", "Suggested, confirmed by nobody";
    change: "Muuta", "Ändra", "Change";
    before: "Aiemmin", "Tidigare", "Before";
    saved: "Säilytysaika on tallennettu.", "Förvaringstiden är sparad.", "The retention time is saved.";
    gone_title: "Tiedot on hävitetty", "Uppgifterna har förstörts", "This was erased";
    gone: "Tiedot, joita kirjaus koskee, on hävitetty säilytysajan päätyttyä. Kirjausta ei tallennettu.", "Uppgifterna som anteckningen gäller förstördes när förvaringstiden tog slut. Anteckningen sparades inte.", "What the entry is about was erased when its retention time ended. The entry was not kept.";
}

/// The words of a language.
#[must_use]
pub fn retention_words_in(language: Language) -> &'static RetentionWords {
    match language {
        Language::Finnish => &FI,
        Language::Swedish => &SV,
        Language::English => &EN,
    }
}

/// The words of the page's language.
pub(crate) fn retention_words() -> &'static RetentionWords {
    retention_words_in(language())
}

impl RetentionWords {
    /// A kind of record.
    #[must_use]
    pub fn kind(&self, kind: RecordKind) -> &'static str {
        match kind {
            RecordKind::Client => self.k_client,
            RecordKind::Writings => self.k_writings,
            RecordKind::Profile => self.k_profile,
            RecordKind::Trust => self.k_trust,
            RecordKind::Visits => self.k_visits,
            RecordKind::Memo => self.k_memo,
        }
    }

    /// From when a term counts.
    #[must_use]
    pub fn start(&self, start: TermStart) -> &'static str {
        match start {
            TermStart::Closing => self.from_closing,
            TermStart::Birth => self.from_birth,
        }
    }

    /// How long, and from when.
    #[must_use]
    pub fn term(&self, term: Term) -> String {
        let years = match term.years {
            1 => self.one_year.to_owned(),
            many => self.many_years.replace("{}", &many.to_string()),
        };
        format!("{years} {}", self.start(term.start))
    }

    /// How a proposal stands.
    #[must_use]
    pub fn stage(&self, stage: Stage) -> &'static str {
        match stage {
            Stage::Proposed => self.s_proposed,
            Stage::Lapsed => self.s_lapsed,
            Stage::Withdrawn => self.s_withdrawn,
            Stage::Released => self.s_released,
            Stage::Done => self.s_done,
        }
    }

    /// Why it was not released; a wrong password is said beside its field.
    #[must_use]
    pub fn why_not(&self, why: WhyNot) -> Option<&'static str> {
        match why {
            WhyNot::Own => Some(self.no_own),
            WhyNot::NotOpen => Some(self.no_open),
            WhyNot::Changed => Some(self.no_changed),
            WhyNot::Password => None,
        }
    }
}
