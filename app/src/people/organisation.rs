//! The organisation, for its administrators.

use super::fields::{Form, Typed, done, empty};
use super::words::people_words;
use crate::desk::Content;
use crate::desk::fields::buttons;
use crate::i18n::{Dates, desk_words, language};
use crate::ui::Icon;
use backend::organisation::{OrganisationChange, OrganisationSeen, PersonSeen, PostSeen, TeamSeen, UnitSeen};
use domain::access::AccountState;
use domain::codes::{Code, Role, Service, TeamLevel};
use domain::employers::edit::Fields;
use domain::organisation::{NewPersonFields, Place, PostFields, SettingsFields, TeamFields, UnitFields};
use domain::people::Standing;
use leptos::prelude::*;

pub(super) fn to_organisation() -> Option<(String, String)> {
    Some(("/organisation".to_owned(), people_words().organisation.to_owned()))
}

/// Units, teams, people.
#[must_use]
pub fn organisation_page(seen: OrganisationSeen) -> Content {
    let w = people_words();
    let unit = |unit: UnitSeen| {
        let method = w.service(unit.service);
        let about = [method.to_owned(), unit.municipality, unit.code].join(" · ");
        list_row(format!("/organisation/units/{}", unit.id), unit.name, about)
    };
    let team = |team: TeamSeen| {
        let about = [w.level(team.level).to_owned(), team.unit_name, team.code].join(" · ");
        list_row(format!("/organisation/teams/{}", team.id), team.name, about)
    };
    let person = |person: PersonSeen| {
        let today = seen.today;
        let holds = |post: &&PostSeen| post.from <= today && post.to.is_none_or(|to| today <= to);
        let posts: Vec<String> = person.posts.iter().filter(holds).map(post_line).collect();
        let about = if posts.is_empty() { w.post_none_now.to_owned() } else { posts.join(" · ") };
        list_row(format!("/organisation/people/{}", person.id), person.name, about)
    };
    let units = seen.units.into_iter().map(unit).collect_view();
    let teams = seen.teams.into_iter().map(team).collect_view();
    let people = seen.people.into_iter().map(person).collect_view();
    Content {
        title: w.organisation.to_owned(),
        parent: Some(("/people".to_owned(), desk_words().people_title.to_owned())),
        body: view! {
            <p class="row">
                <a class="button" href="/organisation/settings">
                    {w.settings}
                </a>
                <a class="button" href="/organisation/codes">
                    {w.codes}
                </a>
                <a class="button" href="/organisation/changes">
                    {w.changes}
                </a>
                <a class="button" href="/organisation/retention">
                    {crate::retention::title()}
                </a>
            </p>
            {section(w.units, "/organisation/units/new", w.unit_new, units.into_any())}
            {section(w.teams, "/organisation/teams/new", w.team_new, teams.into_any())}
            {section(w.people, "/organisation/people/new", w.person_new, people.into_any())}
        }
        .into_any(),
    }
}

fn section(title: &'static str, to: &'static str, new: &'static str, rows: AnyView) -> AnyView {
    view! {
        <section class="card flush">
            <div class="card-head">
                <h2>{title}</h2>
                <a href=to>{Icon::Plus.view()} {new}</a>
            </div>
            <ul class="list">{rows}</ul>
        </section>
    }
    .into_any()
}

pub(super) fn list_row(to: String, title: String, about: String) -> AnyView {
    view! {
        <li>
            <a class="list-row" href=to>
                <span class="row-main">
                    <span class="row-title">{title}</span>
                    <span class="row-sub">{about}</span>
                </span>
                {Icon::ChevronRight.view()}
            </a>
        </li>
    }
    .into_any()
}

fn post_line(post: &PostSeen) -> String {
    format!("{}, {}", desk_words().role_of(post.role), post.place)
}

/// Says that what was suggested is to be looked at.
fn suggestion(suggested: bool) -> Option<AnyView> {
    suggested.then(|| {
        view! {
            <div class="notice" role="status">
                {Icon::Info.view()} <p>{people_words().suggested}</p>
            </div>
        }
        .into_any()
    })
}

