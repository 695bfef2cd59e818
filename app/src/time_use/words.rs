//! The words of a week's time, in three languages.

use crate::i18n::language;
use crate::i18n::words::Phrase;
use domain::codes::Language;
use domain::time_use::TimeOfWeek;

/// The words.
#[expect(missing_docs, reason = "the Finnish catalogue says what each means")]
#[derive(Debug)]
pub struct TimeWords {
    pub title: &'static str,
    pub week_of: Phrase,
    pub before: &'static str,
    pub after: &'static str,
    pub written: &'static str,
    pub not_written: &'static str,
    pub f_week: &'static str,
    pub f_worked: &'static str,
    pub h_worked: &'static str,
    pub f_service: &'static str,
    pub h_service: &'static str,
    pub f_out: &'static str,
    pub h_out: &'static str,
    pub save: &'static str,
    pub saved: &'static str,
    pub logged: &'static str,
    pub logged_hint: &'static str,
    pub nothing_logged: &'static str,
    pub what: &'static str,
    pub out: &'static str,
    pub inside: &'static str,
    pub visits: &'static str,
    pub supports: &'static str,
    pub clients: &'static str,
    pub meetings: &'static str,
    pub said: Phrase,
    pub said_off: &'static str,
    pub said_none: &'static str,
    pub rules_title: &'static str,
    pub rules: &'static str,
}

impl TimeWords {
    /// The name of a field.
    #[must_use]
    pub fn field(&self, name: &str) -> &'static str {
        match name {
            "week" => self.f_week,
            "worked" => self.f_worked,
            "service" => self.f_service,
            _ => self.f_out,
        }
    }

    /// What a week went to, in a line.
    #[must_use]
    pub fn said(&self, time: Option<&TimeOfWeek>) -> String {
        match time {
            None => self.said_none.to_owned(),
            Some(time) if time.all() == 0 => self.said_off.to_owned(),
            Some(time) => {
                let out = (100 * time.community + time.all() / 2) / time.all();
                self.said.say(&[&time.shares()[0].to_string(), &out.to_string()])
            }
        }
    }
}

/// The words of the page's language.
#[must_use]
pub fn time_words() -> &'static TimeWords {
    time_words_in(language())
}

/// The words of a language.
#[must_use]
pub fn time_words_in(language: Language) -> &'static TimeWords {
    match language {
        Language::Finnish => &FI,
        Language::Swedish => &SV,
        Language::English => &EN,
    }
}

/// Finnish, the original.
static FI: TimeWords = TimeWords {
    title: "Ajankäyttö",
    week_of: Phrase("Viikko {}–{}"),
    before: "Edellinen viikko",
    after: "Seuraava viikko",
    written: "Viikko on kirjattu. Voit vielä korjata sitä.",
    not_written: "Viikkoa ei ole vielä kirjattu. Liukusäätimet ovat siinä, mistä kirjaukset ja edellinen viikko antavat aloittaa.",
    f_week: "Viikko",
    f_worked: "Työaika viikolla, tuntia",
    h_worked: "Loma ja sairausloma eivät ole työaikaa. Jos olit poissa koko viikon, kirjoita 0.",
    f_service: "Työhönvalmennusta",
    h_service: "Osuus työajasta. Kaikki muu työ jää loppuosaan.",
    f_out: "Siitä toimiston ulkopuolella",
    h_out: "Osuus työhönvalmennuksesta, matkat mukaan lukien.",
    save: "Tallenna viikko",
    saved: "Viikko on tallennettu.",
    logged: "Kirjauksista tiedetään",
    logged_hint: "Sisällä on toimistolla tai etänä. Matkat ja kirjaukset ilman minuutteja puuttuvat näistä.",
    nothing_logged: "Viikolla ei ole kirjauksia, joissa on minuutteja.",
    what: "Mitä",
    out: "Ulkona",
    inside: "Sisällä",
    visits: "Työnantajakäynnit",
    supports: "Tuki työn aikana",
    clients: "Asiakastapaamiset",
    meetings: "Palaverit",
    said: Phrase("{} % työhönvalmennusta, {} % työajasta toimiston ulkopuolella"),
    said_off: "Ei työssä tällä viikolla",
    said_none: "Ei kirjattu tältä viikolta",
    rules_title: "Mihin lukuja käytetään",
    rules: "Laatukriteerit kysyvät, kuinka suuri osa työajasta on työhönvalmennusta ja kuinka suuri osa tehdään toimiston ulkopuolella. Luvut lasketaan kahdeksan viimeisen täyden viikon kirjauksista. Korjattu viikko pitää tallessa myös sen, mitä siinä luki ennen.",
};

