// A network meeting's plan: written on a phone with more rows than there were, done with a press, taken into the
// next plan, taken back; and the client's own copy in the client's language, on paper.

import assert from 'node:assert/strict';
import { day, finnishDate } from './lib/acts.mjs';
import { stories } from './lib/story.mjs';

const story = stories();

const press = (visitor, name) => visitor.page.getByRole('button', { name, exact: true }).first().click();
const go = (visitor, name) => visitor.page.getByRole('link', { name, exact: true }).first().click();
const said = (visitor, words) => visitor.page.getByRole('status').getByText(words, { exact: true }).waitFor();

/** Opens a row of the form and fills it in. */
async function fillRow(visitor, at, what, who) {
  const row = visitor.page.locator('details').filter({ has: visitor.page.locator(`#r${at}-a_what`) });
  if (!(await row.evaluate((element) => element.open))) await row.locator('summary').click();
  await row.getByLabel('Mitä tehdään').fill(what);
  await row.getByLabel('Kuka tekee').selectOption(who);
}

for (const device of ['phone', 'desk']) {
  story(`A plan is made, followed and goes on in the next one (${device})`, async ({ product, arrive }) => {
    const coach = await arrive({ as: product.of('coach'), device });
    coach.expects(/status of 422/);
    await coach.open('/clients');
    await coach.page.locator('.board a.list-row').nth(device === 'phone' ? 0 : 1).click();
    await coach.page.getByText('Suunnitelmaa ei ole vielä tehty.').waitFor();
    const client = new URL(coach.page.url()).pathname;

    await go(coach, 'Tee suunnitelma');
    await coach.page.getByLabel('Kelan työkykyneuvoja', { exact: true }).check({ force: true });
    await coach.page.getByLabel('Asiakkaan toiveet').fill('Haluan töihin kahvilaan.');
    await coach.page.getByLabel('Mitä sovittiin').fill('Haetaan yhdessä kahvilaan.');
    await coach.page.getByLabel('Seuraava tapaaminen').fill(day(-1));
    await fillRow(coach, 0, 'Käy tutustumassa', { label: 'Asiakas itse' });
    await press(coach, 'Lisää rivejä');
    assert.equal(await coach.page.locator('[name="a_what"]').count(), 12, 'six more rows');
    assert.equal(await coach.page.getByLabel('Mitä sovittiin').inputValue(), 'Haetaan yhdessä kahvilaan.');
    await fillRow(coach, 1, 'Soita Kelaan', { index: 2 });
    await press(coach, 'Tallenna');
    await coach.page.getByRole('alert').getByText('Seuraava tapaaminen ei voi olla ennen tätä.').waitFor();
    await coach.page.getByLabel('Seuraava tapaaminen').fill(day(30));
    await press(coach, 'Tallenna');
    await said(coach, 'Suunnitelma on tallennettu.');
    await coach.alive();
    await coach.page.getByText(finnishDate(day(30))).first().waitFor();

    // Done with one press, and taken back with one.
    await press(coach, 'Tehty: Soita Kelaan');
    await said(coach, 'Merkitty tehdyksi.');
    await press(coach, 'Kumoa');
    await said(coach, 'Ei ole vielä tehty.');
    await press(coach, 'Tehty: Käy tutustumassa');
    await said(coach, 'Merkitty tehdyksi.');

    await go(coach, 'Korjaa suunnitelmaa');
    await coach.page.getByLabel('Mitä sovittiin').fill('Haetaan kahvilaan ja leipomoon.');
    await press(coach, 'Tallenna');
    await said(coach, 'Suunnitelma on tallennettu.');
    await coach.page.getByText('Aiemmat versiot').click();
    await coach.page.getByText('Haetaan yhdessä kahvilaan.').waitFor();
    const first = new URL(coach.page.url()).pathname;

    // What is open goes on in the next plan.
    await coach.open(`${client}/plans/new`);
    assert.equal(await coach.page.locator('[name="carry"]:checked').count(), 1, 'the one that is open');
    await coach.page.getByLabel('Mitä sovittiin').fill('Jatketaan.');
    await press(coach, 'Tallenna');
    await said(coach, 'Suunnitelma on tallennettu.');
    await coach.page.getByText('Soita Kelaan').first().waitFor();
    await coach.open(first);
    await coach.page.getByText('Siirretty suunnitelmaan').waitFor();

    // On paper, in the client's language.
    for (const language of ['fi', 'sv', 'en']) {
      const paper = await coach.page.request.get(`${first}.pdf?language=${language}`);
      assert.equal(paper.status(), 200);
      assert.equal(paper.headers()['content-type'], 'application/pdf');
      assert.equal((await paper.body()).subarray(0, 5).toString(), '%PDF-', language);
    }
    await coach.open(client);
    await go(coach, 'Anna asiakkaalle kooste');
    await coach.page.getByLabel('Svenska', { exact: true }).check({ force: true });
    await coach.page.getByLabel('Miten sinut tavoittaa').fill('040 765 4321');
    await press(coach, 'Näytä');
    await coach.page.getByRole('heading', { name: 'Din service: en sammanfattning till dig' }).waitFor();
    await coach.page.getByText('Så här får du kontakt: 040 765 4321.').waitFor();
    await coach.alive();
    const copy = await coach.page.request.get(`${client}/copy.pdf?language=sv`);
    assert.equal(copy.headers()['content-type'], 'application/pdf');

    // A mistake is taken back, and brought back.
    await coach.open(`${client}/plans`);
    await coach.page.locator('main a.list-row').first().click();
    await press(coach, 'Kumoa suunnitelma');
    await said(coach, 'Suunnitelma on kumottu.');
    await press(coach, 'Palauta suunnitelma');
    await said(coach, 'Suunnitelma on tallennettu.');
  });
}
