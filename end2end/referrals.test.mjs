// A treatment team refers a client, the unit talks about it and takes it up, and the team sees the days and
// nothing more.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { stories } from './lib/story.mjs';

const story = stories();
const SHOTS = process.env.RINNALLA_SHOTS;

/** Keeps a picture of the whole page, where somebody wants to look at it. */
async function shoot(visitor, name) {
  if (!SHOTS) return;
  mkdirSync(SHOTS, { recursive: true });
  for (const scheme of ['light', 'dark']) {
    await visitor.page.emulateMedia({ colorScheme: scheme });
    const { width } = visitor.page.viewportSize();
    await visitor.page.screenshot({ path: path.join(SHOTS, `${name}-${width}-${scheme}.png`), fullPage: true });
  }
  await visitor.page.emulateMedia({ colorScheme: 'light' });
}

/** Writes a memo and looks at its preview. */
async function write(referrer, name, wish) {
  const { page } = referrer;
  await page.getByLabel('Henkilön nimi').fill(name);
  await page.getByLabel('Syntymävuosi').fill('1991');
  await page.getByLabel('Oma toive työstä').fill(wish);
  await page.getByLabel('Yhteystiedot').check({ force: true });
  await page.getByLabel('Lupa on voimassa asti').fill(`${new Date().getFullYear() + 1}-06-30`);
  await page.getByRole('button', { name: 'Esikatsele' }).click();
  await page.getByRole('heading', { name: 'Tarkista lähete' }).waitFor();
}

for (const device of ['phone', 'desk']) {
  story(`A team refers, the unit takes up, the team sees the days (${device})`, async ({ product, arrive }) => {
    const name = `Aino Esimerkki ${device === 'phone' ? 'Koivu' : 'Mänty'}`;
    const referrer = await arrive({ as: product.of('referrer'), device });
    referrer.expects(/status of (404|422)/);
    await referrer.open('/');
    await referrer.page.getByRole('heading', { name: 'Lähetteet', level: 1 }).waitFor();
    assert.equal(await referrer.page.getByRole('navigation').first().getByRole('link', { name: 'Työnantajat' }).count(), 0);
    await shoot(referrer, 'team-empty');
    await referrer.page.getByRole('link', { name: 'Uusi lähete' }).click();
    await referrer.page.getByRole('button', { name: 'Esikatsele' }).click();
    await referrer.page.getByRole('alert').getByText('Kirjoita henkilön nimi').waitFor();
    await shoot(referrer, 'form-wrong');
    await write(referrer, name, 'Haluan takaisin keittiöön, aamuvuoroihin.');
    await shoot(referrer, 'preview');
    await referrer.page.getByRole('button', { name: /^Lähetä yksikköön/ }).click();
    await referrer.page.getByText(/Lähete on lähetetty yksikköön/).waitFor();
    await shoot(referrer, 'team-sent');

    // What was sent is corrected: both are there.
    await referrer.page.getByRole('link', { name: 'Korjaa lähetettä' }).click();
    await referrer.page.getByLabel('Oma toive työstä').fill('Haluan leipomoon, aamuvuoroihin.');
    await referrer.page.getByRole('button', { name: 'Esikatsele' }).click();
    await referrer.page.getByRole('button', { name: /^Lähetä korjaus/ }).click();
    await referrer.page.getByText('Korjaus on lähetetty.').waitFor();
    await referrer.page.getByText('Versio 1 ennen korjausta').click();
    await referrer.page.getByText('Haluan takaisin keittiöön, aamuvuoroihin.').waitFor();

    // The unit talks about the waiting memo at the meeting of the team.
    const coach = await arrive({ as: product.of('coach'), device });
    await coach.open('/referrals/inbox');
    await coach.page.getByRole('link', { name: 'Tiimipalaveri' }).click();
    await coach.page.getByRole('heading', { name: 'Tiimipalaveri', level: 1 }).waitFor();
    await coach.page.locator('input[name=present]').first().check({ force: true });
    const said = device === 'phone' ? 'Aino K.' : 'Aino M.';
    await coach.page.getByLabel(`Mitä sovittiin: ${said}`).selectOption({ label: 'Seurataan' });
    await coach.page.getByLabel(`Omin sanoin: ${said}`).fill('Soitetaan huomenna.');
    await shoot(coach, 'meeting');
    await coach.page.getByRole('button', { name: 'Tallenna palaveri' }).click();
    await coach.page.getByText('Palaveri on tallennettu.').waitFor();
    assert.equal(await coach.page.getByLabel(`Omin sanoin: ${said}`).inputValue(), 'Soitetaan huomenna.');

    await coach.open('/referrals/inbox');
    await shoot(coach, 'inbox');
    await coach.page.getByRole('link', { name: new RegExp(name) }).click();
    await coach.page.getByText('Haluan leipomoon, aamuvuoroihin.').waitFor();
    await shoot(coach, 'unit-memo');
    await coach.page.getByLabel('Oma valmentaja').selectOption({ index: 1 });
    await coach.page.getByRole('button', { name: 'Ota palveluun', exact: true }).click();
    await coach.page.getByText(/Lähete on otettu palveluun. Asiakkaan peitenimi on A\d+\./).waitFor();
    const today = await coach.page.evaluate(() => new Date().toLocaleDateString('sv'));
    await coach.page.getByLabel('IPS-infon päivä').fill(today);
    await coach.page.getByLabel('Hoitotahon työntekijä').fill('Kimmo Vesivalo');
    await coach.page.getByRole('button', { name: 'Tallenna', exact: true }).click();
    await coach.page.getByText('Päivät on tallennettu.').waitFor();
    await shoot(coach, 'unit-taken-up');

    await referrer.open('/referrals');
    await referrer.page.getByRole('link', { name: new RegExp(`${name}.*Ensitapaaminen`) }).waitFor();
    await shoot(referrer, 'team-list');
    const page = await referrer.page.content();
    for (const hidden of ['Soitetaan huomenna', '/clients', '/employers"']) assert.ok(!page.includes(hidden), hidden);
  });
}

