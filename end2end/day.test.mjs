// A day of a unit, from the list that fills its register to the package that leaves it, told twice: at a
// desk and on a phone.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe } from 'node:test';
import {
  MEMBERS, compareMembers, day, employersCounted, formReady, onToday, save, saved, signIn, takeMembers,
  toast, writeMembers,
} from './lib/acts.mjs';
import { cells, table } from './lib/csv.mjs';
import { office, throughOffice } from './lib/office.mjs';
import { stories } from './lib/story.mjs';

const ROUTE = '/employers/route?municipality=Lapinlahti';
const FILES = 'units teams staff employers clients contacts jobs transitions qualifications supports time_use meetings proms feedback fidelity';
/** What the coach writes after each visit; the third is mended later. A spreadsheet would run the last. */
const WORDS = [
  'Esittelin palvelun. Kesätyöpaikkoja olisi kaksi – sovittiin puhelu.',
  'Pomo, joka päättää, oli matkoilla; "soita maanantaina".',
  'Etsivät keittiöapulaista.',
  '=) Hyvä tapaaminen, jatketaan syksyllä.',
];
const MENDED = 'Etsivät keittiöapulaista syyskuusta alkaen, 20 tuntia viikossa.';
const STEP = 'Soita keittiömestarille kokeilupäivästä';

/** A lead takes sixty employers in; three of them are there already. */
async function takeList(lead) {
  const before = await employersCounted(lead);
  await takeMembers(lead);
  await compareMembers(lead);
  await writeMembers(lead);
  const said = await lead.page.locator('main section.card').innerText();
  assert.match(said, /^57 uutta työnantajaa$/m);
  assert.equal(known(said), 3, said);

  assert.equal(await employersCounted(lead), before + 57);
  for (const { sent, is } of MEMBERS.known) {
    await lead.open(`/employers?q=${encodeURIComponent(is)}`);
    const titles = await lead.page.locator('a.list-row .row-title').allInnerTexts();
    assert.deepEqual(titles.filter((title) => [sent, is].includes(title)), [is], `${is} is in the register once`);
  }
}

/** How many of a list the page says were in the register: filled in, or as they were. */
function known(said) {
  const count = (pattern, one) => Number(pattern.exec(said)?.[1] ?? (said.includes(one) ? 1 : 0));
  return (
    count(/^Täydennyksiä (\d+) työnantajaan$/m, 'Täydennyksiä yhteen työnantajaan') +
    count(/^(\d+) on jo sellaisenaan rekisterissä$/m, 'Yksi on jo sellaisenaan rekisterissä')
  );
}

const stops = (coach) => coach.page.locator('main ol.stack > li');

/** A coach looks at the day's route; gives one employer of the coach's own on it, and three of the new ones. */
async function planDay(coach, me) {
  await coach.open('/employers');
  await coach.press(coach.page.getByRole('link', { name: 'Päivän reitti' }));
  await coach.page.getByLabel('Kunta').selectOption('Lapinlahti');
  await coach.press(coach.page.getByRole('button', { name: 'Näytä' }));
  await coach.page.getByRole('heading', { level: 1, name: 'Päivän reitti: Lapinlahti' }).waitFor();
  const named = (heading) => heading.replace(/^\d+\. /, '');
  const route = (await stops(coach).getByRole('heading').allInnerTexts()).map(named);
  const missing = MEMBERS.fresh.filter(({ name }) => !route.includes(name));
  assert.deepEqual(missing, [], 'the whole list is on the route');
  const own = stops(coach).filter({ hasText: `vastuuvalmentaja ${me}` }).filter({ hasNotText: 'Ei yhteydenottoja' });
  return [named(await own.first().getByRole('heading').innerText()), ...MEMBERS.fresh.slice(0, 3).map(({ name }) => name)];
}

function stop(coach, name) {
  return stops(coach).filter({ has: coach.page.getByRole('heading', { name, exact: true }) });
}

