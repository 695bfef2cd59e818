//! English.

use super::{Help, HelpPage};
use crate::card::card_words;
use crate::devices::device_words;
use crate::lists::list_words;
use crate::search::search_words;

/// The pages.
pub(super) static HELP: Help = Help {
    log_a_visit: HelpPage {
        title: "Log a visit",
        what: "You log a visit to an employer on the phone, right outside the door.",
        steps: |t| {
            vec![
                format!("Press “{}”.", t.nav_log),
                format!("Choose the employer in the list, or type the name into “{}”.", t.employer_search),
                "Change what is not right. The rest is filled in. Words can be added later.".to_owned(),
                format!("Press “{}”.", t.visit_save),
            ]
        },
        trouble: &[
            ("The employer is not in the list", "Add it by its name. You can complete it later."),
            ("Something is missing", "Save all the same. Rinnalla asks for it on Today."),
            ("The entry was left half done", "Open the form again. It is kept for two weeks."),
        ],
    },
    offline: HelpPage {
        title: "Without a network, and when the phone changes",
        what: "You log a visit where there is no network, and know what to do when a phone is changed or lost.",
        steps: |t| {
            let (w, card) = (device_words(), card_words());
            vec![
                t.install_android.to_owned(),
                t.install_iphone.to_owned(),
                format!(
                    "Open Rinnalla by its new icon while there is a network. Sign in, and press “{}” once. When the \
                     form has opened, the phone is ready.",
                    t.nav_log
                ),
                format!(
                    "Before you leave: open “{}” on the page Today, think of a number of six digits and press “{}”. Without a \
                     network the same number opens the card.",
                    card.title, card.take
                ),
                format!(
                    "Without a network, press “{}” in the same way. Search finds the employers of the register.",
                    t.nav_log
                ),
                format!(
                    "You can choose a client only when the network is back. Save without one, and add the client \
                     later: open the visit and press “{}”.",
                    t.amend
                ),
                format!(
                    "Press “{}”. When you see “{}”, the entry is sealed with the organisation’s key and kept. \
                     Nobody can read it on the phone, not even you.",
                    t.visit_save,
                    t.visit_on_phone.of("…")
                ),
                "If the network goes while the form of a meeting, an attempt or a support is open, save as you always \
                 do: the entry is sealed on the phone. So are the scores of an assessment."
                    .to_owned(),
                "The entry goes by itself when there is a network and Rinnalla is open. It goes under your name, also \
                 when your sign-in has ended or somebody else uses the phone."
                    .to_owned(),
                format!(
                    "Under More, open “{}”, or press “{}” at the end of a page. It says what waits, what the server \
                     has, what is in the server’s backup and what needs you.",
                    t.sync_title, t.outbox_look
                ),
                "“All sent” stands there only when the server has confirmed each entry.".to_owned(),
                "An entry stays on the phone until it is in the backup and a week has passed. So it is not lost, even \
                 if the server is restored from the backup."
                    .to_owned(),
                format!("Under More, open “{}”, write a name for the phone and press “{}”.", t.devices, w.rename),
                format!(
                    "When you change phones, wait until the old one says “All sent”. Make the new one ready in the \
                     same way, and press “{}” beside the old one.",
                    w.end
                ),
            ]
        },
        trouble: &[
            (
                "On the iPhone, Rinnalla is only in a Safari tab",
                "Safari may forget what is kept in the tab when you don’t use Rinnalla for 7 days. Add Rinnalla to the Home Screen and sign in there.",
            ),
            (
                "It says that the phone can’t keep anything",
                "Don’t close the page before the entry has gone. Nobody is signed in on the phone, or its memory is full.",
            ),
            (
                "The entry was left half done",
                "It is kept on the phone about a second after your last change. It is in the form again when the network is back.",
            ),
            (
                "An entry needs me",
                "It is on the server, but could not be carried out. Read why under What is being sent. If there is “Mend”, press it.",
            ),
            (
                "I am going to clear the browser’s data",
                "Don’t clear them and don’t remove Rinnalla while something waits: what waits would be lost. Under What is being sent you can save a sealed copy to a file. Only the organisation’s key opens that, too, and anybody who is signed in can bring it on the page Phones.",
            ),
            (
                "The phone is lost",
                "Open Phones on another device and press “End the credential”. What comes from the phone after that waits until you press “I wrote this”. End the phone’s sign-in under More, too.",
            ),
            (
                "A colleague’s phone is lost",
                "On the page Phones, the team lead sees the team’s phones and how many entries of each have not arrived. The team lead can end a phone’s credential, too.",
            ),
        ],
    },
    mend_a_visit: HelpPage {
        title: "Mend or undo a visit",
        what: "You change your own entry; the earlier one stays visible beside it.",
        steps: |t| {
            vec![
                "Open the employer’s page and find the visit.".to_owned(),
                format!("Press “{}”, change it, and press “{}”.", t.amend, t.amend_save),
                format!("If there was no visit, press “{}”. You can bring it back.", t.visit_take_back),
            ]
        },
        trouble: &[
            ("There is no such button", "Only the person who logged a visit can change it."),
            (
                "The visit was changed meanwhile",
                "Open the visit again. You see the latest entry and can change that.",
            ),
        ],
    },
    find_an_employer: HelpPage {
        title: "Find an employer",
        what: "You find an employer by name, place, or how long it has been silent.",
        steps: |t| {
            vec![
                format!(
                    "Open “{}” and type a part of the name. Dots and one slip don’t matter.",
                    t.nav_employers
                ),
                format!("Narrow it down by municipality, or choose “{}”.", t.employers_mine),
                format!("Other filters and the order are under “{}”.", t.employers_filter),
                format!("The day’s visits by place are under “{}”.", t.employers_route),
            ]
        },
        trouble: &[("The same employer is there twice", "Open one and merge them. Nothing gets lost.")],
    },
    search: HelpPage {
        title: "Search everything",
        what: "You find a client, an employer, a note, a visit or a next step with one search.",
        steps: |t| {
            let w = search_words();
            vec![
                format!(
                    "Press “{}”. On a phone it is at the end of every page, on a computer at the side.",
                    t.search
                ),
                "Type a name, a place or a word. A client is found by name or alias.".to_owned(),
                format!("Press “{}”. Every word must be found; the order does not matter.", t.search),
                format!("Where there are many notes, go on with “{}”.", w.older),
            ]
        },
        trouble: &[
            ("The client is not found", "You find only clients whom you may see. Try the alias, too."),
            ("Too much is found", "Add a word, such as a place."),
            ("The page asks to search again", "A search is kept only while you are signed in. Search again."),
        ],
    },
    next_steps: HelpPage {
        title: "Next steps",
        what: "What you promised waits on Today, on the right day.",
        steps: |t| {
            vec![
                format!("Write “{}” and a day into the visit.", t.visit_next_step),
                format!("When it is done, press “{}”.", t.done),
                format!("If the day does not suit, press “{}” and choose another.", t.move_step),
            ]
        },
        trouble: &[(
            "A step is gone",
            "You have logged a new visit to the employer. It replaces the old step.",
        )],
    },
    hand_over: HelpPage {
        title: "Hand an employer over",
        what: "A colleague gets the employer and its open steps.",
        steps: |t| {
            vec![
                "Open the employer’s page.".to_owned(),
                format!("Press “{}” and choose a colleague.", t.hand_over),
                "Write a few words if you like. The colleague sees them on the employer’s page.".to_owned(),
            ]
        },
        trouble: &[("It was the wrong colleague", "Undo it at once. The steps come back to you.")],
    },
    do_not_contact: HelpPage {
        title: "Do not contact",
        what: "You mark an employer who does not want to be contacted, and why.",
        steps: |t| {
            vec![
                "Open the employer’s page.".to_owned(),
                format!("Press “{}”.", t.do_not_contact),
                "Write the reason, and choose a day if it ends. Don’t write a client’s name.".to_owned(),
            ]
        },
        trouble: &[("I went there all the same", "Log the visit as always. The mark does not stop it.")],
    },
    merge: HelpPage {
        title: "Merge two employers",
        what: "An employer that is there twice becomes one; visits and contact persons stay.",
        steps: |_| {
            vec![
                "Open the employer that stays.".to_owned(),
                "Choose to merge, and then the other employer.".to_owned(),
                "Choose for each fact which one is right. Save.".to_owned(),
            ]
        },
        trouble: &[(
            "They were two employers after all",
            "You can part them at any time. Everything is as it was.",
        )],
    },
    lists: HelpPage {
        title: "Take employers from a list",
        what: "A team lead takes employers from a spreadsheet or from the business register.",
        steps: |t| {
            let w = list_words();
            vec![
                format!(
                    "Open “{}” and “{}”. Press “{}”.",
                    t.nav_employers, t.employers_filters_title, w.title
                ),
                format!("Choose a file and press “{}”.", w.take),
                format!("Check which column is what and press “{}”.", w.to_rows),
                "Settle the rows whose name is almost the same as one in the register.".to_owned(),
                "Write the list into the register. You can undo all of it.".to_owned(),
            ]
        },
        trouble: &[
            (
                "A row stands under “Can’t be taken”",
                "Beside the row it says what is wrong. Mend it in the file and read the file again.",
            ),
            (
                "The file can’t be read",
                "Open it in a spreadsheet and save it as XLSX or CSV without a password.",
            ),
        ],
    },
    sign_in: HelpPage {
        title: "Sign in",
        what: "You sign in with your user name and password.",
        steps: |t| {
            vec![
                "First you get a link from the team lead. It works once, for 7 days.".to_owned(),
                "Choose a password: at least 12 characters, such as a few words in a row.".to_owned(),
                format!("Type your user name and password, and press “{}”.", t.sign_in),
            ]
        },
        trouble: &[
            ("The password is lost", "Ask your administrator for a new link."),
            ("Even the right password does not work", "There were too many tries. Wait 15 minutes."),
            ("The phone is lost", "Sign in on another device. End the lost one’s sign-in under More."),
        ],
    },
    who_sees_what: HelpPage {
        title: "Who sees what",
        what: "Only those who need clients’ data in their work see them.",
        steps: |_| {
            vec![
                "Employers are shared by all units. So no client’s name is written there.".to_owned(),
                "Only the own unit sees the words of a visit for a client.".to_owned(),
                "An administrator sees no clients’ data.".to_owned(),
                "Each reading and change is noted in a log. The log cannot be changed.".to_owned(),
            ]
        },
        trouble: &[("I wrote a name in the wrong place", "Amend the entry at once and tell the team lead.")],
    },
    accessibility: HelpPage {
        title: "Keyboard, text size and colours",
        what: "Rinnalla follows the settings of your phone and browser.",
        steps: |t| {
            vec![
                "Make text larger in the device’s settings, or zoom. Nothing is hidden.".to_owned(),
                "Dark mode, high contrast and less motion come from the device.".to_owned(),
                format!("The keyboard reaches everything. Each page begins with “{}”.", t.skip_link),
                "You can dictate into every text field with the phone’s own microphone.".to_owned(),
            ]
        },
        trouble: &[],
    },
    clients: &super::clients::EN,
    plans: &super::plans::EN,
    work: &super::work::EN,
    groups: ["Employers and visits", "Clients", "For leads and administrators", "For everybody"],
};
