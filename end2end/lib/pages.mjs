// Every page in every state that there is: a new one is one line here, and is then looked at in light, dark
// and forced colours, at 320 px and with text of 200 % (look.test.mjs).

import { enrolled, formReady, newcomer, onToday, pickEmployer, save, saved } from './acts.mjs';
import { until } from './browser.mjs';
import { register } from './product.mjs';

export const NAME = 'Konditori Åkerlund Ab';

const go = (where) => (visitor) => visitor.open(where);

/** The first own client's page, or one below it. */
const client = (below) => async (visitor) => {
  await visitor.open('/clients');
  const at = await visitor.page.locator('.board a.list-row').first().getAttribute('href');
  await visitor.open(`${at}${below}`);
};

/** A plan that was made for the first own client, or a page below it. */
const plan = (below) => async (visitor) => {
  await client('/plans/new')(visitor);
  await visitor.page.getByLabel('Mitä sovittiin').fill('Haetaan yhdessä kahvilaan.');
  await visitor.page.getByLabel('Mitä tehdään').first().fill('Soita Kelaan');
  await visitor.page.getByLabel('Kuka tekee').first().selectOption({ index: 2 });
  await visitor.page.getByRole('button', { name: 'Tallenna', exact: true }).click();
  await visitor.page.getByText('Suunnitelma on tallennettu.').waitFor();
  if (below) await visitor.open(`${new URL(visitor.page.url()).pathname}${below}`);
};

/** A form of the first own client with an employer chosen, or a page that it leads to. */
const atEmployer = (below) => async (visitor) => {
  await client(below)(visitor);
  await visitor.page.getByLabel('Hae työnantajaa').fill(NAME);
  await visitor.page.getByRole('button', { name: 'Hae', exact: true }).click();
  await visitor.page.locator('main a.list-row', { hasText: NAME }).first().click();
  await visitor.page.getByRole('button', { name: 'Tallenna', exact: true }).waitFor();
};

/** A job of the first own client, or a page below it. */
const job = (below) => async (visitor) => {
  await atEmployer('/jobs/new')(visitor);
  await visitor.page.getByLabel('Työtehtävä').fill('keittiöapulainen');
  await visitor.page.getByRole('button', { name: 'Tallenna', exact: true }).click();
  await visitor.page.getByText('Tallennettu.').waitFor();
  if (below) await visitor.open(`${new URL(visitor.page.url()).pathname}${below}`);
};

/** A match of the first own client. */
const match = async (visitor) => {
  await atEmployer('/matches/new')(visitor);
  await visitor.page.getByLabel('Miksi tämä sopii?').fill('Lyhyet aamuvuorot.');
  await visitor.page.getByRole('button', { name: 'Tallenna', exact: true }).click();
  await visitor.page.getByText('Tallennettu.').waitFor();
};

/** An opportunity at an employer, or a page below it. */
const opportunity = (below) => async (visitor) => {
  await visitor.open('/opportunities/new?q=' + encodeURIComponent(NAME));
  await visitor.page.locator('main a.list-row', { hasText: NAME }).first().click();
  if (below === '/new') return;
  await visitor.page.getByLabel('Työtehtävä').fill('tiskaaja');
  await visitor.page.getByRole('button', { name: 'Tallenna', exact: true }).click();
  await visitor.page.getByText('Tallennettu.').waitFor();
  if (below) await visitor.open(`${new URL(visitor.page.url()).pathname}${below}`);
};

/** What comes of a search. */
const searching = (text) => async (visitor) => {
  await visitor.open('/search');
  await visitor.page.getByRole('searchbox').fill(text);
  await visitor.page.getByRole('button', { name: 'Hae', exact: true }).click();
  await visitor.page.locator('[role="status"], [role="alert"]').first().waitFor();
  await visitor.alive();
};

/** A list of employers, taken and not written. */
/** The form of one more client at a meeting that was just written down. */
async function oneMoreClient(visitor) {
  await visitor.open('/meetings/new?kind=vocational_unit');
  await visitor.page.getByRole('button', { name: 'Tallenna palaveri' }).click();
  await visitor.page.getByRole('link', { name: /^Lisää asiakas/ }).first().click();
  await visitor.page.getByRole('heading', { name: /Lisää asiakas/ }).waitFor();
}

