// Forms of desk pages where the server can't be reached: what is written in one is sealed on the phone and arrives once
// (the outbox carries what the server renders, too).

import assert from 'node:assert/strict';
import { until } from './lib/browser.mjs';
import { prepared } from './lib/offline.mjs';
import { stories } from './lib/story.mjs';

const story = stories();

const go = (visitor, name) => visitor.page.getByRole('link', { name, exact: true }).first().tap();
const submit = (visitor) => visitor.page.locator('form[data-carried] button.button-primary').first().tap();
const said = (visitor) => visitor.page.locator('[data-said]');
const count = (visitor) => visitor.page.locator('.bar-count');

async function sent(visitor) {
  await visitor.page.goto('/sync');
  await visitor.page.getByRole('button', { name: 'Lähetä nyt' }).tap();
  await visitor.page.getByText('Kaikki lähetetty. Palvelin vahvisti viimeksi').waitFor();
}

story('A meeting that is written where the line is cut is kept on the phone, counted on the bar, and arrives once', async (given) => {
  const { visitor: coach, wire } = await prepared(given);
  await coach.open('/clients');
  await coach.page.locator('.board a.list-row').first().tap();
  await go(coach, 'Kirjaa tapaaminen');
  const words = 'Puhuttiin matkasta töihin, lähti hymyillen.';
  await coach.page.locator('textarea[name=words]').fill(words);
  const client = new URL(coach.page.url()).pathname.split('/')[2];
  await wire.cut();
  await submit(coach);
  await said(coach).getByText('Tallessa tässä puhelimessa. Kirjaus lähtee, kun verkko löytyy.').waitFor();
  await count(coach).getByText('1', { exact: true }).waitFor();
  assert.equal((await count(coach).textContent()).trim(), '1, 1 odottaa lähettämistä');
  assert.ok(await coach.page.locator('form[data-carried]').isHidden(), 'it can not be handed in twice');
  await wire.mend();
  await sent(coach);
  await coach.open(`/clients/${client}`);
  assert.equal(await coach.page.getByText(words).count(), 1);
  assert.equal(await count(coach).count(), 0);
});

story('What is wrong with a form is said where the line is cut, too, and nothing is kept', async (given) => {
  const { visitor: coach, wire } = await prepared(given);
  await coach.open('/clients');
  await coach.page.locator('.board a.list-row').first().tap();
  await go(coach, 'Kirjaa tapaaminen');
  await coach.page.locator('textarea[name=words]').fill('Tapaaminen ylihuomenna');
  await coach.page.locator('input[name=day]').fill('2031-01-01');
  await wire.cut();
  await submit(coach);
  await said(coach).getByText('Ei verkkoa. Korjaa merkityt kohdat').waitFor();
  assert.equal(await coach.page.locator('input[name=day]').getAttribute('aria-invalid'), 'true');
  assert.equal(await coach.page.locator('textarea[name=words]').inputValue(), 'Tapaaminen ylihuomenna');
  await coach.page.locator('input[name=day]').fill(new Date().toISOString().slice(0, 10));
  await submit(coach);
  await said(coach).getByText('Tallessa tässä puhelimessa.').waitFor();
  await wire.mend();
  await sent(coach);
});

story('With a line the form goes its usual way', async (given) => {
  const { visitor: coach } = await prepared(given);
  await coach.open('/clients');
  await coach.page.locator('.board a.list-row').first().tap();
  await go(coach, 'Kirjaa tapaaminen');
  await coach.page.locator('textarea[name=words]').fill('Tavattiin kahvilassa.');
  await submit(coach);
  await coach.page.getByRole('status').getByText('Tallennettu.').waitFor();
  assert.equal(await coach.page.getByText('Tavattiin kahvilassa.').count(), 1);
});

story('A self-score that is touched where the line is cut is sealed, and stands there with the line back', async (given) => {
  const { visitor: lead, wire } = await prepared(given, { role: 'lead' });
  await lead.open('/fidelity/assessments/new');
  await lead.page.getByRole('button', { name: 'Aloita arviointi' }).first().tap();
  await lead.page.getByText('Arviointi on aloitettu.').waitFor();
  const at = new URL(lead.page.url()).pathname;
  await lead.open(`${at}/11`);
  await wire.cut();
  await lead.page.getByLabel('Perustelu').fill('Ohjausryhmä kokoontui kellarissa');
  await lead.page.locator('[data-draft]', { hasText: 'Tallessa tässä puhelimessa.' }).waitFor();
  await lead.page.close();
  lead.page = await lead.context.newPage();
  await wire.mend();
  await sent(lead);
  await lead.open(`${at}/11`);
  assert.equal(await lead.page.getByLabel('Perustelu').inputValue(), 'Ohjausryhmä kokoontui kellarissa');
});
