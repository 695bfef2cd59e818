//! What pages ask for and what they are answered.
//!
//! One server function, [`ask`], one question type, one answer type: every server function and every
//! type of its own would put the machinery of asking, loading and showing into the browser code once
//! more, about 15 kB each. What a question means on the server stands in `server::answer`; a question
//! without a row in the authorisation matrix does not pass the tests.

use crate::error::AppError;
use crate::ui::failure;
use crate::wire::{Json, Packed, Posted};
use domain::access::{Me, SignIn};
use domain::card::Card;
use domain::employers::{EmployerList, EmployerPage, EmployerQuery};
use domain::ids::{EmployerId, SessionId};
use domain::today::Today;
use domain::visits::{FormWish, VisitForm};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
#[cfg(feature = "hydrate")]
use std::task::Poll;

/// What a page may ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// Who is signed in.
    Me,
    /// Next steps, the week's visits, the unit's latest visits; for whoever does not work in the
    /// field, who they are.
    Today,
    /// The card of the day, to be taken along.
    Card,
    /// A page of the register.
    Employers(EmployerQuery),
    /// An employer's page.
    Employer(EmployerId),
    /// What the visit form opens with.
    VisitForm(FormWish),
    /// The own sign-ins.
    SignIns,
    /// To end one of the own sign-ins.
    EndSignIn(SessionId),
}

/// What a page is answered.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is named as what it holds")]
pub enum Data {
    Nothing,
    Me(Me),
    Today(Today),
    Employers(EmployerList),
    Employer(EmployerPage),
    VisitForm(VisitForm),
    SignIns(Vec<SignIn>),
    Card(Card),
}

/// Asks the server.
#[server(name = AskFn, prefix = "/api", endpoint = "ask", input = Json, output = Posted)]
pub async fn ask(
    /// The question.
    ask: Ask,
) -> Result<Data, AppError> {
    crate::server::answer(ask).await
}

/// Data that a page shows.
pub type Loaded = Resource<Result<Data, AppError>, Packed>;

type Question = Arc<dyn Fn() -> Ask + Send + Sync>;
type Otherwise = Arc<dyn Fn(AppError) -> AnyView + Send + Sync>;
type View = Arc<dyn Fn(Data) -> AnyView + Send + Sync>;

/// Asks, and again whenever something that `question` reads changes, or `turn`.
pub fn load(turn: RwSignal<u32>, question: impl Fn() -> Ask + Send + Sync + 'static) -> Loaded {
    load_boxed(turn, Arc::new(question))
}

fn load_boxed(turn: RwSignal<u32>, question: Question) -> Loaded {
    Resource::new_with_options(move || (turn.get(), question()), |(_, question)| ask_in_time(question), false)
}

/// Asks. A network that is there and says nothing is none: after eight seconds what the phone has is shown (O24, ux row 19).
#[cfg(feature = "hydrate")]
fn ask_in_time(question: Ask) -> impl Future<Output = Result<Data, AppError>> + Send {
    use std::future::poll_fn;
    let mut asked = Box::pin(ask(question));
    let mut late = Box::pin(gloo_timers::future::TimeoutFuture::new(8_000));
    let first = poll_fn(move |context| match asked.as_mut().poll(context) {
        Poll::Ready(answer) => Poll::Ready(answer),
        Poll::Pending => late.as_mut().poll(context).map(|()| Err(AppError::NoNetwork)),
    });
    // Not a thread in sight: the browser has one.
    send_wrapper::SendWrapper::new(first)
}

#[cfg(not(feature = "hydrate"))]
use ask as ask_in_time;

/// Shows data; while it is loaded again what was there stays. What went wrong is said in its place.
pub fn show(loaded: Loaded, view: impl Fn(Data) -> AnyView + Send + Sync + 'static) -> AnyView {
    show_boxed(loaded, Arc::new(view), Arc::new(failure))
}

/// Shows data; `otherwise` says what stands in its place when there is none.
pub fn show_or(
    loaded: Loaded,
    otherwise: impl Fn(AppError) -> AnyView + Send + Sync + 'static,
    view: impl Fn(Data) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    show_boxed(loaded, Arc::new(view), Arc::new(otherwise))
}

/// Shows data of the frame; what went wrong is said by the page.
pub fn show_if_there(loaded: Loaded, view: impl Fn(Data) -> AnyView + Send + Sync + 'static) -> AnyView {
    show_boxed(loaded, Arc::new(view), Arc::new(|_| ().into_any()))
}

fn show_boxed(loaded: Loaded, view: View, otherwise: Otherwise) -> AnyView {
    view! {
        <Transition>
            {move || {
                let (view, otherwise) = (Arc::clone(&view), Arc::clone(&otherwise));
                Suspend::new(async move {
                    match loaded.await {
                        Ok(data) => view(data),
                        Err(error) => otherwise(error),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}