/// A unit, new or to be changed.
#[must_use]
pub fn unit_page(unit: Option<&UnitSeen>, typed: Option<Typed<UnitFields>>, suggested: bool) -> Content {
    let (w, t) = (people_words(), desk_words());
    let stands = |unit: &UnitSeen| UnitFields {
        name: unit.name.clone(),
        code: unit.code.clone(),
        service: unit.service.code().to_owned(),
        municipality: unit.municipality.clone(),
    };
    let Typed { form, errors } =
        typed.unwrap_or_else(|| Typed { form: unit.map(stands).unwrap_or_default(), errors: Vec::new() });
    let f = Form { errors: &errors, prefix: String::new() };
    let labels =
        [("name", t.name), ("code", w.code), ("service", w.service), ("municipality", t.municipality)];
    let methods = Service::ALL
        .iter()
        .map(|service| (service.code().to_owned(), w.service(*service).to_owned()))
        .collect();
    let action =
        unit.map_or("/organisation/units/new".to_owned(), |unit| format!("/organisation/units/{}", unit.id));
    let code = match unit {
        Some(unit) => view! { <p class="muted">{w.code} ": " {unit.code.clone()}</p> }.into_any(),
        None => f.field(labels[1], &form.code, "text", Some(w.code_hint)),
    };
    Content {
        title: if unit.is_some() { w.unit_edit } else { w.unit_new }.to_owned(),
        parent: to_organisation(),
        body: view! {
            {suggestion(suggested)}
            {f.summary(&labels)}
            <form class="form card" method="post" action=action>
                {f.field(labels[0], &form.name, "text", None)}
                {code}
                {f.choice(labels[2], &form.service, methods, None)}
                {f.field(labels[3], &form.municipality, "text", None)}
                {buttons(t.save, "/organisation")}
            </form>
        }
        .into_any(),
    }
}

/// A treatment team, new or to be changed.
#[must_use]
pub fn team_page(
    seen: &OrganisationSeen,
    team: Option<&TeamSeen>,
    typed: Option<Typed<TeamFields>>,
    suggested: bool,
) -> Content {
    let (w, t) = (people_words(), desk_words());
    let stands = |team: &TeamSeen| TeamFields {
        name: team.name.clone(),
        code: team.code.clone(),
        level: team.level.code().to_owned(),
        unit: team.unit.to_string(),
    };
    let Typed { form, errors } =
        typed.unwrap_or_else(|| Typed { form: team.map(stands).unwrap_or_default(), errors: Vec::new() });
    let f = Form { errors: &errors, prefix: String::new() };
    let labels = [("name", t.name), ("code", w.code), ("level", w.level), ("unit", w.refers_to)];
    let levels =
        TeamLevel::ALL.iter().map(|level| (level.code().to_owned(), w.level(*level).to_owned())).collect();
    let units = seen
        .units
        .iter()
        .filter(|unit| team.is_none_or(|team| team.unit == unit.id))
        .map(|unit| (unit.id.to_string(), unit.name.clone()))
        .collect();
    let action =
        team.map_or("/organisation/teams/new".to_owned(), |team| format!("/organisation/teams/{}", team.id));
    let code = match team {
        Some(team) => view! { <p class="muted">{w.code} ": " {team.code.clone()}</p> }.into_any(),
        None => f.field(labels[1], &form.code, "text", Some(w.code_hint)),
    };
    Content {
        title: if team.is_some() { w.team_edit } else { w.team_new }.to_owned(),
        parent: to_organisation(),
        body: view! {
            {suggestion(suggested)}
            {f.summary(&labels)}
            <form class="form card" method="post" action=action>
                {f.field(labels[0], &form.name, "text", None)}
                {code}
                {f.choice(labels[2], &form.level, levels, None)}
                {f.choice(labels[3], &form.unit, units, None)}
                {buttons(t.save, "/organisation")}
            </form>
        }
        .into_any(),
    }
}

/// A new person.
#[must_use]
pub fn person_new_page(typed: Typed<NewPersonFields>, suggested: bool) -> Content {
    let (w, t) = (people_words(), desk_words());
    let Typed { form, errors } = typed;
    let f = Form { errors: &errors, prefix: String::new() };
    let labels = [("name", t.name), ("sign_in_name", t.sign_in_name)];
    Content {
        title: w.person_new.to_owned(),
        parent: to_organisation(),
        body: view! {
            {suggestion(suggested)}
            {f.summary(&labels)}
            <form class="form card" method="post" action="/organisation/people/new">
                {f.field(labels[0], &form.name, "text", None)}
                {f.field(labels[1], &form.sign_in_name, "text", Some(w.sign_in_hint))}
                {buttons(t.save, "/organisation")}
            </form>
        }
        .into_any(),
    }
}

/// What came back of one of the forms of a person's page.
#[derive(Clone, Debug)]
pub enum PersonForm {
    /// Nothing.
    None,
    /// Renaming.
    Name(Typed<NewPersonFields>),
    /// A post.
    Post(Typed<PostFields>),
    /// The end of a post.
    End(uuid::Uuid, Typed<String>),
    /// One's own account can't be locked.
    OwnLock,
    /// Something was saved.
    Saved,
}

