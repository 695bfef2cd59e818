//! Tables for people.

/// Prints a title and rows under their headers. The columns stand to the left up to `words` of them,
/// those after that to the right.
pub(crate) fn print(title: &str, words: usize, headers: &[&str], rows: &[Vec<String>]) {
    println!("\n{title}");
    for line in lines(words, headers, rows) {
        println!("  {line}");
    }
}

fn lines(words: usize, headers: &[&str], rows: &[Vec<String>]) -> Vec<String> {
    let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
    let every = || std::iter::once(&headers).chain(rows);
    let width = |at: usize| every().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..headers.len()).map(|at| width(at).unwrap_or(0)).collect();
    every()
        .map(|row| {
            let cells = row.iter().zip(&widths).enumerate().map(|(at, (cell, width))| match at < words {
                true => format!("{cell:<width$}"),
                false => format!("{cell:>width$}"),
            });
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_left_and_figures_right() {
        let rows = vec![vec!["SQLite".to_owned(), "9".to_owned()], vec!["é".to_owned(), "10".to_owned()]];
        assert_eq!(lines(1, &["engine", "ms"], &rows), ["engine  ms", "SQLite   9", "é       10"]);
    }
}