story('The lead sees what was declined and why; a coach does not', async ({ product, arrive }) => {
  const referrer = await arrive({ as: product.of('referrer'), device: 'desk' });
  await referrer.open('/referrals/new');
  await write(referrer, 'Eino Hylätty', 'Varastoon töihin.');
  await referrer.page.getByRole('button', { name: /^Lähetä yksikköön/ }).click();
  await referrer.page.getByText(/Lähete on lähetetty/).waitFor();
  const coach = await arrive({ as: product.of('coach'), device: 'desk' });
  coach.expects(/status of (404|422)/);
  await coach.open('/referrals/inbox');
  await coach.page.getByRole('link', { name: /Eino Hylätty/ }).click();
  await coach.page.getByText('Älä ota palveluun').first().click();
  await coach.page.getByLabel('Syy').selectOption('not_ready');
  await coach.page.getByRole('button', { name: 'Älä ota palveluun' }).click();
  await coach.page.getByRole('alert').getByText('Perustele tämä syy omin sanoin').waitFor();
  await coach.page.getByLabel('Perustelu omin sanoin').fill('Toivoo ensin lepoa.');
  await coach.page.getByRole('button', { name: 'Älä ota palveluun' }).click();
  await coach.page.getByText('Päätös on tallennettu.').waitFor();
  await shoot(coach, 'unit-declined');
  const lead = await arrive({ as: product.of('lead'), device: 'phone' });
  await lead.open('/referrals/inbox');
  await lead.page.getByText('Yksi lähete on hylätty poissulkevalla syyllä').waitFor();
  await lead.page.getByRole('link', { name: 'Hylätyt lähetteet' }).first().click();
  await lead.page.getByText('Toivoo ensin lepoa.').waitFor();
  await shoot(lead, 'declined');
});
