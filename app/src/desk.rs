//! Desk pages: what is done at a table now and then. The server renders them whole; they are links
//! and plain form posts, have no browser code, and put none into what a phone loads. (A small script counts what waits
//! on this phone and keeps forms that the outbox carries; the forms of an employer have one that looks at words while
//! they are typed, a week's sliders one that says where they stand; all do without.) A link to
//! one from a page with browser code says `rel="external"`.

pub(crate) mod fields;
pub(crate) mod sheet;

use crate::app::{bar_items, demo_strip, foot, head, logo, way_to_search};
use crate::i18n::{language, speaking, words};
use crate::server::Assets;
use crate::ui::{Icon, failure_notice};
use domain::access::Me;
use domain::codes::{Code, Language};
use leptos::nonce::Nonce;
use leptos::prelude::*;

/// What a desk page is rendered with.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The language of the page.
    pub language: Language,
    /// Who reads it; nobody on the pages before signing in.
    pub me: Option<Me>,
    /// The address, without its question.
    pub path: String,
    /// The hashed files.
    pub assets: Assets,
    /// Lets the style sheet load.
    pub nonce: String,
}

/// A short word after something was done, with a way back where there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// What was done.
    pub text: String,
    /// Where a form post takes it back.
    pub undo: Option<String>,
}

/// What is on a desk page.
pub struct Content {
    /// The heading, and the document's title.
    pub title: String,
    /// The page that it belongs to: address and name.
    pub parent: Option<(String, String)>,
    /// What stands below the heading.
    pub body: AnyView,
}

impl Desk {
    /// A page inside the frame. `content` is called where the words of the language are known.
    pub fn page(&self, content: impl FnOnce() -> Content) -> String {
        self.document(|| {
            let Content { title, parent, body } = content();
            let back = parent.map(|(to, name)| {
                view! {
                    <p class="page-kicker">
                        <a href=to>{Icon::ChevronLeft.view()} {name}</a>
                    </p>
                }
            });
            let heading = title.clone();
            let content = view! {
                <div class="page-head">
                    <div>{back} <h1>{heading}</h1></div>
                </div>
                {body}
            }
            .into_any();
            (title, self.framed(content))
        })
    }

    /// A page inside the frame, if there is one.
    pub fn page_if(&self, content: impl FnOnce() -> Option<Content>) -> Option<String> {
        let mut there = true;
        let page = self.page(|| {
            content().unwrap_or_else(|| {
                there = false;
                Content { title: String::new(), parent: None, body: ().into_any() }
            })
        });
        there.then_some(page)
    }

    /// A page without the frame: `content` gives the title and the whole body.
    pub fn document(&self, content: impl FnOnce() -> (String, AnyView)) -> String {
        speaking(self.language, || {
            provide_context(Nonce::from_value(self.nonce.clone()));
            provide_context(self.assets.clone());
            let (title, body) = content();
            let head = head(&self.assets.css, view! { <title>{title}</title> }.into_any());
            // Whoever is signed in, or has just signed out, has something on this phone.
            let src = Some(self.assets.desk.clone()).filter(|src| !src.is_empty());
            let script = src.filter(|_| self.me.is_some() || self.path == "/sign-in").map(|src| {
                let nonce = self.nonce.clone();
                view! { <script type="module" src=src nonce=nonce></script> }
            });
            view! {
                <!DOCTYPE html>
                <html lang=language().code()>
                    {head}
                    <body
                        data-person=self.me.as_ref().map(|me| me.id.to_string())
                        data-waiting=words().outbox_count.of(1)
                        data-waits=words().outbox_count.of(2).replacen('2', "#", 1)
                    >
                        <a class="skip-link" href="#main">
                            {words().skip_link}
                        </a>
                        {body}
                        {script}
                    </body>
                </html>
            }
            .to_html()
            // The renderer's mark after a text would be read as a part of the title.
            .replacen("<!></title>", "</title>", 1)
        })
    }

    /// What stands in a page's place when there is nothing to show.
    #[must_use]
    pub fn failure(&self, error: crate::error::AppError) -> String {
        self.page(|| Content {
            title: words().error_title.to_owned(),
            parent: None,
            body: failure_notice(error),
        })
    }

    fn framed(&self, content: AnyView) -> AnyView {
        let path = Signal::stored(self.path.clone());
        let demo = self.me.as_ref().is_some_and(|me| me.demo).then(demo_strip);
        let items = self.me.as_ref().map(|me| bar_items(me, path));
        let search = self.me.as_ref().map(way_to_search).into_any();
        view! {
            {demo}
            <div class="app">
                <nav class="bar" aria-label=words().main_navigation>
                    <a class="bar-brand" href="/">
                        {logo()}
                        <span>"Rinnalla"</span>
                    </a>
                    {items}
                </nav>
                <main class="page" id="main" tabindex="-1">
                    {content}
                    {foot(path, search)}
                </main>
            </div>
        }
        .into_any()
    }
}

/// The ways to the page before, if there is one, and to the one after, where there is more. `to` gives a
/// page's address.
pub(crate) fn pager(page: usize, more: bool, to: impl Fn(usize) -> String) -> AnyView {
    let t = words();
    let before = page
        .checked_sub(1)
        .map(|page| view! { <a class="button" href=to(page)>{Icon::ChevronLeft.view()} {t.previous}</a> });
    let after =
        more.then(|| view! { <a class="button" href=to(page + 1)>{t.next} {Icon::ChevronRight.view()}</a> });
    view! {
        <nav class="pages" aria-label=t.pages>
            <span>{before}</span>
            <span>{after}</span>
        </nav>
    }
    .into_any()
}

/// What is wrong with something that was sent, on top of the page.
pub(crate) fn trouble(text: Option<String>) -> AnyView {
    text.map(|text| {
        view! {
            <div class="error-summary" role="alert" tabindex="-1">
                <p>{Icon::Error.view()} {text}</p>
            </div>
        }
    })
    .into_any()
}

/// Says what was done, with a button that takes it back.
#[must_use]
pub fn done_notice(done: Done) -> AnyView {
    let undo = done.undo.map(|to| {
        view! {
            <form method="post" action=to>
                <button class="button button-small">{Icon::Undo.view()} {words().undo}</button>
            </form>
        }
    });
    view! {
        <div class="notice notice-ok" role="status">
            {Icon::Check.view()} <div class="row between">
                <p>{done.text}</p>
                {undo}
            </div>
        </div>
    }
    .into_any()
}
