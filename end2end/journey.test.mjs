// What the first delivery ends with: a coach logs a visit on the phone, and the colleague sees it.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'node:test';
import {
  acceptInvitation, day, employerId, finnishDate, formReady, onToday, openForm, pickEmployer, saved, toast,
  unitVisits, visitsCounted,
} from './lib/acts.mjs';
import { until } from './lib/browser.mjs';
import { PILOT, POSTGRES, demo, postgresPrograms, rinnalla } from './lib/product.mjs';
import { stories } from './lib/story.mjs';

const HAS_PILOT = existsSync(path.join(PILOT, 'contacts.csv'));
if (!HAS_PILOT) console.log(`The pilot package is not at ${PILOT}: the demo's people and employers are used instead.`);

/** Fills the database from the pilot package, or with the demo where there is none. */
async function pilot(url) {
  if (!HAS_PILOT) {
    const filled = await demo(url);
    const [first, second] = filled.people.filter((person) => person.role === 'coach');
    return { ...filled, coaches: [first.sign_in_name, second.sign_in_name], employer: 'Konditori Åkerlund Ab' };
  }
  const imported = await rinnalla('import', PILOT, '--database', url);
  return { imported, coaches: ['C2', 'C3'], employer: nameInPilot() };
}

/** An employer of the package whose name is there once. */
function nameInPilot() {
  const lines = readFileSync(path.join(PILOT, 'employers.csv'), 'utf8').trim().split('\n').slice(1);
  const names = lines.map((line) => line.split(',')[1]);
  return names.find((name, at) => at > 40 && !name.includes('"') && names.indexOf(name) === names.lastIndexOf(name));
}

const PASSWORDS = ['harmaa kivi ja meri', 'kolme sinistä kuppia'];
const WORDS = 'Esittelin palvelun. Etsivät syksyksi apulaista keittiöön – sovittiin tutustumisesta.';
const STEP = 'Soita tutustumispäivästä';

function journey(engine) {
  const story = stories({ engine, fill: pilot });

  story('The pilot package is read whole', async ({ product, t }) => {
    if (!product.imported) return t.skip('the pilot package is not here');
    assert.equal(product.imported.status, 0, product.imported.stderr);
    assert.match(product.imported.stdout, /^300 employers and 704 visits read, 0 refused\.$/m);
  });

  story('A coach is invited, logs a visit on the phone, and the colleague sees it', async ({ product, arrive }) => {
    const [first, second] = await Promise.all(product.coaches.map((coach) => product.invite(coach)));
    const coach = await arrive();
    await acceptInvitation(coach, first.link, PASSWORDS[0]);

    await openForm(coach);
    await pickEmployer(coach, product.employer, product.employer.slice(0, 12));
    await coach.page.getByRole('radio', { name: 'Työpaikan selvittäminen' }).tap();
    await coach.page.getByLabel('Mitä sovittiin').fill(WORDS);
    await coach.page.getByLabel('Seuraava askel').fill(STEP);
    await coach.page.getByRole('button', { name: 'Viikon päästä', exact: true }).tap();
    await saved(coach, product.employer);
    await toast(coach).getByRole('button', { name: 'Kumoa' }).waitFor();
    await unitVisits(coach).filter({ hasText: product.employer }).filter({ hasText: 'Sinä' }).waitFor();

    const colleague = await arrive();
    await acceptInvitation(colleague, second.link, PASSWORDS[1]);
    const row = unitVisits(colleague).filter({ hasText: product.employer }).filter({ hasText: first.name });
    await row.getByText('työpaikan selvittäminen').waitFor();
    await row.tap();
    await colleague.page.getByRole('heading', { level: 1, name: product.employer }).waitFor();
    await until(async () => (await colleague.text()).includes(WORDS), 'the words of the visit are there');
    const latest = await colleague.page.locator('.timeline > li').first().innerText();
    assert.ok(latest.includes(first.name), latest);
    assert.ok(latest.includes(finnishDate(day())), latest);
    assert.ok(latest.includes(STEP), latest);
    assert.ok(latest.includes(finnishDate(day(7))), latest);
    assert.equal(coach.dialogs + colleague.dialogs, 0);
  });

  story('Undo takes the visit away for both, and it can be logged again', async ({ product, arrive }) => {
    const people = await Promise.all(product.coaches.map((coach) => product.invite(coach)));
    const [coach, colleague] = [await arrive(), await arrive()];
    await acceptInvitation(coach, people[0].link, PASSWORDS[0]);
    await acceptInvitation(colleague, people[1].link, PASSWORDS[1]);
    const employer = await employerId(coach, product.employer);
    const before = await visitsCounted(colleague, employer);

    const log = async () => {
      await coach.open(`/visits/new?employer=${employer}`);
      await formReady(coach);
      await saved(coach, product.employer);
    };
    await log();
    assert.equal(await visitsCounted(colleague, employer), before + 1);
    const mine = unitVisits(coach).filter({ hasText: product.employer }).filter({ hasText: 'Sinä' });
    const shown = await mine.count();

    await toast(coach).getByRole('button', { name: 'Kumoa' }).tap();
    await toast(coach).getByText(`Käynti kumottu: ${product.employer}`, { exact: true }).waitFor();
    assert.equal(await visitsCounted(colleague, employer), before);
    await until(async () => (await mine.count()) === shown - 1, 'Today no longer shows the visit');
    assert.equal(await visitsCounted(coach, employer), before);

    await log();
    assert.equal(await visitsCounted(colleague, employer), before + 1);
    assert.equal(await visitsCounted(coach, employer), before + 1);
  });

  story('A next step is marked as done, and brought back', async ({ product, arrive }) => {
    const coach = await arrive();
    await acceptInvitation(coach, (await product.invite(product.coaches[0])).link, PASSWORDS[0]);
    const employer = await employerId(coach, product.employer);
    await coach.open(`/visits/new?employer=${employer}`);
    await formReady(coach);
    const step = 'Vie esite perjantaina';
    await coach.page.getByLabel('Seuraava askel').fill(step);
    await coach.page.getByLabel('Mihin päivään').fill(day());
    await saved(coach, product.employer);

    const done = coach.page.getByRole('button', { name: `Tehty: ${step}` });
    await done.tap();
    await toast(coach).getByText(`Tehty: ${step}`, { exact: true }).waitFor();
    await done.waitFor({ state: 'detached' });
    await coach.open('/');
    await onToday(coach);
    assert.equal(await done.count(), 0, 'a settled step stays away');

    await coach.open(`/visits/new?employer=${employer}`);
    await formReady(coach);
    const other = 'Kysy kesätöistä';
    await coach.page.getByLabel('Seuraava askel').fill(other);
    await coach.page.getByLabel('Mihin päivään').fill(day());
    await saved(coach, product.employer);
    const settle = coach.page.getByRole('button', { name: `Tehty: ${other}` });
    await settle.tap();
    await settle.waitFor({ state: 'detached' });
    await toast(coach).getByRole('button', { name: 'Kumoa' }).tap();
    await settle.waitFor();
    await coach.open('/');
    await settle.waitFor();
  });
}

describe('on SQLite', () => journey('sqlite'));

if (POSTGRES && (await postgresPrograms())) {
  describe('on PostgreSQL', () => journey('postgres'));
} else {
  console.log('PostgreSQL: left out, as RINNALLA_TEST_POSTGRES is not set or createdb is not installed.');
}
