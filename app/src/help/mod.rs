//! Help: a page a task, in plain words. Buttons are named by the catalogue's own words, so that a page
//! never names one that is called otherwise. Desk pages, open to everybody: they hold nobody's data.

mod clients;
mod en;
mod fi;
mod plans;
mod sv;
mod work;

use crate::desk::Content;
use crate::i18n::{DeskWords, desk_words, language};
use crate::ui::Icon;
use domain::codes::Language;
use leptos::prelude::*;

/// What a page of help says.
pub struct HelpPage {
    /// The task, as the heading.
    pub title: &'static str,
    /// What it is for, in one sentence.
    pub what: &'static str,
    /// What to do, one thing after the other.
    pub steps: fn(&DeskWords) -> Vec<String>,
    /// What can go wrong, and what to do then.
    pub trouble: &'static [(&'static str, &'static str)],
}

/// Every page of help. A language without one of them does not compile.
#[expect(missing_docs, reason = "each is named as its task")]
pub struct Help {
    pub log_a_visit: HelpPage,
    pub offline: HelpPage,
    pub mend_a_visit: HelpPage,
    pub find_an_employer: HelpPage,
    pub search: HelpPage,
    pub next_steps: HelpPage,
    pub hand_over: HelpPage,
    pub do_not_contact: HelpPage,
    pub merge: HelpPage,
    pub lists: HelpPage,
    pub sign_in: HelpPage,
    pub who_sees_what: HelpPage,
    pub accessibility: HelpPage,
    pub clients: &'static clients::ClientHelp,
    pub plans: &'static plans::PlanHelp,
    pub work: &'static work::WorkHelp,
    /// What the groups of the list are called.
    pub groups: [&'static str; 4],
}

impl Help {
    /// The pages with the last part of their addresses, in groups, in the order of the list.
    #[must_use]
    pub fn grouped(&self) -> [(&'static str, Vec<(&'static str, &HelpPage)>); 4] {
        let [employers, clients, leading, everybody] = self.groups;
        let c = self.clients;
        [
            (
                employers,
                vec![
                    ("log-a-visit", &self.log_a_visit),
                    ("offline", &self.offline),
                    ("mend-a-visit", &self.mend_a_visit),
                    ("find-an-employer", &self.find_an_employer),
                    ("next-steps", &self.next_steps),
                    ("hand-over", &self.hand_over),
                    ("do-not-contact", &self.do_not_contact),
                    ("merge", &self.merge),
                    ("lists", &self.lists),
                ],
            ),
            (
                clients,
                vec![
                    ("refer", &c.refer),
                    ("take-up", &c.take_up),
                    ("team-meeting", &c.team_meeting),
                    ("clients", &c.clients),
                    ("way", &c.way),
                    ("what-is-told", &c.what_is_told),
                    ("consents", &c.consents),
                    ("glass", &c.glass),
                    ("opportunities", &self.work.opportunities),
                    ("matches", &self.work.matches),
                    ("jobs", &self.work.jobs),
                    ("support", &self.work.support),
                    ("advice", &self.work.advice),
                    ("calendar", &self.work.calendar),
                    ("time-use", &self.work.time_use),
                    ("plans", &self.plans.plans),
                    ("client-copy", &self.plans.copy),
                ],
            ),
            (
                leading,
                vec![
                    ("unit-week", &self.work.unit_week),
                    ("criteria", &self.work.criteria),
                    ("review", &self.work.review),
                    ("meetings", &self.work.meetings),
                    ("load", &c.load),
                    ("substitutes", &c.substitutes),
                    ("log-extract", &c.log_extract),
                    ("organisation", &c.organisation),
                    ("code-lists", &c.code_lists),
                    ("retention", &c.retention),
                ],
            ),
            (
                everybody,
                vec![
                    ("search", &self.search),
                    ("sign-in", &self.sign_in),
                    ("who-sees-what", &self.who_sees_what),
                    ("accessibility", &self.accessibility),
                ],
            ),
        ]
    }

    /// Every page with the last part of its address.
    pub fn pages(&self) -> impl Iterator<Item = (&'static str, &HelpPage)> {
        self.grouped().into_iter().flat_map(|(_, pages)| pages)
    }
}

/// The help of a language.
#[must_use]
pub fn help_in(language: Language) -> &'static Help {
    match language {
        Language::Finnish => &fi::HELP,
        Language::Swedish => &sv::HELP,
        Language::English => &en::HELP,
    }
}

/// The list of tasks.
#[must_use]
pub fn help_list() -> Content {
    let groups = help_in(language())
        .grouped()
        .into_iter()
        .map(|(name, pages)| {
            view! {
                <section class="card flush">
                    <div class="card-head">
                        <h2>{name}</h2>
                    </div>
                    <ul class="list">{pages.into_iter().map(row).collect_view()}</ul>
                </section>
            }
        })
        .collect_view();
    Content { title: desk_words().help.to_owned(), parent: None, body: groups.into_any() }
}

fn row((slug, page): (&'static str, &HelpPage)) -> AnyView {
    view! {
        <li>
            <a class="list-row" href=format!("/help/{slug}")>
                <span class="row-main">
                    <span class="row-title">{page.title}</span>
                    <span class="row-sub">{page.what}</span>
                </span>
                {Icon::ChevronRight.view()}
            </a>
        </li>
    }
    .into_any()
}

/// One task; nothing when there is none of that address.
#[must_use]
pub fn help_page(slug: &str) -> Option<Content> {
    let t = desk_words();
    let (_, page) = help_in(language()).pages().find(|(known, _)| *known == slug)?;
    let steps = (page.steps)(t).into_iter().map(|step| view! { <li>{step}</li> }).collect_view();
    let trouble = (!page.trouble.is_empty()).then(|| {
        let rows = page
            .trouble
            .iter()
            .map(|(what, then)| {
                view! {
                    <div>
                        <dt>{*what}</dt>
                        <dd>{*then}</dd>
                    </div>
                }
            })
            .collect_view();
        view! {
            <section class="card">
                <div class="card-head">
                    <h2>{t.help_trouble}</h2>
                </div>
                <dl class="definition">{rows}</dl>
            </section>
        }
    });
    Some(Content {
        title: page.title.to_owned(),
        parent: Some(("/help".to_owned(), t.help.to_owned())),
        body: view! {
            <p class="lead">{page.what}</p>
            <section class="card">
                <ol class="steps">{steps}</ol>
            </section>
            {trouble}
        }
        .into_any(),
    })
}
