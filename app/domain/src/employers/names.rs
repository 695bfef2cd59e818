//! The register never holds a client's name or a diagnosis: words that do are not taken.

use crate::text::fold;

/// Letters that a Finnish case ending may add to a name.
const ENDING_MAX: usize = 5;

/// Do the words name one of these clients, or hold a personal identity code?
///
/// `known` are names and aliases. One is named when all its words stand there, each with an ending
/// at most (*Salmen*, *Salaiselle* for *Salme Salainen* are found by the stem).
#[must_use]
pub fn names_a_client<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> bool {
    if holds_identity_code(text) {
        return true;
    }
    let text = fold(text);
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    known.into_iter().any(|name| {
        let name = fold(name);
        let mut parts = name.split(' ').filter(|part| !part.is_empty()).peekable();
        parts.peek().is_some() && parts.all(|part| words.iter().any(|word| is_form_of(word, part)))
    })
}

/// Is the word this name, or a case of it? Short names have to stand as they are.
fn is_form_of(word: &str, name: &str) -> bool {
    if word == name {
        return true;
    }
    let letters = name.chars().count();
    if letters < 4 {
        return false;
    }
    // -nen becomes -se- (Salainen, Salaisen); else the last letter may change (Matti, Matin).
    let stem: String = match name.strip_suffix("nen") {
        Some(stem) => format!("{stem}s"),
        None => name.chars().take(letters - 1).collect(),
    };
    let stem_letters = stem.chars().count();
    stem_letters >= 3
        && word.starts_with(&stem)
        && word.chars().count() - stem_letters <= ENDING_MAX
        && (name.ends_with("nen") || word.starts_with(name) || letters > 5 && word.len() > stem.len())
}

/// Beginnings of words, folded, that say a diagnosis or an addiction in Finnish, Swedish or English.
/// Only such as no employer or job is called by: a false alarm costs a coach a sentence each time.
const DIAGNOSES: [&str; 34] = [
    "skitsofreni",
    "skitsoaffekt",
    "skitsotyyp",
    "schizo",
    "psykoosi",
    "psykosen",
    "psykotisk",
    "psychosis",
    "psychotic",
    "masennukse",
    "masennust",
    "masennus",
    "depressio",
    "depressiiv",
    "depression",
    "depressiv",
    "bipolaar",
    "bipolar",
    "manisdepressiv",
    "mielialahairio",
    "ahdistuneisuushairio",
    "angestsyndrom",
    "paniikkihairio",
    "panikangest",
    "persoonallisuushairio",
    "personlighetsstorning",
    "syomishairio",
    "atstorning",
    "autismikirjo",
    "autistinen",
    "adhd",
    "paihderiippuv",
    "alkoholiriippuv",
    "missbrukar",
];

/// Do the words tell a diagnosis: by its name, or by a code of ICD-10's chapter F (*F32.1*, *F331*)?
#[must_use]
pub fn tells_a_diagnosis(text: &str) -> bool {
    let folded = fold(text);
    folded
        .split(' ')
        .any(|word| is_diagnosis_code(word) || DIAGNOSES.iter().any(|name| word.starts_with(name)))
}

fn is_diagnosis_code(folded: &str) -> bool {
    let digits = folded.strip_prefix('f').unwrap_or_default();
    (2..=4).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit())
}

/// Is there a Finnish personal identity code (six digits, a sign of the century, three digits, a
/// check character)?
#[must_use]
pub fn holds_identity_code(text: &str) -> bool {
    let letters: Vec<char> = text.chars().map(|letter| letter.to_ascii_uppercase()).collect();
    let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    (0..letters.len()).any(|at| {
        let whole = at == 0 || !letters[at - 1].is_ascii_alphanumeric();
        whole
            && (0..6).all(|by| digit(at + by))
            && letters.get(at + 6).is_some_and(|sign| "+-ABCDEFUVWXY".contains(*sign))
            && (7..10).all(|by| digit(at + by))
            && letters.get(at + 10).is_some_and(char::is_ascii_alphanumeric)
            && letters.get(at + 11).is_none_or(|letter| !letter.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_found_in_its_cases_and_an_alias_as_it_stands() {
        let known = ["Salme Salainen", "Koivu 7", "K-4"];
        for text in
            ["Salme Salainen", "puhuttiin salme salaisen vuoroista", "Salainen, Salmelle", "koivu 7", "k 4"]
        {
            assert!(names_a_client(text, known), "{text}");
        }
        for text in ["", "Salme vastaa puhelimeen", "Koivukujan ovi, kerros 2", "salaista tietoa"] {
            assert!(!names_a_client(text, known), "{text}");
        }
    }

    #[test]
    fn an_identity_code_is_found_whoever_it_is_of() {
        for text in ["010190-123X", "hetu 131052A308T.", "010101b9001", "(290299+9999)"] {
            assert!(names_a_client(text, []), "{text}");
        }
        for text in ["0737546-2", "040 123 4567", "010190-12", "1010190-123X", "Y-tunnus 1234567-8"] {
            assert!(!names_a_client(text, []), "{text}");
        }
    }

    #[test]
    fn a_diagnosis_is_found_by_its_name_and_by_its_code() {
        for text in [
            "sairastaa skitsofreniaa",
            "Masennuksen takia lyhyt päivä",
            "pitkä masennus",
            "persoonallisuushäiriö",
            "en ätstörning",
            "has a bipolar disorder",
            "ADHD, mutta pärjää",
            "dg F20.0, lääkitys",
            "F33.",
            "(f331)",
        ] {
            assert!(tells_a_diagnosis(text), "{text}");
        }
        for text in [
            "",
            "Halli F2, portti 20",
            "F1-kisat, FI20, huone 32",
            "Masentava tunnelma taukohuoneessa",
            "Kaksisuuntainen katu",
            "Psykiatrian poliklinikan naapurissa",
            "Toimitus F-20",
            "Autismisäätiö on vuokralainen",
        ] {
            assert!(!tells_a_diagnosis(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_name_is_found_between_any_words(before in "[a-z ]{0,20}", after in "[a-z ]{0,20}") {
            let text = format!("{before} Terho Toisen {after}");
            prop_assert!(names_a_client(&text, ["Terho Toisen"]));
        }

        #[test]
        fn any_text_is_looked_at(text in ".*", name in ".*") {
            let _ = names_a_client(&text, [name.as_str()]);
        }
    }
}
