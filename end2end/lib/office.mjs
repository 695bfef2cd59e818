// LibreOffice, as people open a package with it: only where it is installed.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Commas, double quotes, UTF-8, from the first line on. */
const COMMAS = '44,34,76,1';
/** No conversion takes longer, unless it hangs. */
const LONGEST = 120_000;

/** The program; none where it is not installed. */
export function office() {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const places = ['soffice', 'localc'].flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return places.find((place) => existsSync(place));
}

/** Converts a file in its folder; gives the new one's path. */
function convert(program, home, file, kind, filter, readAs) {
  const target = filter ? `${kind}:${filter}` : kind;
  const args = [
    `-env:UserInstallation=${pathToFileURL(path.join(home, 'settings'))}`,
    '--headless',
    '--norestore',
    ...(readAs ? [`--infilter=${readAs}`] : []),
    '--convert-to',
    target,
    '--outdir',
    home,
    file,
  ];
  return new Promise((resolve, reject) => {
    execFile(program, args, { timeout: LONGEST }, (error, stdout, stderr) => {
      const made = path.join(home, `${path.parse(file).name}.${kind}`);
      if (error || !existsSync(made)) reject(new Error(`${file} could not be converted to ${kind}: ${stdout}${stderr}`));
      else resolve(made);
    });
  });
}

/**
 * Takes a CSV file through LibreOffice. `text` is what comes back after a spreadsheet of the widespread
 * format; `formulas` are those that arise when the file is just opened, with every guess allowed.
 */
export async function throughOffice(program, file, columns) {
  const home = await mkdtemp(path.join(tmpdir(), 'rinnalla-office-'));
  try {
    // Fields as they are; formulas, where there were any, would be run.
    const opened = await convert(program, home, file, 'fods', null, `CSV:${COMMAS},,0,false,true,false,false,false,0,true`);
    const formulas = [...(await readFile(opened, 'utf8')).matchAll(/table:formula="([^"]*)"/g)].map(([, formula]) => formula);
    // Codes keep their zeros only when columns are read as text, which whoever opens such a file chooses.
    const texts = Array.from({ length: columns }, (_, at) => `${at + 1}/2`).join('/');
    const sheet = await convert(program, home, file, 'xlsx', null, `CSV:${COMMAS},${texts},0,true,false`);
    const back = await convert(program, home, sheet, 'csv', `Text - txt - csv (StarCalc):${COMMAS},,0,false,true`);
    return { formulas, text: await readFile(back, 'utf8') };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
