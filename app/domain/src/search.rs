//! Searching in what a person may see: what was typed, how well a text fits it, and the piece of the text
//! that shows the hit.
//!
//! Rings, dots and capitals do not matter ([`fold`]); a word may be a part of a compound, and a slip in it
//! is forgiven. What fits better comes first.

use crate::text::{fold, one_slip_from_start};
use std::ops::Range;

/// So many characters are searched for at most.
pub const TEXT_MAX: usize = 100;
/// So many words are searched for at most.
pub const WORDS_MAX: usize = 8;
/// One word of a query has at least so many letters: a single one is in everything.
pub const LETTERS_MIN: usize = 2;
/// From so many letters on a word is also found inside another, and with a slip.
const SURE: usize = 4;
/// A slip in the last letter leaves a word only so much longer than what was typed: *auto* is not *auttaa*.
const ENDING: usize = 1;
/// A snippet shows about so much before the hit, and so much in all, in bytes.
const BEFORE: usize = 48;
const SHOWN: usize = 200;

/// Why something can't be searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryError {
    /// No word has [`LETTERS_MIN`] letters.
    TooShort,
    /// Longer than [`TEXT_MAX`], or more words than [`WORDS_MAX`].
    TooLong,
}

/// What is searched for: every one of these words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    words: Vec<String>,
}

/// A part of a text: a hit, or what stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// As it stands in the text, every run of spaces made one.
    pub text: String,
    /// Is it a hit?
    pub hit: bool,
}

impl Query {
    /// What was typed, as it is searched for.
    ///
    /// # Errors
    /// When it is too short or too long to be searched for.
    pub fn read(text: &str) -> Result<Self, QueryError> {
        if text.chars().count() > TEXT_MAX {
            return Err(QueryError::TooLong);
        }
        let mut words: Vec<String> = fold(text).split(' ').map(str::to_owned).collect();
        words.sort_unstable();
        words.dedup();
        if words.len() > WORDS_MAX {
            return Err(QueryError::TooLong);
        }
        if words.iter().all(|word| word.chars().nth(LETTERS_MIN - 1).is_none()) {
            return Err(QueryError::TooShort);
        }
        Ok(Self { words })
    }

    /// How well a text fits; smaller is better, `None` is no hit. Every word of the query must be found: as
    /// a whole word (0), at the start of one (1), inside one (2), or with one slip, rather in its second half (3)
    /// than in its first (4).
    #[must_use]
    pub fn rank(&self, text: &str) -> Option<u32> {
        let folded = fold(text);
        self.words.iter().map(|typed| folded.split(' ').filter_map(|word| fit(typed, word)).min()).sum()
    }

    /// A whole text with its hits marked.
    #[must_use]
    pub fn mark(&self, text: &str) -> Vec<Part> {
        let words = self.words_of(text);
        self.parts(text, 0..text.len(), &words)
    }

    /// A piece of a text around its first hit, with the hits marked. Where it was cut stands an ellipsis.
    #[must_use]
    pub fn snippet(&self, text: &str) -> Vec<Part> {
        let words = self.words_of(text);
        let first = words.iter().find(|word| word.hit).map_or(0, |word| word.at.start);
        // From the start of a word to the end of one.
        let start = if first <= BEFORE || text.len() <= SHOWN {
            0
        } else {
            words.iter().map(|word| word.at.start).find(|at| at + BEFORE >= first).unwrap_or(first)
        };
        let end = if text.len() - start <= SHOWN {
            text.len()
        } else {
            let ends = words.iter().map(|word| word.at.end).filter(|at| *at > first);
            ends.take_while(|at| *at <= start + SHOWN).last().unwrap_or(text.len())
        };
        let mut parts = self.parts(text, start..end, &words);
        let ellipsis = |text: &str| Part { text: text.to_owned(), hit: false };
        if start > 0 {
            parts.insert(0, ellipsis("… "));
        }
        if end < text.len() {
            parts.push(ellipsis(" …"));
        }
        parts
    }

    /// The words of a text with where they stand, and whether each is a hit.
    fn words_of(&self, text: &str) -> Vec<Word> {
        let hit = |folded: &str| self.words.iter().any(|typed| fit(typed, folded).is_some());
        ranges(text)
            .into_iter()
            .map(|at| Word { hit: hit(&fold(&text[at.clone()])), at })
            .filter(|word| !word.at.is_empty())
            .collect()
    }

    /// What stands in `within`, cut where hits begin and end.
    fn parts(&self, text: &str, within: Range<usize>, words: &[Word]) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let mut add = |from: usize, to: usize, hit: bool| {
            let said = one_space(&text[from..to]);
            match parts.last_mut() {
                _ if said.is_empty() => {}
                Some(last) if last.hit == hit => last.text.push_str(&said),
                _ => parts.push(Part { text: said, hit }),
            }
        };
        let mut at = within.start;
        let inside = |word: &&Word| word.at.start >= within.start && word.at.end <= within.end;
        for word in words.iter().filter(|word| word.hit).filter(inside) {
            add(at, word.at.start, false);
            add(word.at.start, word.at.end, true);
            at = word.at.end;
        }
        add(at, within.end, false);
        parts
    }
}

