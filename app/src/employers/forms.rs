//! The forms that change an employer: plain posts, no browser code. What was typed stays, whatever was
//! wrong with it.

use crate::desk::fields::{Field, buttons, side_by_side};
use crate::desk::{Content, Done, done_notice};
use crate::i18n::{desk_words, desk_words_in, language, words};
use crate::server::Assets;
use crate::ui::Icon;
use backend::employers::{EditForm, HandOverForm, PersonForm};
use domain::codes::Language;
use domain::employers::edit::{EditError, Facts, Fields, Person, Silencing, differing};
use domain::employers::{EmployerPage, LightRule};
use leptos::nonce::use_nonce;
use leptos::prelude::*;

/// What came back from a form: as it was typed, and what is wrong with it.
#[derive(Clone, Debug)]
pub struct Typed<T> {
    /// As it was typed.
    pub form: T,
    /// What is wrong.
    pub errors: Vec<EditError>,
}

/// What is wrong with something typed, in the words of a language; empty when nothing is.
#[must_use]
pub fn said(language: Language, errors: &[EditError]) -> String {
    let t = desk_words_in(language);
    errors.iter().map(|error| t.edit_error(error)).collect::<Vec<_>>().join(" ")
}

/// A field with its label, its hint and what is wrong with it.
pub(crate) fn field(
    name: &'static str,
    label: &'static str,
    value: &str,
    kind: &'static str,
    hint: Option<&'static str>,
    errors: &[EditError],
) -> AnyView {
    field_with(name, label, errors).hint(hint).input(kind, value)
}

fn field_with(name: &'static str, label: &'static str, errors: &[EditError]) -> Field {
    let t = desk_words();
    let wrong = errors.iter().filter(|error| error.field() == name).map(|error| t.edit_error(error));
    Field::new(name, label).wrong(wrong)
}