/** Logs a visit to an employer of the route. */
async function logFromRoute(coach, name, words, step) {
  await coach.open(ROUTE);
  await coach.press(stop(coach, name).getByRole('link', { name: 'Kirjaa käynti' }));
  await formReady(coach);
  await coach.page.locator('[data-picked]').getByText(name, { exact: true }).waitFor();
  await coach.page.getByLabel('Mitä sovittiin').fill(words);
  if (step) {
    await coach.page.getByLabel('Seuraava askel').fill(step);
    await coach.page.getByLabel('Mihin päivään').fill(day());
  }
  await saved(coach, name);
}

/** The employer's page, from the route. */
async function openFromRoute(coach, name) {
  await coach.open(ROUTE);
  await coach.press(stop(coach, name).getByRole('link', { name, exact: true }));
  await coach.page.getByRole('heading', { level: 1, name }).waitFor();
  await coach.alive();
}

/** Writes other words for the latest visit; its page then shows both. */
async function mend(coach, name, before, after) {
  await openFromRoute(coach, name);
  await coach.press(coach.page.getByRole('link', { name: 'Muokkaa', exact: true }).first());
  await coach.page.getByRole('heading', { level: 1, name: 'Muokkaa käyntiä' }).waitFor();
  await coach.page.getByLabel('Mitä sovittiin').fill(after);
  await coach.press(save(coach));
  await onToday(coach);
  await toast(coach).getByText(`Muutos on perillä: ${name}`, { exact: true }).waitFor();

  await openFromRoute(coach, name);
  await coach.press(coach.page.getByRole('link', { name: 'Muokattu' }).first());
  const section = (heading) =>
    coach.page.locator('main section', heading ? { has: coach.page.getByRole('heading', { name: heading }) } : {});
  await section('Aiemmin kirjattu').waitFor();
  assert.ok((await section().first().innerText()).includes(after), 'how it stands');
  const earlier = await section('Aiemmin kirjattu').innerText();
  assert.ok(earlier.includes(before) && !earlier.includes(after), earlier);
}

/** Hands an employer over to a colleague. */
async function handOver(coach, name, colleague) {
  await openFromRoute(coach, name);
  await coach.press(coach.page.getByRole('link', { name: 'Siirrä kollegalle' }));
  await coach.page.getByText(/avoin askel siirtyy|avointa askelta siirtyy/).waitFor();
  await coach.page.getByLabel('Kenelle').selectOption({ label: colleague });
  await coach.page.getByLabel('Sana kollegalle').fill('Keittiömestari odottaa soittoa.');
  await coach.press(coach.page.getByRole('button', { name: 'Siirrä kollegalle' }));
  await coach.page.getByText('Työnantaja on siirretty.').waitFor();
}

/** Is the step among one's own on Today? Those that don't fit are behind a line. */
async function hasStep(visitor, step) {
  const section = visitor.page.locator('section', {
    has: visitor.page.getByRole('heading', { name: 'Seuraavat askeleet' }),
  });
  for (const more of await section.getByText(/^Näytä \d+ muuta$/).all()) await visitor.press(more);
  return (await section.getByRole('button', { name: `Tehty: ${step}` }).count()) === 1;
}

/** The colleague signs in: the employer and its step are theirs, and no longer the coach's. */
async function takesOver(colleague, coach, name, them) {
  await signIn(colleague, them.sign_in_name, colleague.product.password);
  await onToday(colleague);
  await colleague.alive();
  assert.ok(await hasStep(colleague, STEP), 'the step is the colleague’s');
  await colleague.open('/employers?mine=1&municipality=Lapinlahti');
  await colleague.press(colleague.page.locator('a.list-row').filter({ hasText: name }));
  await colleague.page.getByRole('heading', { level: 1, name }).waitFor();
  await colleague.page.getByText(`Lapinlahti · vastuuvalmentaja ${them.name}`).waitFor();
  await colleague.page.getByText(/Keittiömestari odottaa soittoa\./).waitFor();

  await coach.open('/');
  await onToday(coach);
  assert.ok(!(await hasStep(coach, STEP)), 'and no longer the coach’s');
}

