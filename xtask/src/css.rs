//! One style sheet out of many: `@import` lines replaced by what they name, comments and
//! indentation taken out.

use std::fs;
use std::path::{Path, PathBuf};

use crate::step::{Doing, Failure, Outcome};

/// The style sheet in one piece, small.
pub(crate) fn bundle(main: &Path) -> Outcome<String> {
    let mut open = Vec::new();
    Ok(shrink(&inline(main, &mut open)?))
}

/// A style sheet with the ones it imports in their places; `open` are the ones that led here.
fn inline(file: &Path, open: &mut Vec<PathBuf>) -> Outcome<String> {
    if open.iter().any(|earlier| earlier == file) {
        return Err(Failure::new(format!("{} imports itself, by way of others", file.display())));
    }
    let text = fs::read_to_string(file).doing(format_args!("read {}", file.display()))?;
    open.push(file.to_path_buf());
    let mut whole = String::with_capacity(text.len());
    for line in text.lines() {
        match imported(line) {
            Some(name) => {
                let folder = file.parent().unwrap_or(Path::new("."));
                whole.push_str(&inline(&folder.join(name), open)?);
            }
            None => whole.push_str(line),
        }
        whole.push('\n');
    }
    open.pop();
    Ok(whole)
}

/// The file that a line like `@import "visits.css";` names.
fn imported(line: &str) -> Option<&str> {
    let name = line.trim().strip_prefix("@import")?.trim();
    let name = name.strip_suffix(';')?.trim();
    let name = name.strip_prefix("url(").and_then(|rest| rest.strip_suffix(')')).unwrap_or(name);
    let name = name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'))?;
    (!name.contains(':') && !name.starts_with('/')).then_some(name)
}

/// Takes out comments and the white space that means nothing.
///
/// Only what is safe in every place of a style sheet: strings and `url(…)` stay as they are, a run
/// of white space becomes one space, and goes beside `{`, `}`, `;` and after `,`.
pub(crate) fn shrink(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    let mut space = false;
    while let Some(letter) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.find("*/").map_or("", |end| &comment[end + 2..]);
            // Between two words a comment parts them without being white space.
            let touches = !space && out.ends_with(is_word) && rest.starts_with(is_word);
            if touches {
                out.push_str("/**/");
            }
            continue;
        }
        if letter.is_ascii_whitespace() {
            space = true;
            rest = &rest[1..];
            continue;
        }
        if space {
            let beside = out.ends_with(['{', '}', ';', ',']) || matches!(letter, '{' | '}' | ';');
            if !beside && !out.is_empty() {
                out.push(' ');
            }
            space = false;
        }
        let length = whole_piece(rest, letter);
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

/// How many bytes from here stay as they are: a string, a `url(…)`, an escape, or one letter.
fn whole_piece(rest: &str, letter: char) -> usize {
    let all = rest.len();
    match letter {
        '"' | '\'' => {
            let mut escaped = false;
            for (at, next) in rest.char_indices().skip(1) {
                if escaped {
                    escaped = false;
                } else if next == '\\' {
                    escaped = true;
                } else if next == letter {
                    return at + 1;
                }
            }
            all
        }
        '\\' => rest.char_indices().nth(2).map_or(all, |(at, _)| at),
        'u' | 'U' if rest.len() > 4 && rest.as_bytes()[..4].eq_ignore_ascii_case(b"url(") => {
            let quoted = rest[4..].trim_start().starts_with(['"', '\'']);
            if quoted { 4 } else { rest.find(')').map_or(all, |end| end + 1) }
        }
        _ => letter.len_utf8(),
    }
}

/// Whether a letter can be part of a word or a number.
fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '-' | '_' | '%' | '\\' | '.' | '#') || !letter.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go() {
        let css = "/* tokens */\n:root {\n  --space: 4px; /* four */\n\n  color : red;\n}\n\na,\nb > c {\n  margin: 0 1px;\n}\n";
        assert_eq!(shrink(css), ":root{--space: 4px;color : red;}a,b > c{margin: 0 1px;}");
    }

    #[test]
    fn strings_and_addresses_stay() {
        let css = "a::before { content: \"/* no  comment */ \\\" {  \"; }\nb { background: url(data:image/svg+xml,/*%20*/a;b) ; }";
        assert_eq!(
            shrink(css),
            "a::before{content: \"/* no  comment */ \\\" {  \";}b{background: url(data:image/svg+xml,/*%20*/a;b);}"
        );
        assert_eq!(shrink(".\\31 0 a { x: y }"), ".\\31 0 a{x: y}");
    }

    #[test]
    fn what_parts_two_words_keeps_parting_them() {
        assert_eq!(shrink("margin:1px/* */2px"), "margin:1px/**/2px");
        assert_eq!(shrink("div .a /* x */ :hover{}"), "div .a :hover{}");
        assert_eq!(shrink("calc(1px + (2px - 3px))"), "calc(1px + (2px - 3px))");
        assert_eq!(
            shrink("@media (width > 40em) and (hover) { a { b: c } }"),
            "@media (width > 40em) and (hover){a{b: c}}"
        );
    }

    #[test]
    fn only_own_files_are_inlined() {
        assert_eq!(imported("@import \"tokens.css\";"), Some("tokens.css"));
        assert_eq!(imported("  @import url(\"ui/field.css\") ;"), Some("ui/field.css"));
        assert_eq!(imported("@import \"https://example.org/x.css\";"), None);
        assert_eq!(imported("a { b: c }"), None);
    }
}
