// How many touches a visit takes (shared/domain/ux.md, rows 1 and 9).

import assert from 'node:assert/strict';
import { formReady, onToday, option, save, toast, unitVisits } from './lib/acts.mjs';
import { Fingers } from './lib/browser.mjs';
import { stories } from './lib/story.mjs';

const story = stories();

/** A coach with Today on the phone, and fingers that count from there. */
async function onTheWay({ product, arrive }) {
  const coach = await arrive({ as: product.of('coach') });
  await coach.open('/');
  return { coach, fingers: new Fingers(coach.page) };
}

const log = (coach) => coach.page.getByRole('link', { name: 'Kirjaa', exact: true });

story('A visit to a recent employer takes at most 4 taps from Today and no typing', async (given) => {
  const { coach, fingers } = await onTheWay(given);
  await fingers.tap(log(coach));
  await formReady(coach);
  const recent = coach.page.locator('.picker-option').first();
  const name = await recent.locator('.row-title').innerText();
  await fingers.tap(recent);
  await fingers.tap(save(coach));
  await onToday(coach);
  await toast(coach).getByText(`Käynti on perillä: ${name}`, { exact: true }).waitFor();
  assert.equal(await fingers.seen(), fingers.taps, 'the page saw the taps that were counted');
  assert.ok(fingers.taps <= 4, `${fingers.taps} taps`);
  assert.equal(fingers.taps, 3);
  assert.equal(fingers.typed, 0);
  assert.equal(coach.dialogs, 0);
});

story('The form offers eight recent employers before anything is typed', async (given) => {
  const { coach } = await onTheWay(given);
  await log(coach).tap();
  await formReady(coach);
  assert.equal(await coach.page.locator('.picker-option').count(), 8);
});

story('A usual visit, its employer found by search, takes at most 6 taps and no confirming', async (given) => {
  const { coach, fingers } = await onTheWay(given);
  await fingers.tap(log(coach));
  await formReady(coach);
  const search = coach.page.getByRole('searchbox', { name: 'Hae työnantajaa' });
  await fingers.tap(search);
  await fingers.type(search, 'åker');
  await fingers.tap(option(coach, 'Konditori Åkerlund Ab'));
  await fingers.tap(coach.page.getByRole('group', { name: 'Tapasitko päättäjän' }).getByRole('radio', { name: 'Kyllä' }));
  await fingers.tap(coach.page.getByRole('button', { name: 'Viikon päästä', exact: true }));
  await fingers.tap(save(coach));
  await onToday(coach);
  await toast(coach).getByText('Käynti on perillä: Konditori Åkerlund Ab', { exact: true }).waitFor();
  assert.equal(await fingers.seen(), fingers.taps, 'the page saw the taps that were counted');
  assert.ok(fingers.taps <= 6, `${fingers.taps} taps`);
  assert.equal(coach.dialogs, 0);
});

story('From an employer’s own page a visit takes two taps', async (given) => {
  const { coach, fingers } = await onTheWay(given);
  await unitVisits(coach).first().tap();
  await coach.page.locator('main .button-primary').filter({ hasText: 'Kirjaa käynti' }).waitFor();
  const before = await fingers.seen();
  await fingers.tap(coach.page.locator('main .button-primary').filter({ hasText: 'Kirjaa käynti' }));
  await formReady(coach);
  await fingers.tap(save(coach));
  await onToday(coach);
  await toast(coach).waitFor();
  assert.equal((await fingers.seen()) - before, 2);
  assert.equal(coach.dialogs, 0);
});