/** An apostrophe keeps a spreadsheet from running a text; it is none of its letters. */
const unguarded = (text) => text.replace(/^'(?=[=+\-@\t\r])/, '');

/** The whole county as files: the list and the day's visits stand in them. */
async function packed(product, me, visits, folder) {
  const done = await product.run('export', folder);
  assert.equal(done.status, 0, done.stderr);
  const there = await readdir(folder);
  for (const file of FILES.split(' ')) assert.ok(there.includes(`${file}.csv`), `${file}.csv`);
  const tables = path.join(folder, 'tables');
  const texts = await Promise.all((await readdir(tables)).map((file) => readFile(path.join(tables, file), 'utf8')));
  assert.ok(texts.some((text) => text.includes(WORDS[2])), 'what stood before the amendment leaves, too');

  const rows = async (file) => table(await readFile(path.join(folder, `${file}.csv`), 'utf8'));
  const employers = await rows('employers');
  for (const { name } of MEMBERS.fresh) {
    const found = employers.filter((row) => row.name === name);
    assert.deepEqual(found.map((row) => row.municipality), ['Lapinlahti'], `${name}, once`);
  }
  const { staff: coach } = (await rows('staff')).find((row) => row.name === me);
  const today = (await rows('contacts')).filter((row) => row.date === day() && row.coach === coach);
  for (const { name, words } of visits) {
    const { employer } = employers.find((row) => row.name === name);
    const found = today.filter((row) => row.employer === employer).map((row) => unguarded(row.summary));
    assert.ok(found.includes(words), `${name}: ${found.join(' | ')}`);
    assert.equal(found.filter((summary) => [...WORDS, MENDED].includes(summary)).length, 1, `${name}: one visit, as it stands now`);
  }
}

/** The files survive a spreadsheet. */
async function throughSpreadsheet(folder, t) {
  const program = office();
  if (!program) {
    const said = 'LibreOffice is not installed: that the package survives a spreadsheet WAS NOT TRIED.';
    console.warn(said);
    t.diagnostic(said);
    return;
  }
  for (const name of ['employers', 'contacts']) {
    const file = path.join(folder, `${name}.csv`);
    const before = cells(await readFile(file, 'utf8'));
    const { formulas, text } = await throughOffice(program, file, before[0].length);
    assert.deepEqual(formulas, [], `${name}: no formula arises`);
    const after = cells(text);
    assert.equal(after.length, before.length, `${name}: every row comes back`);
    before.forEach((row, at) => assert.deepEqual(after[at], row, `${name}, row ${at + 1}`));
  }
}

for (const device of ['desk', 'phone']) {
  describe(`at the ${device}`, () => {
    const story = stories();
    story(
      'A list comes in, a day of visits is logged, mended and handed over, and all of it leaves as a package',
      async ({ product, arrive, t }) => {
        const [me, them] = [product.of('coach'), product.of('coach', 1)];
        await takeList(await arrive({ device, as: product.of('lead') }));

        const coach = await arrive({ device, as: me });
        const route = await planDay(coach, me.name);
        const own = route[0];
        for (const [at, name] of route.entries()) await logFromRoute(coach, name, WORDS[at], name === own && STEP);
        assert.ok(await hasStep(coach, STEP), 'the step waits for the coach');
        await mend(coach, route[2], WORDS[2], MENDED);
        await handOver(coach, own, them.name);
        await takesOver(await arrive({ device }), coach, own, them);

        const home = await mkdtemp(path.join(tmpdir(), 'rinnalla-county-'));
        try {
          const visits = route.map((name, at) => ({ name, words: at === 2 ? MENDED : WORDS[at] }));
          const folder = path.join(home, 'county');
          await packed(product, me.name, visits, folder);
          await throughSpreadsheet(folder, t);
        } finally {
          await rm(home, { recursive: true, force: true });
        }
      },
      { timeout: 300_000 },
    );
  });
}
