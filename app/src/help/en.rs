//! English.

use super::{Help, HelpPage};
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
    without_network: HelpPage {
        title: "When the network is gone",
        what: "An entry does not get lost when the network breaks while you save.",
        steps: |t| {
            vec![
                format!("Press “{}” as always.", t.visit_save),
                "The end of the page says how many entries wait for the network.".to_owned(),
                "Keep Rinnalla open. The entry goes by itself when the network is back.".to_owned(),
            ]
        },
        trouble: &[
            (
                "I closed the page while an entry waited",
                "The browser warns first. Check the visit on the employer’s page.",
            ),
            ("The entry has to be mended", "The server could not take it. Open it and mend what is asked."),
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