/// A word of a text: where it stands, and whether it is a hit.
struct Word {
    at: Range<usize>,
    hit: bool,
}

/// Where the words of a text stand: what [`fold`] makes one word of.
fn ranges(text: &str) -> Vec<Range<usize>> {
    let in_word =
        |letter: char| letter.is_alphanumeric() || matches!(letter, '\u{0300}'..='\u{036f}' | '\'' | '’');
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (at, letter) in text.char_indices().filter(|(_, letter)| in_word(*letter)) {
        let end = at + letter.len_utf8();
        match ranges.last_mut() {
            Some(last) if last.end == at => last.end = end,
            _ => ranges.push(at..end),
        }
    }
    ranges
}

/// The text with every run of spaces and line breaks made one space.
fn one_space(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    for letter in text.chars() {
        if !letter.is_whitespace() {
            said.push(letter);
        } else if !said.ends_with(' ') {
            said.push(' ');
        }
    }
    said
}

/// How well a folded word fits a typed one.
fn fit(typed: &str, word: &str) -> Option<u32> {
    if word.starts_with(typed) {
        return Some(u32::from(word.len() != typed.len()));
    }
    typed.chars().nth(SURE - 1)?;
    if word.contains(typed) {
        return Some(2);
    }
    if !one_slip_from_start(typed, word) {
        return None;
    }
    let same = typed.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
    let letters = typed.chars().count();
    if same + 1 >= letters && word.chars().count() > letters + ENDING {
        return None;
    }
    Some(if 2 * same >= letters { 3 } else { 4 })
}

/// The best of a kind, and how many more there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group<T> {
    /// The best ones.
    pub hits: Vec<T>,
    /// How many more fit.
    pub more: usize,
}

impl<T> Group<T> {
    /// The first `most` in the order of their keys.
    #[must_use]
    pub fn best<K: Ord>(mut ranked: Vec<(K, T)>, most: usize) -> Self {
        ranked.sort_by(|(one, _), (other, _)| one.cmp(other));
        let more = ranked.len().saturating_sub(most);
        Self { hits: ranked.into_iter().take(most).map(|(_, hit)| hit).collect(), more }
    }

    /// How many fit in all.
    #[must_use]
    pub fn found(&self) -> usize {
        self.hits.len() + self.more
    }
}