/// A person: name, account, posts.
#[must_use]
pub fn person_page(person: PersonSeen, seen: &OrganisationSeen, form: PersonForm) -> Content {
    let w = people_words();
    let here = format!("/organisation/people/{}", person.id);
    let (name, post, end, notice) = match form {
        PersonForm::None => (None, None, None, None),
        PersonForm::Saved => (None, None, None, Some(done(w.saved, None))),
        PersonForm::OwnLock => {
            let said = view! { <p class="error" role="alert">{Icon::Error.view()} {w.lock_own}</p> };
            (None, None, None, Some(said.into_any()))
        }
        PersonForm::Name(typed) => (Some(typed), None, None, None),
        PersonForm::Post(typed) => (None, Some(typed), None, None),
        PersonForm::End(id, typed) => (None, None, Some((id, typed)), None),
    };
    let posts = if person.posts.is_empty() {
        view! { <p class="muted">{w.posts_none}</p> }.into_any()
    } else {
        let mut end = end;
        person
            .posts
            .iter()
            .map(|post| {
                let typed = end.take_if(|(id, _)| *id == post.id).map(|(_, typed)| typed);
                post_card(post, seen, typed.unwrap_or_default())
            })
            .collect_view()
            .into_any()
    };
    Content {
        title: person.name.clone(),
        parent: to_organisation(),
        body: view! {
            {notice}
            {account(&person, &here)}
            <section class="card">
                <div class="card-head">
                    <h2>{w.posts}</h2>
                </div>
                {posts}
            </section>
            {post_form(&here, seen, post.unwrap_or_default())}
            {name_form(&here, &person, name)}
        }
        .into_any(),
    }
}

fn account(person: &PersonSeen, here: &str) -> AnyView {
    let (w, t) = (people_words(), desk_words());
    let state = match person.state {
        AccountState::Active => t.account_active,
        AccountState::Invited => t.account_invited,
        AccountState::New => t.account_new,
        AccountState::Locked => t.account_locked,
    };
    let locked = person.state == AccountState::Locked;
    let (to, word) = if locked { ("unlock", w.unlock) } else { ("lock", w.lock) };
    let class = if locked { "button" } else { "button button-danger" };
    let invites =
        matches!(person.state, AccountState::New | AccountState::Invited) && !person.posts.is_empty();
    let invite = invites.then(|| {
        view! {
            <form method="post" action="/people/invite">
                <input type="hidden" name="person" value=person.id.to_string() />
                <button class="button">{Icon::Mail.view()} {t.invite}</button>
            </form>
        }
    });
    let hint = (!locked).then(|| view! { <p class="hint">{w.lock_hint}</p> });
    view! {
        <section class="card">
            <dl class="definition">
                <div>
                    <dt>{t.sign_in_name}</dt>
                    <dd>{person.sign_in_name.clone()}</dd>
                </div>
                <div>
                    <dt>{t.account}</dt>
                    <dd>{state}</dd>
                </div>
            </dl>
            <div class="row">
                {invite}
                <form method="post" action=format!("{here}/{to}")>
                    <button class=class>{Icon::Key.view()} {word}</button>
                </form>
            </div>
            {hint}
        </section>
    }
    .into_any()
}

fn post_card(post: &PostSeen, seen: &OrganisationSeen, typed: Typed<String>) -> AnyView {
    let w = people_words();
    let to = post.to.map(|to| language().date(to)).unwrap_or_default();
    let share = post.fte_hundredths.map(|share| format!(" · {share} %")).unwrap_or_default();
    let days = format!("{}–{to}{share}", language().date(post.from));
    let last = post.to.unwrap_or(chrono::NaiveDate::MAX);
    let word = match Standing::on(post.from, last, None, seen.today) {
        Standing::Now => w.now,
        Standing::Ahead => w.ahead,
        Standing::Past => w.past,
    };
    let f = Form { errors: &typed.errors, prefix: format!("{}-", post.id.simple()) };
    view! {
        <div>
            <h3>{post_line(post)}</h3>
            <p>{days} " · " {word}</p>
            <details open=!typed.errors.is_empty()>
                <summary>{w.end_post}</summary>
                <form class="form" method="post" action=format!("/organisation/posts/{}/end", post.id)>
                    {f.field(("last", w.last_day), &typed.form, "date", Some(w.end_post_hint))}
                    <p>
                        <button class="button">{w.end_post}</button>
                    </p>
                </form>
            </details>
        </div>
    }
    .into_any()
}

