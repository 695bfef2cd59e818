//! A form as a browser posts it: names and values in the order of the page, a name as often as it stands there.

use axum::Form;
use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};
use backend::clock::new_id;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::str::FromStr;
use uuid::Uuid;

/// The names and values of a form.
pub(crate) struct Posted(Vec<(String, String)>);

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        match Form::<Vec<(String, String)>>::from_request(request, state).await {
            Ok(Form(fields)) => Ok(Self(fields)),
            Err(error) => Err(error.into_response()),
        }
    }
}

impl Posted {
    /// The value of a name; empty where it is not there.
    pub(crate) fn text(&self, name: &str) -> String {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// Every value of a name.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(other, _)| other == name).map(|(_, value)| value.clone()).collect()
    }

    /// The fields of a form, each as text; several values of a name are parted by spaces.
    pub(crate) fn fields<T: DeserializeOwned + Default>(&self, names: &[&str]) -> T {
        let known = names.iter().map(|name| ((*name).to_owned(), self.all(name).join(" ").into()));
        serde_json::from_value(Value::Object(known.collect())).unwrap_or_default()
    }

    /// A number; 0 where none stands.
    pub(crate) fn number(&self, name: &str) -> i64 {
        self.text(name).trim().parse().unwrap_or(0)
    }

    /// The identity that the form got when it was opened.
    pub(crate) fn entry(&self) -> Uuid {
        self.id("id").unwrap_or_else(new_id)
    }

    /// The identity that a name holds.
    pub(crate) fn id<T: FromStr>(&self, name: &str) -> Option<T> {
        self.text(name).parse().ok()
    }
}
