//! What pages load. One type for all of them, loaded and shown by one piece of code: every type of
//! its own would put the machinery of loading into the browser code once more (about 15 kB each).

use crate::account::{InvitedPerson, Said};
use crate::error::AppError;
use crate::ui::failure;
use domain::access::{Colleague, Me, SignIn};
use domain::employers::{EmployerList, EmployerPage};
use domain::visits::{CaseloadRow, Today, VisitForm};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::pin::Pin;
use std::sync::Arc;

/// What a page may load.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is named as what it holds")]
pub enum Data {
    Me(Me),
    Nobody,
    Today(Today),
    Employers(EmployerList),
    Employer(EmployerPage),
    VisitForm(VisitForm),
    Caseload(Vec<CaseloadRow>),
    People(Vec<Colleague>),
    SignIns(Vec<SignIn>),
    Said(Said),
    Invited(InvitedPerson, Said),
}

/// Data on its way.
pub type Loading = Pin<Box<dyn Future<Output = Result<Data, AppError>> + Send>>;

/// Data that a page shows.
pub type Loaded = Resource<Result<Data, AppError>>;

type Fetch = Arc<dyn Fn(String) -> Loading + Send + Sync>;
type View = Arc<dyn Fn(Data) -> AnyView + Send + Sync>;

/// Loads data, and again whenever `key` changes; `fetch` is given the key.
pub fn load(
    key: impl Fn() -> String + Send + Sync + 'static,
    fetch: impl Fn(String) -> Loading + Send + Sync + 'static,
) -> Loaded {
    load_boxed(Box::new(key), Arc::new(fetch))
}

fn load_boxed(key: Box<dyn Fn() -> String + Send + Sync>, fetch: Fetch) -> Loaded {
    Resource::new(key, move |key| fetch(key))
}

/// Shows data; while it is loaded again what was there stays. What went wrong is said in its place.
pub fn show(loaded: Loaded, view: impl Fn(Data) -> AnyView + Send + Sync + 'static) -> AnyView {
    show_boxed(loaded, Arc::new(view))
}

fn show_boxed(loaded: Loaded, view: View) -> AnyView {
    view! {
        <Transition>
            {move || {
                let view = Arc::clone(&view);
                Suspend::new(async move {
                    match loaded.await {
                        Ok(data) => view(data),
                        Err(error) => failure(error),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}
