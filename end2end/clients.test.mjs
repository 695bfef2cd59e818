// A client, in a coach's hand: the caseload, the page, a meeting with a care worker, what may be told, a
// consent, closing and opening again; and the lead's view of the load.

import assert from 'node:assert/strict';
import { stories } from './lib/story.mjs';

const story = stories();

const press = (visitor, name) => visitor.page.getByRole('button', { name, exact: true }).first().tap();
const go = (visitor, name) => visitor.page.getByRole('link', { name, exact: true }).first().tap();
const look = async (visitor, name) => {
  if (!process.env.RINNALLA_SHOTS) return;
  await visitor.page.screenshot({ path: `${process.env.RINNALLA_SHOTS}/${name}.png`, fullPage: true });
};

story('A coach books the meeting of three, notes what may be told, and undoes a slip', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  coach.expects(/status of 422/);
  await coach.open('/clients');
  await coach.page.getByRole('heading', { level: 1, name: 'Asiakkaani' }).waitFor();
  await coach.alive();
  await look(coach, 'caseload');
  await coach.page.locator('.board a.list-row').first().tap();
  await coach.page.getByText('Nimi', { exact: true }).waitFor();
  const alias = await coach.page.locator('h1').textContent();
  const name = await coach.page.locator('dd strong').first().textContent();
  assert.ok(!(await coach.page.title()).includes(name), 'the tab tells no name');
  assert.ok(!coach.page.url().includes(encodeURIComponent(name)));
  await coach.alive();
  await look(coach, 'client');

  await go(coach, 'Kirjaa tapaaminen');
  await coach.page.getByLabel('Hoitotahon työntekijä mukana').fill('Hoitaja Helka');
  await look(coach, 'meeting');
  await press(coach, 'Tallenna');
  await coach.page.getByRole('status').getByText('Tallennettu.').waitFor();
  await coach.page.getByText('Kolmikanta').first().waitFor();
  await press(coach, 'Kumoa');
  await coach.page.getByRole('status').getByText('Kumottu.').waitFor();
  assert.equal(await coach.page.getByText('Kolmikanta').count(), 0);
  await press(coach, 'Kumoa');
  await coach.page.getByText('Kolmikanta').first().waitFor();

  await go(coach, 'Kirjaa, mitä saa kertoa');
  await coach.page.getByLabel('Mitä asiakas tarvitsee työssä', { exact: true }).tap();
  await coach.page.getByLabel('Alkaen').fill(new Date().toISOString().slice(0, 10));
  await press(coach, 'Tallenna');
  await coach.page.getByRole('alert').waitFor();
  await look(coach, 'told-wrong');
  await coach.page.getByLabel('Sovitut sanat').fill('Tarvitsee rauhallisen aamun.');
  await press(coach, 'Tallenna');
  await coach.page.getByText('Tarvitsee rauhallisen aamun.').waitFor();

  await go(coach, 'Kirjaa suostumus');
  await coach.page.getByLabel('Kenen kanssa').fill('Kela');
  await coach.page.getByLabel('Rajoitukset', { exact: true }).tap();
  await coach.page.getByLabel('Mihin').fill('Kuntoutuksen suunnittelu');
  await press(coach, 'Tallenna');
  await coach.page.getByRole('button', { name: 'Kerrottu: Kela' }).tap();
  await coach.page.getByRole('status').getByText('Tallennettu.').waitFor();

  await go(coach, 'Päätä palvelu');
  await coach.page.getByLabel('Syy').selectOption('own_wish');
  await press(coach, 'Päätä palvelu');
  await press(coach, 'Avaa uudelleen');
  await coach.page.getByRole('status').getByText('Tallennettu.').waitFor();
  await coach.open('/clients');
  await coach.page.locator('.board').getByText(alias, { exact: true }).waitFor();
});

story('A lead sees every load, the rule, and the rows behind a number', async ({ product, arrive }) => {
  const lead = await arrive({ as: product.of('lead'), device: 'desk' });
  await lead.open('/clients/load');
  await lead.page.getByRole('heading', { level: 1, name: 'Valmentajien kuorma' }).waitFor();
  await lead.page.getByText('Seuraavan asiakkaan ottaa', { exact: false }).waitFor();
  await look(lead, 'load');
  await lead.alive();
  await lead.page.locator('tbody th a').first().click();
  await lead.page.locator('.board a.list-row').first().waitFor();
  await look(lead, 'load-rows');
  await lead.open('/clients/all?closed=1');
  await lead.page.getByRole('heading', { level: 1, name: 'Yksikön asiakkaat' }).waitFor();
  await look(lead, 'closed');
});
