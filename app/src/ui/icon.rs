//! Icons: strokes on a 24 × 24 grid. Always beside a word, so hidden from assistive technology.

use leptos::prelude::*;

/// An icon, named by what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named by what it shows")]
pub enum Icon {
    Today,
    Employers,
    Plus,
    Minus,
    Clients,
    More,
    Search,
    Phone,
    Mail,
    Video,
    InPerson,
    Check,
    Warning,
    Error,
    Info,
    Undo,
    ChevronRight,
    ChevronLeft,
    ArrowRight,
    Calendar,
    User,
    SignOut,
    Globe,
    Key,
    Sent,
    OnPhone,
}

#[cfg(feature = "ssr")]
impl Icon {
    /// Every icon, for the kit. A test compares it with the list above.
    pub(crate) const ALL: &[Self] = &[
        Self::Today,
        Self::Employers,
        Self::Plus,
        Self::Minus,
        Self::Clients,
        Self::More,
        Self::Search,
        Self::Phone,
        Self::Mail,
        Self::Video,
        Self::InPerson,
        Self::Check,
        Self::Warning,
        Self::Error,
        Self::Info,
        Self::Undo,
        Self::ChevronRight,
        Self::ChevronLeft,
        Self::ArrowRight,
        Self::Calendar,
        Self::User,
        Self::SignOut,
        Self::Globe,
        Self::Key,
        Self::Sent,
        Self::OnPhone,
    ];
}

impl Icon {
    /// The drawing, as the data of one SVG path.
    fn path(self) -> &'static str {
        match self {
            Self::Today => {
                "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"
            }
            Self::Employers => {
                "M4 21V5a2 2 0 0 1 2-2h7a2 2 0 0 1 2 2v16M15 10h3a2 2 0 0 1 2 2v9M2.5 21h19M8 7.5h3M8 11.5h3M8 15.5h3"
            }
            Self::Plus => "M12 5v14M5 12h14",
            Self::Minus => "M5 12h14",
            Self::Clients => {
                "M9 4a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM2.5 20c0-3.3 2.9-5.5 6.5-5.5s6.5 2.2 6.5 5.5M15.5 4.3a3.5 3.5 0 0 1 0 6.4M17.5 14.8c2.4.7 4 2.6 4 5.2"
            }
            Self::More => "M4 7h16M4 12h16M4 17h16",
            Self::Search => "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.3 15.3 20.5 20.5",
            Self::Phone => {
                "M5 3.5h3.2l1.8 4.6-2.3 1.7a12 12 0 0 0 6.5 6.5l1.7-2.3 4.6 1.8V19a1.6 1.6 0 0 1-1.7 1.5A16.3 16.3 0 0 1 3.5 5.2 1.6 1.6 0 0 1 5 3.5Z"
            }
            Self::Mail => {
                "M5 5h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2ZM3.5 7.5l8.5 6 8.5-6"
            }
            Self::Video => {
                "M4.5 6.5h9a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-9a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2ZM15.5 10.8l6-3.3v9l-6-3.3"
            }
            Self::InPerson => {
                "M7.5 4a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM16.5 4a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM3.5 20.5v-4a4 4 0 0 1 8 0v4M12.5 20.5v-4a4 4 0 0 1 8 0v4"
            }
            Self::Check => "M4.5 12.5l5 5 10-11",
            Self::Warning => "M12 4 2.8 20h18.4L12 4ZM12 10v4.5M12 17.2v.1",
            Self::Error => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 7.5v5.5M12 16.2v.1",
            Self::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 11v5.5M12 7.7v.1",
            Self::Undo => "M8 4.5 3.5 9 8 13.5M3.5 9H14a6 6 0 0 1 0 12h-3",
            Self::ChevronRight => "M9 5.5 15.5 12 9 18.5",
            Self::ChevronLeft => "M15 5.5 8.5 12l6.5 6.5",
            Self::ArrowRight => "M4 12h16M14 6l6 6-6 6",
            Self::Calendar => {
                "M5 5h14a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2ZM3 10h18M8 2.5V7M16 2.5V7"
            }
            Self::User => "M12 3.5a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20.5c0-3.6 3.3-6 7.5-6s7.5 2.4 7.5 6",
            Self::SignOut => "M10 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4M15.5 7.5 20 12l-4.5 4.5M20 12H9.5",
            Self::Globe => {
                "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM3 12h18M12 3c2.5 2.5 3.8 5.5 3.8 9s-1.3 6.5-3.8 9c-2.5-2.5-3.8-5.5-3.8-9S9.5 5.5 12 3Z"
            }
            Self::Key => {
                "M8 10.500a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM11.3 11.7 20 3M16 7l3 3M13.5 9.500l2 2"
            }
            Self::Sent => "M3 12.500l4.5 4.500L16 7.500M11.5 16l1 1L21 7.5",
            Self::OnPhone => {
                "M8 2.500h8a1.5 1.5 0 0 1 1.5 1.500v16a1.5 1.5 0 0 1-1.5 1.500H8A1.5 1.5 0 0 1 6.5 20V4A1.5 1.5 0 0 1 8 2.500ZM11 18.500h2"
            }
        }
    }
}

impl Icon {
    /// The icon as an element.
    #[must_use]
    pub fn view(self) -> AnyView {
        view! {
            <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
                <path d=self.path()></path>
            </svg>
        }
        .into_any()
    }
}
