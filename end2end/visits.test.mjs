// After a visit: amending it, asking how it went, moving a next step, the same again, the unit's visits.

import assert from 'node:assert/strict';
import { formReady, onToday, pickEmployer, save, saved, toast } from './lib/acts.mjs';
import { until } from './lib/browser.mjs';
import { stories } from './lib/story.mjs';

const story = stories();
const NAME = 'Konditori Åkerlund Ab';

/** A coach who has just logged a visit without a word about it. */
async function visited({ product, arrive }, at = 0) {
  const coach = await arrive({ as: product.of('coach', at) });
  await coach.open('/visits/new');
  await formReady(coach);
  await pickEmployer(coach, NAME, 'åkerl');
  await saved(coach, NAME);
  return coach;
}

const words = (coach) => coach.page.getByLabel('Mitä sovittiin');

story('“Miten meni …?” leads to the visit; what is told then stands beside what stood before', async (given) => {
  const coach = await visited(given);
  const asked = coach.page.getByRole('link', { name: `Miten meni: ${NAME}?` });
  await asked.first().tap();
  await coach.page.getByRole('heading', { level: 1, name: 'Muokkaa käyntiä' }).waitFor();
  await words(coach).fill('Hyvin meni, kuulen perjantaina.');
  await save(coach).tap();
  await onToday(coach);
  await toast(coach).getByText(`Muutos on perillä: ${NAME}`, { exact: true }).waitFor();
  await coach.page.getByRole('link', { name: new RegExp(NAME) }).first().tap();
  await coach.page.locator('ol').getByText('Hyvin meni, kuulen perjantaina.').first().waitFor();
  await coach.page.getByRole('link', { name: 'Muokattu' }).first().tap();
  await coach.page.getByRole('heading', { name: 'Aiemmin kirjattu' }).waitFor();
});

story('A visit that needs no words is asked about no more', async (given) => {
  const coach = await visited(given, 1);
  const asked = coach.page.getByRole('link', { name: `Miten meni: ${NAME}?` });
  await coach.page.getByRole('button', { name: `Ei lisättävää: ${NAME}` }).first().tap();
  await until(async () => (await asked.count()) === 0, 'nothing is asked');
});

story('A next step moves to another day, and back with one tap', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  await coach.open('/');
  const steps = coach.page.locator('section', { has: coach.page.getByRole('heading', { name: 'Seuraavat askeleet' }) });
  const before = await steps.locator('.card-head .muted').innerText();
  await steps.getByText('Siirrä').first().tap();
  await steps.getByRole('button', { name: 'Viikon päästä' }).first().tap();
  await toast(coach).getByText(/^Siirretty: /).waitFor();
  await until(async () => (await steps.locator('.card-head .muted').innerText()) !== before, 'one step less is due');
  await toast(coach).getByRole('button', { name: 'Kumoa' }).tap();
  await until(async () => (await steps.locator('.card-head .muted').innerText()) === before, 'it is due again');
});

story('“Sama uudestaan” repeats the last visit in three taps', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  await coach.open('/visits/new?fresh=1');
  const again = coach.page.getByRole('link', { name: /^Sama uudestaan: / });
  const name = (await again.innerText()).replace('Sama uudestaan: ', '');
  await again.tap();
  await coach.page.locator('[data-picked]').getByText(name, { exact: true }).waitFor();
  await save(coach).tap();
  await onToday(coach);
  await toast(coach).getByText(`Käynti on perillä: ${name}`, { exact: true }).waitFor();
});

story('A name that is like one in the register is said so while typing, without the network', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  const come = coach.page.waitForResponse('**/employers.tsv');
  await coach.open('/visits/new?fresh=1');
  const search = coach.page.getByRole('searchbox', { name: 'Hae työnantajaa' });
  await (await come).finished();
  await coach.context.setOffline(true);
  await search.pressSequentially('Konditori Akerlnd');
  await coach.page.getByText(`Onko se jokin näistä? ${NAME}`).waitFor();
  await coach.page.locator('.picker-option').filter({ hasText: NAME }).first().waitFor();
  await coach.context.setOffline(false);
  coach.expects(/Failed to load resource|ERR_INTERNET_DISCONNECTED/);
});

story('The unit’s visits are read page by page, of everybody or of one', async ({ product, arrive }) => {
  const lead = await arrive({ as: product.of('lead'), device: 'desk' });
  await lead.open('/');
  await lead.page.getByRole('link', { name: 'Kaikki käynnit' }).click();
  await lead.page.getByRole('heading', { level: 1, name: 'Yksikön käynnit' }).waitFor();
  assert.equal(await lead.page.locator('tbody tr').count(), 50);
  await lead.page.getByRole('link', { name: 'Seuraavat' }).click();
  await lead.page.waitForURL(/page=1/);
  const { name } = product.of('coach');
  await lead.page.getByLabel('Kenen käynnit').selectOption({ label: name });
  await lead.page.getByRole('button', { name: 'Hae' }).click();
  await lead.page.waitForURL(/coach=[0-9a-f]/);
  const coaches = await lead.page.locator('tbody tr td:nth-child(3)').allInnerTexts();
  assert.ok(coaches.length > 0 && coaches.every((who) => who.includes(name)), coaches.join());
});
