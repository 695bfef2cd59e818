// A lead takes a spreadsheet of employers into the register, and takes lists out of it.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { MEMBERS, compareMembers, employersCounted, takeMembers, writeMembers } from './lib/acts.mjs';
import { stories } from './lib/story.mjs';

const story = stories();

story('Sixty employers come from a spreadsheet; what is like one of the register is settled; all of it is undone', async ({ product, arrive }) => {
  const lead = await arrive({ as: product.of('lead') });
  lead.expects(/status of 422/);
  const before = await employersCounted(lead);
  await takeMembers(lead);
  await compareMembers(lead);
  // Not before it is settled.
  await lead.page.getByRole('button', { name: /Vie rekisteriin/ }).click();
  await lead.page.getByRole('alert').getByText('Yksi rivi odottaa päätöstäsi').waitFor();
  await writeMembers(lead);
  await lead.page.getByText('57 uutta työnantajaa').waitFor();
  await lead.open('/employers?municipality=Lapinlahti');
  await lead.page.getByText(/^\d+ työnantajaa/).first().waitFor();
  assert.equal(await employersCounted(lead), before + 57);
  await lead.open('/employers/lists');
  await lead.page.getByRole('link', { name: new RegExp(MEMBERS.file) }).click();
  await lead.page.getByRole('button', { name: 'Kumoa' }).click();
  await lead.page.getByText('57 työnantajaa poistettiin').waitFor();
  assert.equal(await employersCounted(lead), before);
});

story('A file that is no list says what to do, and what was typed stays', async ({ product, arrive }) => {
  const lead = await arrive({ as: product.of('lead') });
  lead.expects(/status of 422/);
  await lead.open('/employers/lists');
  await lead.page.getByLabel('Vain nämä kunnat (YTJ)').fill('Kajaani, Sotkamo');
  await lead.page.getByLabel('Tiedosto', { exact: true }).setInputFiles({ name: 'kuva.png', mimeType: '', buffer: Buffer.from([0x89, 0x50, 0, 0]) });
  await lead.page.getByRole('button', { name: 'Lue tiedosto' }).click();
  await lead.page.getByRole('alert').getByText(/Avaa se taulukkona/).waitFor();
  assert.equal(await lead.page.getByLabel('Vain nämä kunnat (YTJ)').inputValue(), 'Kajaani, Sotkamo');
});

story('The list on the screen goes out as a file, and a coach sees no lists from elsewhere', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  await coach.open('/employers/filters');
  assert.equal(await coach.page.getByRole('link', { name: 'Työnantajat listasta' }).count(), 0);
  const coming = coach.page.waitForEvent('download');
  await coach.page.getByRole('link', { name: 'Tiedostona: CSV' }).click();
  const file = await coming;
  assert.equal(file.suggestedFilename(), 'tyonantajat.csv');
  const text = await readFile(await file.path(), 'utf8');
  assert.match(text, /^\ufeff"Nimi";/);
  assert.match(text, /"Konditori Åkerlund Ab"/);
});
