//! A form as a browser posts it: names and values in the order of the page, a name as often as it stands there.

use axum::Form;
use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};
use backend::clock::new_id;
use serde::Serialize;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The names and values of a form.
pub(crate) struct Posted(domain::sync::carried::Posted);

impl std::ops::Deref for Posted {
    type Target = domain::sync::carried::Posted;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        match Form::<Vec<(String, String)>>::from_request(request, state).await {
            Ok(Form(fields)) => Ok(Self(domain::sync::carried::Posted(fields))),
            Err(error) => Err(error.into_response()),
        }
    }
}

impl Posted {
    /// As if the fields of a form had been posted: its texts, by their names.
    pub(crate) fn of(form: impl Serialize) -> Self {
        let fields: BTreeMap<String, String> =
            serde_json::to_value(form).and_then(serde_json::from_value).unwrap_or_default();
        Self(domain::sync::carried::Posted(fields.into_iter().collect()))
    }

    /// A number; 0 where none stands.
    pub(crate) fn number(&self, name: &str) -> i64 {
        self.text(name).trim().parse().unwrap_or(0)
    }

    /// The identity that the form got when it was opened.
    pub(crate) fn entry(&self) -> Uuid {
        self.id("id").unwrap_or_else(new_id)
    }
}
