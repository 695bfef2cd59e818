//! Finding names the way people type them: without dots and rings, and with one slip.

/// A name as it is compared: lower case, without diacritics, words parted by single spaces.
/// *Åkerlund*, *åkerlund* and *Akerlund* fold to the same text.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'å' | 'ä' | 'á' | 'à' | 'â' | 'ã' => folded.push('a'),
            'ö' | 'ø' | 'ó' | 'ò' | 'ô' | 'õ' => folded.push('o'),
            'é' | 'è' | 'ê' | 'ë' => folded.push('e'),
            'ü' | 'ú' | 'ù' | 'û' => folded.push('u'),
            'í' | 'ì' | 'î' | 'ï' => folded.push('i'),
            'æ' => folded.push_str("ae"),
            'ç' => folded.push('c'),
            'ñ' => folded.push('n'),
            'š' => folded.push('s'),
            'ž' => folded.push('z'),
            'ß' => folded.push_str("ss"),
            letter if letter.is_alphanumeric() => folded.push(letter),
            // A combining mark belongs to the letter before it (names typed on some phones).
            '\u{0300}'..='\u{036f}' | '\'' | '’' => {}
            _ => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// A name as it is sorted among others, letter by letter in the order of the Finnish alphabet, in
/// which å, ä and ö come after z.
#[must_use]
pub fn sort_key(name: &str) -> String {
    let letters = name.chars().flat_map(char::to_lowercase).flat_map(|letter| match letter {
        'å' => vec!['{'],
        'ä' | 'æ' => vec!['|'],
        'ö' | 'ø' => vec!['}'],
        letter => fold(&letter.to_string()).chars().chain(letter.is_whitespace().then_some(' ')).collect(),
    });
    letters.collect()
}

/// A street address as it is sorted among others: numbers by their size, so that *Asematie 9* comes before
/// *Asematie 10*.
#[must_use]
pub fn street_key(street: &str) -> String {
    let mut key = String::new();
    let mut digits = String::new();
    for letter in sort_key(street).chars().chain([' ']) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        if !digits.is_empty() {
            key.push_str(&format!("{digits:0>6}"));
            digits.clear();
        }
        key.push(letter);
    }
    key
}

/// How well a folded `query` finds a folded `name`; smaller is better, `None` is no hit.
///
/// Every word of the query must be found in the name: at the start of the name (0), at the start
/// of one of its words (1), inside a word (2), or, for words of four letters or more, with one
/// letter wrong, missing, added or swapped with its neighbour (3).
#[must_use]
pub fn rank(query: &str, name: &str) -> Option<u32> {
    if name.starts_with(query) {
        return Some(0);
    }
    query.split(' ').filter(|word| !word.is_empty()).map(|word| word_rank(word, name)).sum()
}

fn word_rank(word: &str, name: &str) -> Option<u32> {
    // Most names lack letters of the word: they are told apart by these alone, on each key over thousands.
    let lacking = (letters(word) & !letters(name)).count_ones();
    if lacking > 1 {
        None
    } else if lacking == 0 && name.split(' ').any(|other| other.starts_with(word)) {
        Some(1)
    } else if lacking == 0 && name.contains(word) {
        Some(2)
    } else if word.chars().nth(3).is_some() && name.split(' ').any(|other| one_slip_from_start(word, other)) {
        Some(3)
    } else {
        None
    }
}

/// A bit for each letter that stands in a folded text.
#[must_use]
pub fn letters(text: &str) -> u32 {
    text.bytes().filter(u8::is_ascii).fold(0, |letters, byte| letters | 1 << (byte & 31))
}

