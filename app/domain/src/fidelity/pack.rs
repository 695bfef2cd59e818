//! A criteria pack: a versioned file with the 25 items, their titles and guidance in three languages. One in our own
//! words is built in; an organisation may have another with wording that it has the permission to use.

use super::ITEMS;
use crate::codes::Language;
use serde::Deserialize;
use std::fmt;
use std::sync::{Arc, LazyLock};

/// Words in three languages.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Words {
    fi: String,
    sv: String,
    en: String,
}

impl Words {
    /// The words of a language.
    #[must_use]
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::Finnish => &self.fi,
            Language::Swedish => &self.sv,
            Language::English => &self.en,
        }
    }

    fn missing(&self) -> Option<&'static str> {
        let all = [("fi", &self.fi), ("sv", &self.sv), ("en", &self.en)];
        all.into_iter().find(|(_, text)| text.trim().is_empty()).map(|(language, _)| language)
    }
}

/// An item of a pack.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Item {
    id: toml::Spanned<u8>,
    /// What it is called.
    pub title: Words,
    /// What it looks at.
    pub asks: Words,
    /// What scores 1–5 ask.
    pub scores: [Words; 5],
    /// How it is estimated from records.
    pub rule: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    pack: String,
    version: u32,
    name: Words,
    item: Vec<Item>,
}

/// A pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// By what it is known.
    pub id: String,
    /// Which edition.
    pub version: u32,
    /// What it is called.
    pub name: Words,
    items: Vec<Item>,
}

/// What is wrong with a pack, and in which line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub why: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.why)
    }
}

impl std::error::Error for Broken {}

impl Pack {
    /// Reads a pack.
    ///
    /// # Errors
    /// The first thing that is wrong, with its line.
    pub fn read(text: &str) -> Result<Self, Broken> {
        let line = |at: usize| 1 + text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count();
        let file: File = toml::from_str(text).map_err(|error| Broken {
            line: line(error.span().map_or(0, |span| span.start)),
            why: error.message().to_owned(),
        })?;
        let broken = |at: usize, why: String| Broken { line: line(at), why };
        if file.pack.trim().is_empty() || file.version == 0 {
            return Err(broken(0, "a pack has an id, and a version from 1 on".into()));
        }
        for (wanted, item) in (1..).zip(&file.item) {
            let at = item.id.span().start;
            if *item.id.get_ref() != wanted || wanted > ITEMS {
                return Err(broken(
                    at,
                    format!("item {} stands where item {wanted} belongs", item.id.get_ref()),
                ));
            }
            let words = [&item.title, &item.asks, &item.rule];
            if let Some(language) = words.into_iter().chain(&item.scores).find_map(Words::missing) {
                return Err(broken(at, format!("item {wanted} has an empty text in {language}")));
            }
        }
        if file.item.len() != usize::from(ITEMS) {
            return Err(broken(
                text.len(),
                format!("{} items, where there must be {ITEMS}", file.item.len()),
            ));
        }
        Ok(Self { id: file.pack, version: file.version, name: file.name, items: file.item })
    }

    /// An item, 1–25; the first where there is none of that number.
    #[must_use]
    pub fn item(&self, item: u8) -> &Item {
        self.items.get(usize::from(item.saturating_sub(1))).unwrap_or(&self.items[0])
    }

    /// The items in their order.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }
}

/// The pack that is built in: the items of the 2008 scale, in our own words.
pub static BUILT_IN: LazyLock<Arc<Pack>> =
    LazyLock::new(|| Arc::new(Pack::read(BUILT_IN_TEXT).expect("the built-in pack is tested")));

/// The text of the built-in pack: a model for an organisation's own.
pub const BUILT_IN_TEXT: &str = include_str!("../../packs/ips-25.toml");

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../../packs/ips-25.toml");

    #[test]
    fn the_built_in_pack_is_whole() {
        assert_eq!(Pack::read(TEXT).map(|pack| pack.items().len()), Ok(25));
        assert_eq!(BUILT_IN.item(1).title.of(Language::Finnish), "Asiakasmäärä");
    }

    #[test]
    fn a_broken_pack_is_refused_with_the_line_and_the_reason() {
        let broken = |from: &str, to: &str| {
            let at = TEXT.find(from).expect("the text is there");
            let line = 1 + TEXT[..at].matches('\n').count();
            (Pack::read(&TEXT.replacen(from, to, 1)).unwrap_err(), line)
        };
        let (error, line) = broken("id = 7", "id = 8");
        assert_eq!(error, Broken { line, why: "item 8 stands where item 7 belongs".into() });
        let (error, line) = broken("version = 1", "version = \"one\"");
        assert_eq!(error.line, line, "{error}");
        let (error, line) = broken("version = 1", "verzion = 1");
        assert_eq!(error.line, line, "{error}");
        let (error, _) = broken("title = { fi = \"Asiakasmäärä\"", "title = { fi = \" \"");
        assert!(error.to_string().contains("item 1 has an empty text in fi"), "{error}");
        let cut = TEXT.rfind("[[item]]").expect("items");
        assert!(Pack::read(&TEXT[..cut]).unwrap_err().why.starts_with("24 items"));
        assert_eq!(Pack::read("pack = ").unwrap_err().line, 1);
    }
}