impl<T> Default for Group<T> {
    fn default() -> Self {
        Self { hits: Vec::new(), more: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn query(text: &str) -> Query {
        Query::read(text).unwrap()
    }

    fn rank(typed: &str, text: &str) -> Option<u32> {
        query(typed).rank(text)
    }

    fn hits(parts: &[Part]) -> Vec<&str> {
        parts.iter().filter(|part| part.hit).map(|part| part.text.as_str()).collect()
    }

    fn said(parts: &[Part]) -> String {
        parts.iter().map(|part| part.text.as_str()).collect()
    }

    #[test]
    fn letters_of_finnish_and_swedish_are_found_as_people_type_them() {
        for typed in
            ["åkerlund", "Akerlund", "ÅKERLUND", "åkrlund", "åkelrund", "åkerlundh", "A\u{030a}kerlund"]
        {
            assert!(rank(typed, "Konditori Åkerlund Ab").is_some(), "{typed}");
        }
        assert!(rank("tyohon", "Haluaa työhön heti").is_some());
        assert!(rank("hälsa", "Ringde HALSAN i går").is_some());
        assert!(rank("päiväkoti", "Soitti paivakotiin").is_some());
    }

    #[test]
    fn a_whole_word_comes_before_a_start_a_middle_and_a_slip() {
        let ranks = ["kauppa", "kauppaan", "ruokakauppa", "kaupan"].map(|text| rank("kauppa", text).unwrap());
        assert_eq!(ranks, [0, 1, 2, 3]);
        assert_eq!(rank("salme kauppa", "Salmen kaupassa"), Some(4));
        let slips = ["soitin", "siitä", "töitä"].map(|text| rank("soita", text).unwrap());
        assert_eq!(slips, [3, 4, 4], "another ending comes before another word");
        assert_eq!(rank("salme kauppa", "Salmen kahvila"), None, "every word must be found");
    }

    #[test]
    fn what_is_another_word_is_not_a_slip() {
        assert_eq!(rank("auto", "auttaa aina"), None, "another ending");
        assert_eq!(rank("oma", "tuoma"), None, "short words are not found inside others");
        assert_eq!(rank("aku", "akka"), None, "nor with a slip");
        assert_eq!(rank("aku", "Akulla oli asiaa"), Some(1));
        assert_eq!(rank("leipomo", "kahvila"), None);
    }

    #[test]
    fn what_is_too_short_or_too_long_says_so() {
        for short in ["", " ", "a", "a b", "å", "- . ,"] {
            assert_eq!(Query::read(short), Err(QueryError::TooShort), "{short:?}");
        }
        assert!(Query::read("ab").is_ok() && Query::read("anna k").is_ok() && Query::read("Åå").is_ok());
        assert_eq!(Query::read(&"a".repeat(TEXT_MAX + 1)), Err(QueryError::TooLong));
        assert_eq!(Query::read("aa bb cc dd ee ff gg hh ii"), Err(QueryError::TooLong));
        assert!(Query::read("aa aa aa aa aa aa aa aa aa").is_ok(), "the same word is one word");
    }

    #[test]
    fn a_snippet_shows_the_hit_with_what_stands_around_it() {
        let long =
            format!("{} Sovittiin KESÄTYÖSTÄ\n\n kahvilassa. {}", "alku ".repeat(60), "loppu ".repeat(60));
        let snippet = query("kesatyo kahvila").snippet(&long);
        assert_eq!(hits(&snippet), ["KESÄTYÖSTÄ", "kahvilassa"]);
        let text = said(&snippet);
        assert!(text.starts_with("… alku") && text.ends_with("loppu …"), "{text}");
        assert!(text.contains("Sovittiin KESÄTYÖSTÄ kahvilassa."), "{text}");
        assert!(text.len() < SHOWN + 20);
        let short = query("vuoro").snippet("Puhuttiin vuoroista.");
        assert_eq!((said(&short).as_str(), hits(&short)), ("Puhuttiin vuoroista.", vec!["vuoroista"]));
    }

    #[test]
    fn the_best_are_shown_and_the_others_counted() {
        let group = Group::best(vec![(3, "c"), (1, "a"), (2, "b"), (1, "a too")], 2);
        assert_eq!((group.hits.as_slice(), group.more, group.found()), (["a", "a too"].as_slice(), 2, 4));
    }

    /// A word with one slip: a letter wrong, missing, added, or swapped with the next.
    fn slipped(word: &str, at: usize, letter: char, how: u8) -> String {
        let mut letters: Vec<char> = word.chars().collect();
        let at = at % letters.len();
        match how {
            0 => letters[at] = letter,
            1 => drop(letters.remove(at)),
            2 => letters.insert(at, letter),
            _ if at + 1 < letters.len() => letters.swap(at, at + 1),
            _ => {}
        }
        letters.into_iter().collect()
    }

    const WORDS: &str = "[a-zåäöÅÄÖ]{1,12}([ ,.\n][a-zåäö]{1,12}){0,12}";

    proptest! {
        #[test]
        fn every_word_of_five_letters_is_found_with_a_slip(
            text in WORDS, which in 0_usize..13, at in 0_usize..12, letter in "[a-zåäö]", how in 0_u8..4,
        ) {
            let words: Vec<&str> = text.split([' ', ',', '.', '\n']).collect();
            let word = words[which % words.len()];
            prop_assume!(word.chars().count() >= 5);
            let typed = slipped(word, at, letter.chars().next().unwrap(), how);
            prop_assert!(rank(&typed, &text).is_some(), "{} does not find {}", typed, word);
            prop_assert!(query(&typed).snippet(&text).iter().any(|part| part.hit));
        }

        #[test]
        fn more_text_is_no_worse_and_more_words_find_no_more(text in WORDS, more in WORDS, one in WORDS, two in WORDS) {
            let longer = format!("{text} {more}");
            if let Ok(first) = Query::read(&one) {
                if let Some(before) = first.rank(&text) {
                    prop_assert!(first.rank(&longer).is_some_and(|now| now <= before));
                }
                if let Ok(both) = Query::read(&format!("{one} {two}")) {
                    prop_assert!(both.rank(&text).is_none() || first.rank(&text).is_some());
                }
            }
        }

        #[test]
        fn a_text_finds_itself_whatever_stands_in_it(text in "\\PC{2,40}") {
            if let Ok(query) = Query::read(&text) {
                prop_assert_eq!(query.rank(&text), Some(0));
                prop_assert!(query.mark(&text).iter().any(|part| part.hit));
            }
        }

        #[test]
        fn the_words_of_a_text_are_those_of_folding(text in "\\PC{0,60}") {
            let words: Vec<String> =
                ranges(&text).into_iter().map(|at| fold(&text[at])).filter(|word| !word.is_empty()).collect();
            prop_assert_eq!(words.join(" "), fold(&text));
        }

        #[test]
        fn a_snippet_is_a_piece_of_the_text(text in WORDS, typed in WORDS) {
            if let Ok(query) = Query::read(&typed) {
                let whole = one_space(&text);
                let snippet = said(&query.snippet(&text));
                let piece = snippet.trim_start_matches("… ").trim_end_matches(" …");
                prop_assert!(whole.contains(piece), "{:?} in {:?}", piece, whole);
                prop_assert_eq!(said(&query.mark(&text)), whole);
                prop_assert_eq!(query.rank(&text).is_some_and(|rank| rank == 0), {
                    let words: Vec<String> = fold(&text).split(' ').map(str::to_owned).collect();
                    query.words.iter().all(|word| words.contains(word))
                });
            }
        }
    }
}