/// Swedish.
static SV: TimeWords = TimeWords {
    title: "Tidsanvändning",
    week_of: Phrase("Vecka {}–{}"),
    before: "Föregående vecka",
    after: "Nästa vecka",
    written: "Veckan är antecknad. Du kan fortfarande rätta den.",
    not_written: "Veckan är inte antecknad än. Reglagen står där anteckningarna och förra veckan låter dem börja.",
    f_week: "Vecka",
    f_worked: "Arbetstid under veckan, timmar",
    h_worked: "Semester och sjukledighet är inte arbetstid. Skriv 0 om du var borta hela veckan.",
    f_service: "Arbetscoachning",
    h_service: "Andel av arbetstiden. Allt annat arbete blir resten.",
    f_out: "Av den utanför kontoret",
    h_out: "Andel av arbetscoachningen, resor medräknade.",
    save: "Spara veckan",
    saved: "Veckan är sparad.",
    logged: "Det här vet anteckningarna",
    logged_hint: "Inne är på kontoret eller på distans. Resor och anteckningar utan minuter saknas här.",
    nothing_logged: "Veckan har inga anteckningar med minuter.",
    what: "Vad",
    out: "Ute",
    inside: "Inne",
    visits: "Arbetsgivarbesök",
    supports: "Stöd under anställningen",
    clients: "Klientmöten",
    meetings: "Möten",
    said: Phrase("{} % arbetscoachning, {} % av arbetstiden utanför kontoret"),
    said_off: "Inte i arbete den här veckan",
    said_none: "Inte antecknat för veckan",
    rules_title: "Vad talen används till",
    rules: "Kvalitetskriterierna frågar hur stor del av arbetstiden som är arbetscoachning och hur stor del som görs utanför kontoret. Talen räknas ur de åtta senaste hela veckorna. När en vecka rättas bevaras också det som stod där förut.",
};

/// English.
static EN: TimeWords = TimeWords {
    title: "Time use",
    week_of: Phrase("Week {}–{}"),
    before: "The week before",
    after: "The week after",
    written: "The week is recorded. You can still correct it.",
    not_written: "The week is not recorded yet. The sliders stand where the records and the week before let them begin.",
    f_week: "Week",
    f_worked: "Working time in the week, hours",
    h_worked: "Leave and sick leave are not working time. Write 0 if you were away all week.",
    f_service: "Employment services",
    h_service: "Share of the working time. All other work is the rest.",
    f_out: "Of that, out of the office",
    h_out: "Share of the employment services, travel included.",
    save: "Save the week",
    saved: "The week is saved.",
    logged: "What the records know",
    logged_hint: "In is in the office or remotely. Travel, and records without minutes, are missing here.",
    nothing_logged: "The week has no records with minutes.",
    what: "What",
    out: "Out",
    inside: "In",
    visits: "Employer visits",
    supports: "Support at work",
    clients: "Client meetings",
    meetings: "Meetings",
    said: Phrase("{} % employment services, {} % of the working time out of the office"),
    said_off: "Not at work this week",
    said_none: "Not recorded for this week",
    rules_title: "What the numbers are for",
    rules: "The criteria ask how much of the working time is employment services, and how much is spent out of the office. The numbers come from the last eight full weeks. A corrected week also keeps what it said before.",
};
