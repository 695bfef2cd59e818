// A lead takes a spreadsheet of employers into the register, and takes lists out of it.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { stories } from './lib/story.mjs';
import { xlsx } from './lib/xlsx.mjs';

const story = stories();
const FILE = 'Yrittäjäyhdistyksen jäsenet.xlsx';

/** Sixty employers of Lapinlahti, three of which the register has under another spelling. */
const rows = () => [
  ['Jäsenyritys', 'Kunta', 'Lähiosoite', 'Yhteyshenkilö', 'Puh.'],
  ['Oy Konditori Akerlund', '', 'Torikatu 3', 'Birgitta Åkerlund', '+358 40 765 4321'],
  ['Autokorjaamo Huhkasuo', 'KUOPIO', 'Rantatie 1', '', ''],
  ['HÄGGLUND CAFE', 'Nilsiä', '', '', ''],
  ...Array.from({ length: 57 }, (_, at) => [
    `${'Pelto Koivu Mänty Järvi Kallio Suo Niemi'.split(' ')[at % 7]}${'pirtti saha halli verstas kauppa leipä kone varasto piha'.split(' ')[at % 9]} ${at + 1} Oy`,
    'LAPINLAHTI',
    `Asematie ${at + 1}`,
    '',
    '',
  ]),
];

async function take(lead) {
  await lead.open('/employers/filters');
  await lead.page.getByRole('link', { name: 'Työnantajat listasta' }).click();
  await lead.page.getByLabel('Tiedosto', { exact: true }).setInputFiles({ name: FILE, mimeType: '', buffer: xlsx(rows()) });
  await lead.page.getByRole('button', { name: 'Lue tiedosto' }).click();
  await lead.page.getByRole('heading', { name: 'Mikä sarake on mikä?' }).waitFor();
}

story('Sixty employers come from a spreadsheet; what is like one of the register is settled; all of it is undone', async ({ product, arrive }) => {
  const lead = await arrive({ as: product.of('lead') });
  lead.expects(/status of 422/);
  await lead.open('/employers');
  const before = Number((await lead.page.getByText(/^\d+ työnantajaa/).first().innerText()).match(/\d+/)[0]);
  await take(lead);
  // The header is not of ours: the name was guessed by its look, and is corrected by hand where not.
  const name = lead.page.getByLabel('Sisältää: Jäsenyritys');
  await name.selectOption({ label: 'Nimi' });
  await lead.page.getByLabel('Sisältää: Puh.').selectOption({ label: 'Puhelin' });
  await lead.page.getByRole('button', { name: 'Vertaa rekisteriin' }).click();
  await lead.page.getByRole('heading', { name: 'Mitä riveille tehdään?' }).waitFor();
  await lead.page.getByText('Yksi rivi odottaa päätöstäsi').first().waitFor();
  // Not before it is settled.
  await lead.page.getByRole('button', { name: /Vie rekisteriin/ }).click();
  await lead.page.getByRole('alert').getByText('Yksi rivi odottaa päätöstäsi').waitFor();
  await lead.page.getByLabel('Mitä tehdään: Autokorjaamo Huhkasuo').selectOption({ label: 'Täydennä rekisterin tietoja' });
  await lead.page.getByRole('button', { name: 'Tallenna valinnat' }).click();
  await lead.page.getByText('Valinnat on tallennettu.').waitFor();
  await lead.page.getByRole('button', { name: /Vie rekisteriin/ }).click();
  await lead.page.getByText('57 uutta työnantajaa').waitFor();
  await lead.page.getByText('Lista on viety rekisteriin').waitFor();
  await lead.open('/employers?municipality=Lapinlahti');
  await lead.page.getByText(/^\d+ työnantajaa/).first().waitFor();
  await lead.open('/employers');
  await lead.page.getByText(new RegExp(`^${before + 57} työnantajaa`)).first().waitFor();
  await lead.open('/employers/lists');
  await lead.page.getByRole('link', { name: new RegExp(FILE) }).click();
  await lead.page.getByRole('button', { name: 'Kumoa' }).click();
  await lead.page.getByText('57 työnantajaa poistettiin').waitFor();
  await lead.open('/employers');
  await lead.page.getByText(new RegExp(`^${before} työnantajaa`)).first().waitFor();
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