/** An assessment that the lead has just begun, or a page below it. */
function assessment(below) {
  return async (visitor) => {
    await visitor.open('/fidelity/assessments/new');
    await visitor.page.getByRole('button', { name: 'Aloita arviointi' }).click();
    await visitor.page.getByText('Arviointi on aloitettu.').waitFor();
    if (below) await visitor.open(new URL(visitor.page.url()).pathname + below);
  };
}

async function takeList(visitor) {
  await visitor.open('/employers/lists');
  const text = 'Yritys;Kunta;Y-tunnus\nUusi Kahvila Oy;Kuopio;\nKonditori Akerlund;;\nVäärä Oy;Kuopio;0001019-1\n';
  const file = { name: 'lista.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
  await visitor.page.getByLabel('Tiedosto', { exact: true }).setInputFiles(file);
  await visitor.page.getByRole('button', { name: 'Lue tiedosto' }).click();
  await visitor.page.getByRole('heading', { name: 'Mikä sarake on mikä?' }).waitFor();
}

/** Every page in every state: who sees it, how it comes about, and what it may complain of. */
export const PAGES = {
  'sign-in': { show: go('/sign-in') },
  'sign-in after a wrong password': {
    expects: [/status of 422/],
    show: async (visitor) => {
      await visitor.open('/sign-in');
      await visitor.page.getByLabel('Käyttäjätunnus').fill('kuka.lie');
      await visitor.page.getByLabel('Salasana').fill('aivan väärä sana');
      await visitor.page.getByRole('button', { name: 'Kirjaudu sisään' }).click();
      await visitor.page.getByRole('alert').waitFor();
      await visitor.alive();
    },
  },
  kit: { show: go('/kit') },
  help: { show: go('/help') },
  'accessibility statement': { show: go('/saavutettavuus') },
  'help with a task': { as: 'coach', show: go('/help/mend-a-visit') },
  invitation: { show: async (visitor) => visitor.open(await invitation(visitor.product)) },
  'invitation with a weak password': {
    expects: [/status of 422/],
    show: async (visitor) => {
      await visitor.open(await invitation(visitor.product));
      await visitor.page.getByLabel('Uusi salasana').fill('lyhyt');
      await visitor.page.getByLabel('Salasana uudelleen').fill('lyhyt');
      await visitor.page.getByRole('button', { name: 'Ota salasana käyttöön' }).click();
      await visitor.page.locator('#password-error').waitFor();
      await visitor.alive();
    },
  },
  'used invitation': { expects: [/status of 404/], show: go('/invitation/vanha-linkki') },
  Today: { as: 'coach', visitPath: true, show: go('/') },
  'Today, all opened': {
    as: 'coach',
    visitPath: true,
    show: async (visitor) => {
      await visitor.open('/');
      for (const summary of await visitor.page.locator('details > summary').all()) await summary.click();
    },
  },
  'Today of somebody who logs no visits': { as: 'admin', expects: [/status of 404/], show: go('/') },
  'Today with a message': {
    as: 'coach',
    visitPath: true,
    show: async (visitor) => {
      await visitor.open('/visits/new');
      await formReady(visitor);
      await pickEmployer(visitor, NAME, 'åker');
      await saved(visitor, NAME);
    },
  },
  'Today with an entry that waits': {
    as: 'coach',
    expects: [/Failed to load resource/],
    show: async (visitor) => {
      await visitor.page.route('**/api/drop', (route) => route.fulfill({ status: 401, body: '' }));
      await visitor.open('/visits/new');
      await formReady(visitor);
      await pickEmployer(visitor, NAME, 'åker');
      await save(visitor).click();
      await visitor.page.locator('.toasts .notice').filter({ hasText: 'odottaa' }).waitFor();
      await onToday(visitor);
    },
  },
  'Today without a connection': {
    as: 'coach',
    visitPath: true,
    expects: [/Failed to load resource/, /ERR_INTERNET_DISCONNECTED/],
    show: async (visitor) => {
      await visitor.open('/');
      await onToday(visitor);
      await enrolled(visitor, false);
      await visitor.context.setOffline(true);
      await visitor.page.getByRole('button', { name: /^Tehty: / }).first().click();
      await visitor.page.locator('.toasts .notice').filter({ hasText: 'odottaa' }).waitFor();
    },
  },
  'visit form without a connection': {
    as: 'coach',
    visitPath: true,
    expects: [/Failed to load resource/, /ERR_INTERNET_DISCONNECTED/],
    show: async (visitor) => {
      await visitor.open('/visits/new');
      await formReady(visitor);
      await visitor.context.setOffline(true);
    },
  },
  employers: { as: 'coach', show: go('/employers') },
  'employers, none found': { as: 'coach', show: go('/employers?q=xyzxyzxyz&mine=1') },
  employer: { as: 'coach', visitPath: true, show: async (visitor) => visitor.open(`/employers/${await aVisitedEmployer(visitor.product)}`) },
  'filters of the register': { as: 'coach', show: go('/employers/filters') },
  'route of the day': { as: 'coach', show: go('/employers/route?municipality=Lapinlahti') },
  'traffic light’s settings': { as: 'lead', show: go('/employers/light') },
  ...Object.fromEntries(
    ['edit', 'contacts/new', 'do-not-contact', 'chain', 'merge', 'history'].map((what) => [
      `employer: ${what}`,
      {
        as: 'coach',
        show: async (visitor) => visitor.open(`/employers/${await aVisitedEmployer(visitor.product)}/${what}`),
      },
    ]),
  ),
  'employer: handing over': {
    as: 'lead',
    show: async (visitor) => visitor.open(`/employers/${await aVisitedEmployer(visitor.product)}/hand-over`),
  },
  'visits of the unit': { as: 'lead', show: go('/visits') },
  'a visit': {
    as: 'coach',
    show: async (visitor) => {
      await visitor.open('/visits');
      await visitor.page.locator('tbody td a').first().click();
      await visitor.page.locator('dl.definition').first().waitFor();
    },
  },
  'visit form': {
    as: 'coach',
    visitPath: true,
    show: async (visitor) => {
      await visitor.open('/visits/new');
      await formReady(visitor);
    },
  },
  'visit form with mistakes': {
    as: 'coach',
    visitPath: true,
    show: async (visitor) => {
      await visitor.open('/visits/new');
      await formReady(visitor);
      await visitor.page.locator('details.card summary').click();
      await visitor.page.locator('#day').fill('2020-01-01');
      await visitor.page.getByLabel('Kesto minuutteina').fill('0');
      await visitor.page.getByLabel('Mitä sovittiin').fill('a'.repeat(4001));
      await visitor.page.getByLabel('Seuraava askel').fill('b'.repeat(201));
      await visitor.page.getByLabel('Mihin päivään').fill('2019-01-01');
      await save(visitor).click();
      await until(async () => (await visitor.page.locator('p.error').count()) === 6, 'six mistakes are shown');
    },
  },
  'visit form while searching': {
    as: 'coach',
    visitPath: true,
    show: async (visitor) => {
      await visitor.open('/visits/new');
      await formReady(visitor);
      await visitor.page.getByRole('searchbox').pressSequentially('oy');
      await visitor.page.getByRole('button', { name: 'Lisää uusi: oy' }).waitFor();
    },
  },
  'visit form, employer picked': {
    as: 'coach',
    visitPath: true,
    show: async (visitor) => {
      await visitor.open('/visits/new');
      await formReady(visitor);
      await pickEmployer(visitor, NAME, 'åker');
    },
  },
  search: { as: 'coach', show: go('/search') },
  'what was found': { as: 'coach', show: searching('åkrlund') },
  'nothing found': { as: 'coach', show: searching('xyzxyzxyz') },
  'a search that is too short': { as: 'coach', expects: [/status of 422/], show: searching('x') },
  clients: { as: 'coach', show: go('/clients') },
  client: { as: 'coach', show: client('') },
  'client: a meeting': { as: 'coach', show: client('/meetings/new') },
  'client: the profile': { as: 'coach', show: client('/profile/edit') },
  'client: what may be told': { as: 'coach', show: client('/told/new') },
  'client: closing': { as: 'coach', show: client('/way/closed') },
  'client: plans': { as: 'coach', show: client('/plans') },
  'client: a new plan': { as: 'coach', show: client('/plans/new') },
  'client: a new plan with mistakes': {
    as: 'coach',
    expects: [/status of 422/],
    show: async (visitor) => {
      await client('/plans/new')(visitor);
      await visitor.page.getByLabel('Mihin mennessä').first().fill('2026-12-01');
      await visitor.page.getByRole('button', { name: 'Tallenna', exact: true }).click();
      await visitor.page.getByRole('alert').waitFor();
    },
  },
  'client: a plan': { as: 'coach', show: plan('') },
  'client: a plan to be corrected': { as: 'coach', show: plan('/edit') },
  'client: matches': { as: 'coach', show: client('/matches') },
  'client: a new match': { as: 'coach', show: atEmployer('/matches/new') },
  'a match': { as: 'coach', show: match },
  opportunities: { as: 'coach', show: go('/opportunities') },
  'an opportunity': { as: 'coach', show: opportunity('') },
  'a new opportunity': { as: 'coach', show: opportunity('/new') },
  'client: which employer': { as: 'coach', show: client('/jobs/new') },
  'client: a new job': { as: 'coach', show: atEmployer('/jobs/new') },
  'a new job with mistakes': {
    as: 'coach',
    expects: [/status of 422/],
    show: async (visitor) => {
      await atEmployer('/jobs/new')(visitor);
      await visitor.page.getByLabel('Tunnit viikossa').fill('0');
      await visitor.page.getByRole('button', { name: 'Tallenna', exact: true }).click();
      await visitor.page.getByRole('alert').waitFor();
    },
  },
  'a job': { as: 'coach', show: job('') },
  'a change of a job': { as: 'coach', show: job('/change') },
  'the end of a job': { as: 'coach', show: job('/end') },
  'client: steps towards work': { as: 'coach', show: client('/steps') },
  'client: a new step towards work': { as: 'coach', show: client('/steps/transition') },
  'client: advice about benefits': { as: 'coach', show: client('/advice') },
  'client: new advice': { as: 'coach', show: client('/advice/new') },
  'client: the sheet about benefits': { as: 'coach', show: client('/advice/sheet?language=en') },
  'whom to support': { as: 'coach', show: go('/support/new') },
  'a new support': {
    as: 'coach',
    show: async (visitor) => {
      await visitor.open('/support/new');
      await visitor.page.locator('main a.list-row').first().click();
      await visitor.page.getByRole('button', { name: 'Tallenna tuki' }).waitFor();
    },
  },
  'client: support': { as: 'coach', show: client('/support') },
  calendar: { as: 'coach', show: go('/calendar') },
  "the unit's week": { as: 'lead', show: go('/lead') },
  'meetings of the unit': { as: 'lead', show: go('/meetings') },
  'a new meeting': { as: 'lead', show: go('/meetings/new?kind=supervision') },
  'one more client of a meeting': { as: 'lead', show: oneMoreClient },
  criteria: { as: 'lead', show: go('/fidelity') },
  'criteria: an item': { as: 'lead', show: go('/fidelity/17') },
  'criteria: what if': { as: 'lead', show: go('/fidelity/ahead?contacts=2&desk=3') },
  'criteria: habits for the plan': { as: 'lead', show: go('/fidelity/ahead/plan?contacts=2&desk=3') },
  'criteria: rules': { as: 'lead', show: go('/fidelity/choices') },
  'criteria: a part to attest': { as: 'lead', show: go('/fidelity/parts/family') },
  'criteria: texts': { as: 'lead', show: go('/fidelity/packs') },
  'criteria: all units': { as: 'lead', show: go('/fidelity/units') },
  'criteria: an assessment from a file': { as: 'lead', show: go('/fidelity/assessments/import') },
  'criteria: dossiers': { as: 'lead', show: go('/fidelity/dossiers') },
  'criteria: a dossier for a reviewer': { as: 'lead', show: go('/fidelity/dossiers/new') },
  'dossiers of a reviewer': { as: 'reviewer', show: go('/dossiers') },
  'criteria: a new action': { as: 'coach', show: go('/fidelity/17/actions') },
  'criteria: assessments': { as: 'lead', show: go('/fidelity/assessments') },
  'criteria: a new assessment': { as: 'lead', show: go('/fidelity/assessments/new') },
  'criteria: an assessment': { as: 'lead', show: assessment('') },
  'criteria: an item to score': { as: 'lead', show: assessment('/1') },
  'criteria: an item for people to judge': { as: 'coach', show: go('/fidelity/11') },
  'time use': { as: 'coach', show: go('/time') },
  'a new meeting with a partner': { as: 'coach', show: go('/meetings/new?kind=partner_meeting') },
  'client: own copy': { as: 'coach', show: client('/copy?language=sv') },
  'client: a wrong day': { as: 'coach', show: client('/way/agreed/day') },
  "coaches' load": { as: 'lead', show: go('/clients/load') },
  'clients of the unit': { as: 'lead', show: go('/clients/all?closed=1') },
  more: { as: 'coach', show: go('/more') },
  'what is being sent': { as: 'coach', show: go('/sync') },
  phones: { as: 'coach', show: go('/devices') },
  'lists from elsewhere': { as: 'lead', show: go('/employers/lists') },
  'columns of a list': { as: 'lead', show: takeList },
  'rows of a list': {
    as: 'lead',
    show: async (visitor) => {
      await takeList(visitor);
      await visitor.page.getByRole('button', { name: 'Vertaa rekisteriin' }).click();
      await visitor.page.getByRole('heading', { name: 'Mitä riveille tehdään?' }).waitFor();
    },
  },
  people: { as: 'lead', show: go('/people') },
  'people with a link': {
    as: 'lead',
    show: async (visitor) => {
      await invitation(visitor.product);
      await visitor.open('/people');
      await visitor.page.getByRole('button', { name: /^Tee kutsulinkki/ }).first().click();
      await visitor.page.getByLabel('Linkki', { exact: true }).waitFor();
    },
  },
  substitutes: { as: 'lead', show: go('/people/substitutes') },
  'substitutes with mistakes': {
    as: 'lead',
    expects: [/status of 422/],
    show: async (visitor) => {
      await visitor.open('/people/substitutes');
      await visitor.page.getByRole('button', { name: 'Nimeä sijainen' }).click();
      await visitor.page.getByRole('alert').waitFor();
    },
  },
  'readings with a written reason': { as: 'lead', show: go('/people/glass') },
  alarms: { as: 'lead', show: go('/people/alarms') },
  'a written reason': { as: 'coach', show: go('/break-glass') },
  'what is read with a written reason': { as: 'coach', show: go('/break-glass/open') },
  organisation: { as: 'admin', show: go('/organisation') },
  'changes of the organisation': { as: 'admin', show: go('/organisation/changes') },
  ...Object.fromEntries(
    ['settings', 'codes', 'codes/closing_reasons', 'codes/modes', 'units/new', 'teams/new', 'people/new'].map((what) => [
      `organisation: ${what}`,
      { as: 'admin', show: go(`/organisation/${what}`) },
    ]),
  ),
  retention: { as: 'admin', show: go('/organisation/retention') },
  'retention: rules': { as: 'admin', show: go('/organisation/retention/rules') },
  'retention: a rule': { as: 'admin', show: go('/organisation/retention/rules/latu/client') },
  'organisation: a person': {
    as: 'admin',
    show: async (visitor) => {
      await visitor.open('/organisation');
      await visitor.page.locator('a[href^="/organisation/people/0"]').first().click();
      await visitor.page.getByRole('heading', { name: 'Lisää tehtävä' }).waitFor();
    },
  },
  'referrals of a team': { as: 'referrer', show: go('/referrals') },
  'a new referral': { as: 'referrer', show: go('/referrals/new') },
  'a new referral with mistakes': {
    as: 'referrer',
    expects: [/status of 422/],
    show: async (visitor) => {
      await visitor.open('/referrals/new');
      await visitor.page.getByRole('button', { name: 'Esikatsele' }).click();
      await visitor.page.getByRole('alert').waitFor();
    },
  },
  'incoming referrals': { as: 'lead', show: go('/referrals/inbox') },
  'declined referrals': { as: 'lead', show: go('/referrals/declined') },
  'team meeting': { as: 'coach', show: go('/meetings/team') },
  'no such page': { as: 'coach', expects: [/status of 404/], show: go('/ei-tallaista') },
};

let invited = 0;
/** A link for somebody new. */
export async function invitation(product) {
  invited += 1;
  return (await newcomer(product, `Uusi Ihminen ${'abcdefghijklmnopqrstuvwxyz'[invited]}`)).link;
}

/** An employer with a history and next steps. */
async function aVisitedEmployer(product) {
  const there = await register(product, product.of('coach'));
  return there.employer(NAME);
}
