//! Help for plans and for what a client gets to take along.

use super::HelpPage;
use crate::plans::plan_words;

/// The pages. A language without one of them does not compile.
pub struct PlanHelp {
    pub plans: HelpPage,
    pub copy: HelpPage,
}

/// Finnish, the original.
pub(super) static FI: PlanHelp = PlanHelp {
    plans: HelpPage {
        title: "Tee suunnitelma verkostotapaamisessa",
        what: "Kirjaatte yhdelle sivulle, mitä sovittiin ja kuka tekee mitä. Asiakas saa siitä oman kopion.",
        steps: |t| {
            let w = plan_words();
            vec![
                format!("Avaa asiakkaan sivu, ja paina ”{}”.", w.new),
                format!(
                    "Kohdassa ”{}” on se, mikä jäi viimeksi tekemättä. Rastitettu siirtyy mukaan.",
                    w.before
                ),
                format!("Kirjoita lyhyesti kohdat ”{}” ja ”{}”.", w.wishes, w.agreed),
                format!(
                    "Lisää tehtävät kohtaan ”{}”: mitä, kuka, mihin mennessä. Jos rivit loppuvat, paina ”{}”.",
                    w.actions, w.more_rows
                ),
                format!("Paina ”{}”. Tulosta paperi asiakkaan kielellä.", t.save),
                format!("Kun jokin on tehty, paina suunnitelmassa ”{}”.", w.done),
            ]
        },
        trouble: &[
            (
                "Jokin meni väärin",
                "Korjaa suunnitelmaa. Se, mitä siinä luki ennen, jää näkyviin sivun loppuun.",
            ),
            (
                "Tekijä ei ole enää töissä täällä",
                "Tehtävän alla on lomake. Valitse uusi tekijä, ja paina ”Anna tehtävä”.",
            ),
            ("Suunnitelma on turha", "Paina sivun lopussa ”Kumoa suunnitelma”. Voit palauttaa sen."),
        ],
    },
    copy: HelpPage {
        title: "Anna asiakkaalle kooste",
        what: "Asiakas saa selkokielisen paperin siitä, mitä hänen kanssaan on sovittu.",
        steps: |_| {
            let w = plan_words();
            vec![
                format!("Paina asiakkaan sivulla ”{}”.", w.copy_give),
                format!(
                    "Valitse ”{}”, ja kirjoita ”{}”. Paina ”{}”.",
                    w.copy_language, w.copy_reach, w.copy_show
                ),
                "Lukekaa yhdessä. Jos jokin on väärin, korjaa se asiakkaan sivulla.".to_owned(),
                "Tulosta PDF, ja anna se asiakkaalle. Antamisesta jää merkintä käyttölokiin.".to_owned(),
            ]
        },
        trouble: &[(
            "Paperista puuttuu jotain",
            "Muistiinpanot ja työpaikkojen vertailut eivät tule paperille. Muu tulee, kun se on kirjattu.",
        )],
    },
};

/// Swedish.
pub(super) static SV: PlanHelp = PlanHelp {
    plans: HelpPage {
        title: "Gör en plan på nätverksmötet",
        what: "Ni skriver på en sida vad som överenskoms och vem som gör vad. Klienten får en egen kopia.",
        steps: |t| {
            let w = plan_words();
            vec![
                format!("Öppna klientens sida och tryck på ”{}”.", w.new),
                format!("Under ”{}” står det som blev ogjort. Det som är ikryssat följer med.", w.before),
                format!("Skriv kort i ”{}” och ”{}”.", w.wishes, w.agreed),
                format!(
                    "Lägg till uppgifter under ”{}”: vad, vem, senast när. Om raderna tar slut, tryck på ”{}”.",
                    w.actions, w.more_rows
                ),
                format!("Tryck på ”{}”. Skriv ut pappret på klientens språk.", t.save),
                format!("När något är gjort, tryck på ”{}” i planen.", w.done),
            ]
        },
        trouble: &[
            ("Något blev fel", "Rätta planen. Det som stod där förut finns kvar i slutet av sidan."),
            (
                "Personen arbetar inte längre här",
                "Under uppgiften finns ett formulär. Välj någon annan och tryck på ”Ge uppgiften”.",
            ),
            ("Planen behövs inte", "Tryck på ”Ta tillbaka planen” i slutet av sidan. Du kan återställa den."),
        ],
    },
    copy: HelpPage {
        title: "Ge klienten en sammanfattning",
        what: "Klienten får ett papper på lätt språk om det som är överenskommet.",
        steps: |_| {
            let w = plan_words();
            vec![
                format!("Tryck på ”{}” på klientens sida.", w.copy_give),
                format!(
                    "Välj ”{}” och skriv ”{}”. Tryck på ”{}”.",
                    w.copy_language, w.copy_reach, w.copy_show
                ),
                "Läs tillsammans. Om något är fel, rätta det på klientens sida.".to_owned(),
                "Skriv ut PDF:en och ge den till klienten. Det antecknas i användningsloggen.".to_owned(),
            ]
        },
        trouble: &[(
            "Något saknas på pappret",
            "Anteckningar och jämförelser av arbetsplatser kommer inte med. Annat kommer med när det är antecknat.",
        )],
    },
};

/// English.
pub(super) static EN: PlanHelp = PlanHelp {
    plans: HelpPage {
        title: "Make a plan at a network meeting",
        what: "You write on one page what was agreed and who does what. The client gets a copy.",
        steps: |t| {
            let w = plan_words();
            vec![
                format!("Open the client’s page, and press “{}”.", w.new),
                format!("“{}” holds what was left to do. What is ticked moves along.", w.before),
                format!("Write briefly under “{}” and “{}”.", w.wishes, w.agreed),
                format!(
                    "Add actions under “{}”: what, who, by when. When the rows run out, press “{}”.",
                    w.actions, w.more_rows
                ),
                format!("Press “{}”. Print the paper in the client’s language.", t.save),
                format!("When something is done, press “{}” on the plan.", w.done),
            ]
        },
        trouble: &[
            ("Something went wrong", "Correct the plan. What it said before stays at the end of its page."),
            (
                "The person no longer works here",
                "Below the action is a form. Choose somebody else, and press “Give the action”.",
            ),
            (
                "The plan is not needed",
                "Press “Take the plan back” at the end of the page. You can bring it back.",
            ),
        ],
    },
    copy: HelpPage {
        title: "Give the client a summary",
        what: "The client gets a paper in plain language about what was agreed.",
        steps: |_| {
            let w = plan_words();
            vec![
                format!("Press “{}” on the client’s page.", w.copy_give),
                format!(
                    "Choose “{}”, and write “{}”. Press “{}”.",
                    w.copy_language, w.copy_reach, w.copy_show
                ),
                "Read it together. If something is wrong, put it right on the client’s page.".to_owned(),
                "Print the PDF, and give it to the client. That is noted in the use log.".to_owned(),
            ]
        },
        trouble: &[(
            "Something is missing on the paper",
            "Notes and comparisons of workplaces never get there. Everything else does once it is noted.",
        )],
    },
};