fn post_form(here: &str, seen: &OrganisationSeen, typed: Typed<PostFields>) -> AnyView {
    let (w, t) = (people_words(), desk_words());
    let Typed { form, errors } = typed;
    let f = Form { errors: &errors, prefix: String::new() };
    let labels = [
        ("role", t.role),
        ("place", w.post_place),
        ("share", w.share),
        ("from_day", w.first_day),
        ("to_day", w.last_day),
        ("password", w.password),
    ];
    let roles = Role::ALL.iter().map(|role| (role.code().to_owned(), t.role_of(*role).to_owned())).collect();
    let units = seen.units.iter().map(|unit| (Place::Unit(unit.id).code(), unit.name.clone()));
    let teams =
        seen.teams.iter().map(|team| (Place::Team(team.id).code(), format!("{} ({})", team.name, w.ch_team)));
    let places = units.chain(teams).collect();
    let from_day =
        if form.from_day.is_empty() && errors.is_empty() { seen.today.to_string() } else { form.from_day };
    view! {
        <form class="form card" method="post" action=format!("{here}/posts")>
            <h2>{w.post_new}</h2>
            {f.summary(&labels)}
            {f.choice(labels[0], &form.role, roles, None)}
            {f.choice(labels[1], &form.place, places, Some(w.post_place_hint))}
            {f.field(labels[2], &form.share, "text", None)}
            {f.field(labels[3], &from_day, "date", None)}
            {f.field(labels[4], &form.to_day, "date", None)}
            {f.field(labels[5], "", "password", None)}
            <p>
                <button class="button button-primary">{w.post_new}</button>
            </p>
        </form>
    }
    .into_any()
}

fn name_form(here: &str, person: &PersonSeen, typed: Option<Typed<NewPersonFields>>) -> AnyView {
    let t = desk_words();
    let Typed { form, errors } = typed.unwrap_or_else(|| Typed {
        form: NewPersonFields { name: person.name.clone(), ..NewPersonFields::default() },
        errors: Vec::new(),
    });
    let f = Form { errors: &errors, prefix: "person-".to_owned() };
    view! {
        <form class="form card" method="post" action=here.to_owned()>
            {f.summary(&[("name", t.name)])}
            {f.field(("name", t.name), &form.name, "text", None)}
            <p>
                <button class="button">{t.save}</button>
            </p>
        </form>
    }
    .into_any()
}

/// The settings.
#[must_use]
pub fn settings_page(typed: Typed<SettingsFields>, saved: bool) -> Content {
    let (w, t) = (people_words(), desk_words());
    let Typed { form, errors } = typed;
    let f = Form { errors: &errors, prefix: String::new() };
    let labels = [("name", w.organisation_name), ("limit", w.limit)];
    Content {
        title: w.settings.to_owned(),
        parent: to_organisation(),
        body: view! {
            {saved.then(|| done(w.saved, None))}
            {f.summary(&labels)}
            <form class="form card" method="post" action="/organisation/settings">
                {f.field(labels[0], &form.name, "text", None)}
                {f.field(labels[1], &form.limit, "number", Some(w.limit_hint))}
                {buttons(t.save, "/organisation")}
            </form>
            <p>
                <a class="button" href="/employers/light">
                    {t.light_settings}
                </a>
            </p>
        }
        .into_any(),
    }
}

/// What was changed of the organisation.
#[must_use]
pub fn changes_page(changes: Vec<OrganisationChange>) -> Content {
    let (w, t) = (people_words(), desk_words());
    let parent = Some(("/people".to_owned(), t.people_title.to_owned()));
    if changes.is_empty() {
        return Content { title: w.changes.to_owned(), parent, body: empty(w.changes_none) };
    }
    let said = |fields: &Fields| {
        let lines = fields.iter().filter(|(_, value)| !value.is_empty());
        let line = |(name, value): (&String, &String)| format!("{}: {}", w.field(name), w.value(name, value));
        lines.map(line).collect::<Vec<_>>().join("; ")
    };
    let rows = changes
        .into_iter()
        .map(|change| {
            view! {
                <tr>
                    <th scope="row" class="nowrap">
                        {language().moment(change.on, Some(change.at))}
                    </th>
                    <td>{change.by.clone()}</td>
                    <td>{w.change(&change.kind)}</td>
                    <td>{said(&change.before)}</td>
                    <td>{said(&change.after)}</td>
                </tr>
            }
        })
        .collect_view();
    Content {
        title: w.changes.to_owned(),
        parent,
        body: view! {
            <div class="table-wrap" tabindex="0" role="region" aria-label=w.changes>
                <table class="table">
                    <caption class="visually-hidden">{w.changes}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{w.when}</th>
                            <th scope="col">{w.changed_by}</th>
                            <th scope="col">{w.what}</th>
                            <th scope="col">{w.before}</th>
                            <th scope="col">{w.after}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any(),
    }
}
