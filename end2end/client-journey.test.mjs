// What clients and memos end with: after the import of a county's package a team refers a client, the unit
// takes the memo up at the team's meeting, the coach goes the way to an agreement, consent and what may be told;
// the team sees the days and nothing more, the lead the load and the clock, an administrator nobody's name.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { day, finnishDate } from './lib/acts.mjs';
import { HAS_PILOT, enter, filled, shoot } from './lib/county.mjs';
import { PILOT } from './lib/product.mjs';
import { stories } from './lib/story.mjs';

const press = (visitor, name) => visitor.page.getByRole('button', { name, exact: true }).first().click();
const go = (visitor, name) => visitor.page.getByRole('link', { name, exact: true }).first().click();
const done = (visitor, words = 'Tallennettu.') => visitor.page.getByRole('status').getByText(words).waitFor();
const story = stories({ fill: filled });

story('Every open client of the package has a page of their own, and a closed one is a press away', async ({ product, arrive }) => {
  const lead = await enter(product, arrive, 'lead', 'desk');
  const rows = lead.page.locator('main .list-row');
  const pages = async () => {
    await lead.open('/clients/all');
    const links = await lead.page.locator('main .list-row a[href^="/clients/"]').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    return Promise.all(links.map(async (link) => (await lead.page.request.get(link)).text()));
  };
  await lead.open('/clients/all?closed=1');
  const closed = await rows.count();
  const open = await pages();
  if (HAS_PILOT) {
    assert.deepEqual([open.length, closed], [26, 18], 'forty-four in all');
    const lines = readFileSync(path.join(PILOT, 'clients.csv'), 'utf8').trim().split('\n').slice(1);
    const named = lines.map((line) => line.split(',')).filter((cells) => cells[11] === '').map((cells) => cells[1]);
    for (const name of named) assert.ok(open.some((page) => page.includes(name)), name);
  }
  // Who was closed long ago is read by nobody, until the service is opened again.
  await lead.open('/clients/all?closed=1');
  await rows.first().getByRole('button', { name: /^Avaa uudelleen/ }).click();
  await lead.page.getByText('Tallennettu.').waitFor();
  assert.equal((await pages()).length, open.length + 1);
});