/// Is `typed` the start of `word`, but for one slip? The first letter may be the wrong one too.
pub(crate) fn one_slip_from_start(typed: &str, word: &str) -> bool {
    let same: usize =
        typed.chars().zip(word.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (typed, word) = (&typed[same..], &word[same..]);
    let (Some((first, rest)), next) = (first_letter(typed), first_letter(word)) else { return true };
    let added_letter = word.starts_with(rest);
    let Some((next, after)) = next else { return added_letter };
    let wrong_letter = after.starts_with(rest);
    let missing_letter = after.starts_with(typed);
    let swapped = match (first_letter(after), first_letter(rest)) {
        (Some((b, word)), Some((c, rest))) => next == c && b == first && word.starts_with(rest),
        _ => false,
    };
    added_letter || wrong_letter || missing_letter || swapped
}

/// The first letter of a text, and what comes after it.
fn first_letter(text: &str) -> Option<(char, &str)> {
    let mut letters = text.chars();
    letters.next().map(|first| (first, letters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn finds(query: &str, name: &str) -> bool {
        rank(&fold(query), &fold(name)).is_some()
    }

    #[test]
    fn rings_dots_and_capitals_do_not_matter() {
        for query in ["åkerlund", "Akerlund", "ÅKERLUND", "akerl", "A\u{030a}kerlund"] {
            assert!(finds(query, "Konditori Åkerlund Ab"), "{query}");
        }
    }

    #[test]
    fn one_slip_is_forgiven_and_two_are_not() {
        for query in ["åkrlund", "åkkerlund", "åkerlumd", "åkelrund", "okerlund", "akerlnu"] {
            assert!(finds(query, "Åkerlund Oy"), "{query}");
        }
        for query in ["åklund", "akxrlxnd", "abc", "akx"] {
            assert!(!finds(query, "Åkerlund Oy"), "{query}");
        }
    }

    #[test]
    fn names_sort_in_the_order_of_the_finnish_alphabet() {
        let mut names = vec!["Öljy", "Åkeri", "Äänekoski", "Zeta", "Aalto", "Éclair", "Aalto 2"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["Aalto", "Aalto 2", "Éclair", "Zeta", "Åkeri", "Äänekoski", "Öljy"]);
    }

    #[test]
    fn houses_stand_in_the_order_of_their_numbers() {
        let mut streets =
            vec!["Asematie 12 A", "Asematie 2", "Öljytie 1", "Asematie 100", "Asematie", "Asematie 12"];
        streets.sort_by_key(|street| street_key(street));
        assert_eq!(
            streets,
            ["Asematie", "Asematie 2", "Asematie 12", "Asematie 12 A", "Asematie 100", "Öljytie 1"]
        );
    }

    #[test]
    fn every_word_must_be_found_in_any_order() {
        assert!(finds("oy kuopion", "Kuopion Kauppa Rantakorpi Oy"));
        assert!(!finds("kuopion leipomo", "Kuopion Kauppa Rantakorpi Oy"));
    }

    #[test]
    fn a_start_comes_before_a_middle_and_a_slip() {
        let rank = |query: &str, name: &str| rank(&fold(query), &fold(name)).unwrap();
        assert!(rank("kauppa", "Kauppa Oy") < rank("kauppa", "Iisalmen Kauppa"));
        assert!(rank("kauppa", "Iisalmen Kauppa") < rank("kauppa", "Sivukauppa"));
        assert!(rank("kauppa", "Sivukauppa") < rank("kaappa", "Kauppa Oy"));
    }

    /// One slip or none between a typed text and some start of a word, letter by letter: slow and plain.
    fn within_a_slip(typed: &[char], word: &[char]) -> bool {
        let starts = |typed: &[char]| word.len() >= typed.len() && word[..typed.len()] == *typed;
        let alphabet = word.iter().chain(typed).copied().collect::<Vec<_>>();
        let without = |at: usize| [&typed[..at], &typed[at + 1..]].concat();
        (0..typed.len()).any(|at| starts(&without(at)))
            || (0..=typed.len()).any(|at| {
                alphabet.iter().any(|letter| {
                    starts(&[&typed[..at], &[*letter], &typed[at..]].concat())
                        || at < typed.len() && starts(&[&typed[..at], &[*letter], &typed[at + 1..]].concat())
                })
            })
            || (1..typed.len()).any(|at| {
                let mut swapped = typed.to_vec();
                swapped.swap(at - 1, at);
                starts(&swapped)
            })
    }

    proptest! {
        #[test]
        fn a_slip_is_found_as_by_trying_them_all(typed in "[abåä]{4,6}", word in "[abåä]{0,8}") {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            let wanted = word.starts_with(&typed) || within_a_slip(&letters(&typed), &letters(&word));
            prop_assert_eq!(one_slip_from_start(&typed, &word), wanted);
        }

        #[test]
        fn a_name_always_finds_itself_and_folding_settles(name in "\\PC{1,40}") {
            let folded = fold(&name);
            prop_assert_eq!(fold(&folded), folded.clone());
            prop_assert_eq!(rank(&folded, &folded), Some(0));
        }

        #[test]
        fn one_dropped_letter_still_finds(name in "[a-zåäö]{6,14}", at in 1_usize..5) {
            let typed: String = name.chars().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| c).collect();
            prop_assert!(finds(&typed, &name));
        }
    }
}
