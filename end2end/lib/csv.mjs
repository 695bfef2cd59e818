// Reading CSV as a spreadsheet does.

/** The cells, row by row: fields parted by `separator`, in quotes where they need to be. */
export function cells(text, separator = ',') {
  const rows = [];
  let [row, cell, quoted] = [[], '', false];
  const letters = [...text.replace(/^\ufeff/, '')];
  const endRow = () => {
    rows.push([...row, cell]);
    [row, cell] = [[], ''];
  };
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters[at];
    if (quoted && letter === '"' && letters[at + 1] === '"') {
      cell += letter;
      at += 1;
    } else if (letter === '"') quoted = !quoted;
    else if (quoted) cell += letter;
    else if (letter === separator) {
      row.push(cell);
      cell = '';
    } else if (letter === '\n') endRow();
    else if (letter !== '\r') cell += letter;
  }
  if (cell || row.length > 0) endRow();
  return rows;
}

/** The rows below the first line, each by its columns' names. */
export function table(text) {
  const [head, ...rows] = cells(text);
  return rows.map((row) => Object.fromEntries(head.map((column, at) => [column, row[at]])));
}