/// Everything that is wrong, on top, each a way to its field.
pub(crate) fn summary(errors: &[EditError]) -> AnyView {
    if errors.is_empty() {
        return ().into_any();
    }
    let t = desk_words();
    let items = errors
        .iter()
        .map(|error| {
            let said = t.edit_error(error);
            let other = match error {
                EditError::BusinessIdTaken { id, name } => Some((*id, name.clone())),
                _ => None,
            };
            let way = other.map(|(id, name)| view! { " " <a href=format!("/employers/{id}")>{name}</a> });
            view! {
                <li>
                    <a href=format!("#{}", error.field())>{said}</a>
                    {way}
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="error-summary" role="alert" tabindex="-1">
            <h2>{t.check_these}</h2>
            <ul>{items}</ul>
        </div>
    }
    .into_any()
}

/// When somebody else was faster: both side by side.
fn both(now: &Fields, typed: &Fields) -> AnyView {
    let (now, typed) = differing(now, typed);
    side_by_side(now.into_iter().map(|(name, value)| {
        let mine = typed.get(&name).cloned().unwrap_or_default();
        (desk_words().field(&name), value, mine)
    }))
}

/// The same, for the kit: a note that two people wrote.
pub(crate) fn stale(now: &str, typed: &str) -> AnyView {
    let note = |text: &str| Fields::from([("note".to_owned(), text.to_owned())]);
    both(&note(now), &note(typed))
}

fn is_stale(errors: &[EditError]) -> bool {
    errors.contains(&EditError::ChangedMeanwhile)
}

/// Looks at the words of the page's forms that say `data-words` while they are typed.
fn word_watch() -> AnyView {
    let words = use_context::<Assets>().unwrap_or_default().words;
    view! { <script type="module" src=words nonce=use_nonce()></script> }.into_any()
}

fn split_errors(typed: Option<Vec<EditError>>, stale: bool) -> Vec<EditError> {
    typed
        .unwrap_or_default()
        .into_iter()
        .filter(|error| !stale || *error != EditError::ChangedMeanwhile)
        .collect()
}

/// What is known of an employer, to be changed.
#[must_use]
pub fn edit_page(form: EditForm, typed: Option<Typed<Facts>>) -> Content {
    let t = desk_words();
    let (shown, errors) = match typed {
        Some(Typed { form, errors }) => (form, Some(errors)),
        None => (form.facts.clone(), None),
    };
    let stale = errors.as_deref().is_some_and(is_stale);
    let both = stale.then(|| both(&form.facts.fields(), &shown.fields()));
    let errors = split_errors(errors, stale);
    let back = format!("/employers/{}", form.id);
    let names: Vec<String> =
        form.municipalities.iter().map(|one| one.names.of(language()).to_owned()).collect();
    let municipality = field_with("municipality", t.municipality, &errors).suggesting(&names);
    let e = &errors;
    let fields = [
        field("name", t.name, &shown.name, "text", None, e),
        field("business_id", t.business_id, &shown.business_id, "text", None, e),
        field("street", t.street, &shown.street, "text", None, e),
        field("postal_code", t.postal_code, &shown.postal_code, "text", None, e),
        municipality.input("text", &shown.municipality),
        field("website", t.website, &shown.website, "text", None, e),
        field("class_tol2008", t.class_2008, &shown.class_tol2008, "text", Some(t.class_hint), e),
        field("class_tol2025", t.class_2025, &shown.class_tol2025, "text", Some(t.class_hint), e),
        field("note", t.note, &shown.note, "area", Some(t.note_hint), e),
    ];
    Content {
        title: t.employer_edit.to_owned(),
        parent: Some((back.clone(), form.facts.name.clone())),
        body: view! {
            {word_watch()}
            {both}
            {summary(e)}
            <form class="form card" method="post" action=format!("{back}/edit") data-words="">
                <input type="hidden" name="version" value=form.version.to_string() />
                <input type="hidden" name="section_tol2008" value=shown.section_tol2008.clone() />
                <input type="hidden" name="section_tol2025" value=shown.section_tol2025.clone() />
                {fields.into_iter().collect_view()}
                {buttons(t.save, back.clone())}
            </form>
        }
        .into_any(),
    }
}

/// A contact person, new or to be changed.
#[must_use]
pub fn contact_page(form: PersonForm, typed: Option<Typed<Person>>, removed: bool) -> Content {
    let t = desk_words();
    let back = format!("/employers/{}", form.employer.id);
    let (shown, errors) = match typed {
        Some(Typed { form, errors }) => (form, Some(errors)),
        None => (form.person.clone(), None),
    };
    let stale = errors.as_deref().is_some_and(is_stale);
    let both = stale.then(|| both(&form.person.fields(), &shown.fields()));
    let errors = split_errors(errors, stale);
    let e = &errors;
    let fields = [
        field("name", t.name, &shown.name, "text", None, e),
        field("title", t.contact_title, &shown.title, "text", None, e),
        field("role", t.contact_role, &shown.role, "text", None, e),
        field("phone", t.phone, &shown.phone, "tel", None, e),
        field("email", t.email, &shown.email, "email", None, e),
    ];
    let action = match form.contact {
        Some((contact, _)) => format!("{back}/contacts/{contact}"),
        None => format!("{back}/contacts/new"),
    };
    let remove = form.contact.filter(|_| !removed).map(|(contact, _)| {
        view! {
            <form method="post" action=format!("{back}/contacts/{contact}/remove")>
                <button class="button button-danger">{t.remove}</button>
            </form>
        }
    });
    let done = removed.then(|| {
        let undo = form.contact.map(|(contact, _)| format!("{back}/contacts/{contact}/restore"));
        done_notice(Done { text: t.contact_removed.to_owned(), undo })
    });
    let edit = (!removed).then(|| {
        view! {
            <form class="form card" method="post" action=action data-words="">
                <input
                    type="hidden"
                    name="version"
                    value=form.contact.map_or(0, |(_, version)| version).to_string()
                />
                <p class="hint">{t.note_hint}</p>
                {fields.into_iter().collect_view()}
                {buttons(t.save, back.clone())}
            </form>
        }
    });
    let title = if form.contact.is_some() { t.contact_edit } else { t.contact_add };
    Content {
        title: title.to_owned(),
        parent: Some((back.clone(), form.employer.name.clone())),
        body: view! {
            {word_watch()}
            {done}
            {both}
            {summary(e)}
            {edit}
            {remove}
        }
        .into_any(),
    }
}

/// Do-not-contact: set or lift it.
#[must_use]
pub fn do_not_contact_page(form: EditForm, typed: Option<Typed<Silencing>>) -> Content {
    let t = desk_words();
    let back = format!("/employers/{}", form.id);
    let Typed { form: shown, errors } =
        typed.unwrap_or(Typed { form: Silencing::default(), errors: Vec::new() });
    let lift = form.do_not_contact.then(|| {
        view! {
            <form method="post" action=format!("{back}/do-not-contact/lift")>
                <button class="button">{Icon::Undo.view()} {t.dnc_lift}</button>
            </form>
        }
    });
    Content {
        title: t.do_not_contact.to_owned(),
        parent: Some((back.clone(), form.facts.name.clone())),
        body: view! {
            {word_watch()}
            {summary(&errors)}
            {lift}
            <form class="form card" method="post" action=format!("{back}/do-not-contact") data-words="">
                {field("reason", t.dnc_reason, &shown.reason, "area", Some(t.note_hint), &errors)}
                {field("until", t.dnc_end, &shown.until, "date", None, &errors)}
                {buttons(t.dnc_set, back.clone())}
            </form>
        }
        .into_any(),
    }
}

/// Handing an employer over; `done` is true when it was just handed over.
#[must_use]
pub fn hand_over_page(form: HandOverForm, word: &str, chosen: &str, errors: &[EditError]) -> Content {
    let t = desk_words();
    let back = format!("/employers/{}", form.employer.id);
    let options = form
        .colleagues
        .iter()
        .map(|colleague| {
            let id = colleague.id.to_string();
            let selected = id == chosen;
            view! { <option value=id selected=selected>{colleague.name.clone()}</option> }
        })
        .collect_view();
    let about = view! {
        <p class="muted">{form.owner.clone().map(|owner| t.owner_is.of(owner))}</p>
        <p>{t.hand_steps.of(usize::try_from(form.next_steps).unwrap_or(0))}</p>
    };
    let body = if form.colleagues.is_empty() {
        view! { <p>{t.hand_nobody}</p> }.into_any()
    } else {
        view! {
            <form class="form card" method="post" action=format!("{back}/hand-over") data-words="">
                {about}
                <div class="field">
                    <label class="label" for="to">
                        {t.hand_to}
                    </label>
                    <select class="input" id="to" name="to" required>
                        // Nobody is chosen yet: a careless tap must not hand it to the first of the list.
                        <option value="">"–"</option>
                        {options}
                    </select>
                </div>
                {field("word", t.hand_word, word, "text", Some(t.note_hint), errors)}
                {buttons(t.hand_over, back.clone())}
            </form>
        }
        .into_any()
    };
    Content {
        title: t.hand_over.to_owned(),
        parent: Some((back, form.employer.name.clone())),
        body: view! {
            {word_watch()}
            {summary(errors)}
            {body}
        }
        .into_any(),
    }
}

/// Says that an employer was handed over, with the way back.
#[must_use]
pub fn handed_over_page(page: EmployerPage) -> Content {
    let t = desk_words();
    let back = format!("/employers/{}", page.id);
    let owner = page.owner.clone().map(|owner| t.owner_is.of(owner));
    let undo = page.handed_over.is_some().then(|| format!("{back}/hand-over/undo"));
    Content {
        title: t.hand_over.to_owned(),
        parent: Some((back.clone(), page.name.clone())),
        body: view! {
            {done_notice(Done { text: t.handed_over.to_owned(), undo })}
            <p>{owner}</p>
            <p>
                <a class="button" href=back>
                    {t.back_to_employer}
                </a>
            </p>
        }
        .into_any(),
    }
}

/// When the traffic light changes.
#[must_use]
pub fn light_page(rule: LightRule, wrong: bool, saved: bool) -> Content {
    let t = desk_words();
    let number = |name: &'static str, label: &'static str, value: u32| {
        field(name, label, &value.to_string(), "number", None, &[])
    };
    let error =
        wrong.then(|| view! { <p class="error" role="alert">{Icon::Error.view()} {t.light_wrong}</p> });
    let done = saved.then(|| done_notice(Done { text: t.light_saved.to_owned(), undo: None }));
    let said = words().light_rule.say(&[&rule.amber.to_string(), &rule.red.to_string()]);
    Content {
        title: t.light_settings.to_owned(),
        parent: Some(("/more".to_owned(), t.nav_more.to_owned())),
        body: view! {
            {done}
            <form class="form card" method="post" action="/employers/light">
                <p>{said}</p>
                {error}
                {number("amber", t.light_amber_days, rule.amber)}
                {number("red", t.light_red_days, rule.red)}
                {buttons(t.save, "/more".to_owned())}
            </form>
        }
        .into_any(),
    }
}