for (const device of ['phone', 'desk']) {
  story(`From a team's memo to an agreement, each seeing their own part (${device})`, async ({ product, arrive, t }) => {
    const name = device === 'phone' ? 'Ilona Tuulensuoja' : 'Reijo Tuulensuoja';
    const said = name.replace(/(\S+ \S).*/, '$1.');
    const wish = 'Haluan töihin leipomoon, aamuvuoroihin.';
    const hidden = ['Soitetaan huomenna', 'Tarvitsee rauhallisen aamun', 'Kela', '/clients'];

    // The team's memo, as quick as a message: what is pressed and typed, by a slow thumb's measure.
    const referrer = await enter(product, arrive, 'referrer', device);
    referrer.expects(/status of 404/);
    await referrer.open('/referrals');
    await referrer.page.getByRole('heading', { name: 'Lähetteet', level: 1 }).waitFor();
    let [presses, letters] = [0, 0];
    const tap = async (locator) => { presses += 1; await locator.click(); };
    const type = async (label, text) => { presses += 1; letters += text.length; await referrer.page.getByLabel(label).fill(text); };
    await tap(referrer.page.getByRole('link', { name: 'Uusi lähete' }));
    await type('Henkilön nimi', name);
    await type('Puhelin', '0401234567');
    await type('Oma toive työstä', wish);
    await tap(referrer.page.getByLabel('Toiveet', { exact: true }));
    await type('Lupa on voimassa asti', day(180));
    await shoot(referrer, 'memo');
    await tap(referrer.page.getByRole('button', { name: 'Esikatsele' }));
    await tap(referrer.page.getByRole('button', { name: /^Lähetä yksikköön/ }));
    await referrer.page.getByText(/Lähete on lähetetty yksikköön/).waitFor();
    const seconds = presses * 1.5 + letters * 0.4;
    t.diagnostic(`a memo: ${presses} presses and ${letters} letters, about ${Math.round(seconds)} s at 1.5 s and 0.4 s each`);
    assert.ok(seconds <= 60, `a memo takes ${seconds} s`);

    // The unit talks about it at the team's meeting, and takes it up.
    const coach = await enter(product, arrive, 'coach', device);
    coach.expects(/status of 422/);
    await coach.open('/referrals/inbox');
    await go(coach, 'Tiimipalaveri');
    await coach.page.getByRole('heading', { name: 'Tiimipalaveri', level: 1 }).waitFor();
    const team = coach.page.getByLabel('Tiimi', { exact: true });
    if (HAS_PILOT) {
      const psychiatry = team.locator('option').filter({ hasText: 'Siilinjärven psykiatrian poliklinikka' });
      await team.selectOption(await psychiatry.getAttribute('value'));
      await press(coach, 'Näytä');
    }
    await coach.page.locator('input[name=present]').first().check({ force: true });
    await coach.page.getByLabel(`Mitä sovittiin: ${said}`).selectOption({ label: 'Seurataan' });
    await coach.page.getByLabel(`Omin sanoin: ${said}`).fill('Soitetaan huomenna.');
    await shoot(coach, 'meeting');
    await press(coach, 'Tallenna palaveri');
    await coach.page.getByText('Palaveri on tallennettu.').waitFor();
    await coach.open('/referrals/inbox');
    await coach.page.getByRole('link', { name: new RegExp(name) }).click();
    const own = coach.page.getByLabel('Oma valmentaja').locator('option');
    const mine = HAS_PILOT ? own.filter({ hasText: 'Mikko Tukiranta' }) : own.nth(1);
    await coach.page.getByLabel('Oma valmentaja').selectOption(await mine.getAttribute('value'));
    await press(coach, 'Ota palveluun');
    await coach.page.getByText(/Lähete on otettu palveluun\. Asiakkaan peitenimi on/).waitFor();

    // The first meeting with a care worker, and the days for the team.
    await coach.page.getByLabel('Ensitapaamisen päivä').fill(day());
    await coach.page.getByLabel('IPS-infon päivä').fill(day());
    await coach.page.getByLabel('Hoitotahon työntekijä').fill('Kimmo Vesivalo');
    await press(coach, 'Tallenna');
    await coach.page.getByText('Päivät on tallennettu.').waitFor();
    await coach.page.locator('main a[href^="/clients/"]').first().click();
    await coach.page.getByText(name, { exact: true }).waitFor();
    const client = new URL(coach.page.url()).pathname;
    const alias = await coach.page.locator('h1').innerText();
    assert.ok(!alias.includes(name.split(' ')[1]));

    await go(coach, 'Kirjaa yhteistyösopimus');
    await coach.page.getByLabel('Päivä').fill(day());
    await press(coach, 'Kirjaa yhteistyösopimus');
    await done(coach);
    await go(coach, 'Kirjaa suostumus');
    await coach.page.getByLabel('Kenen kanssa').fill('Kela');
    await coach.page.getByLabel('Rajoitukset', { exact: true }).click();
    await coach.page.getByLabel('Mihin').fill('Kuntoutuksen suunnittelu');
    await press(coach, 'Tallenna');
    await coach.page.getByRole('button', { name: 'Kerrottu: Kela' }).click();
    await done(coach);
    await go(coach, 'Kirjaa, mitä saa kertoa');
    await coach.page.getByLabel('Mitä asiakas tarvitsee työssä', { exact: true }).click();
    await coach.page.getByLabel('Sovitut sanat').fill('Tarvitsee rauhallisen aamun.');
    await coach.page.getByLabel('Alkaen').fill(day());
    await press(coach, 'Tallenna');
    await coach.page.getByText('Tarvitsee rauhallisen aamun.').waitFor();
    await shoot(coach, 'client');

    // The team sees the days, and nothing more.
    await referrer.open('/referrals');
    await referrer.page.getByRole('link', { name: new RegExp(name) }).click();
    await referrer.page.getByText('Yhteistyösopimus tehty').first().waitFor();
    const memo = await referrer.page.content();
    assert.ok(memo.split(finnishDate(day())).length > 5, 'sent, received, decided, met, info and agreed have their days');
    for (const words of [...hidden, alias]) assert.ok(!memo.includes(words), words);
    await shoot(referrer, 'team');
    const refused = await referrer.page.request.get(client);
    assert.equal(refused.status(), 404);

    // The lead sees the load and the clock.
    const lead = await enter(product, arrive, 'lead', device);
    await lead.open('/clients/load');
    await lead.page.getByRole('heading', { level: 1, name: 'Valmentajien kuorma' }).waitFor();
    await shoot(lead, 'load');
    await lead.page.locator('tbody th a').filter({ hasText: HAS_PILOT ? 'Mikko Tukiranta' : /./ }).first().click();
    const row = lead.page.locator('a.list-row').filter({ hasText: alias });
    if (HAS_PILOT) await row.getByText(/0\/30|0 pv|0 päivää/).first().waitFor();
    await shoot(lead, 'clock');

    // An administrator sees nobody's name, wherever they look.
    const admin = await enter(product, arrive, 'admin', device);
    admin.expects(/status of 404/);
    for (const where of ['/', '/organisation', '/organisation/changes', '/people', '/more', '/clients', client, '/referrals/inbox']) {
      await admin.open(where);
      const shown = await admin.page.content();
      for (const words of [name, 'Tuulensuoja', alias, ...hidden.slice(0, 2)]) assert.ok(!shown.includes(words), `${where}: ${words}`);
    }
    const kept = await admin.page.request.get(client);
    assert.equal(kept.status(), 404);
  });
}
