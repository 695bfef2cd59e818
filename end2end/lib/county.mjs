// The journeys on a county's package: the pilot's where it is at hand, the demo's people and clients elsewhere.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { PILOT, demo, rinnalla } from './product.mjs';

export const HAS_PILOT = existsSync(path.join(PILOT, 'clients.csv'));
if (!HAS_PILOT) console.log(`The pilot package is not at ${PILOT}: the demo's people and clients are used instead.`);

export const ROLES = { referrer: 'R1', coach: 'C2', lead: 'L1' };
const PASSWORD = 'harmaa kivi ja meri';

/** Fills the database from the pilot package and adds an administrator and a reviewer, or with the demo. */
export async function filled(url) {
  if (!HAS_PILOT) return demo(url);
  const imported = await rinnalla('import', PILOT, '--database', url);
  assert.equal(imported.status, 0, imported.stderr);
  const added = async (name, role) => {
    const told = await rinnalla('user', 'add', name, '--role', role, '--unit', 'SII-IPS', '--json', '--database', url);
    assert.equal(told.status, 0, told.stderr);
    return JSON.parse(told.stdout).sign_in_name;
  };
  const [admin, reviewer] = [await added('Yrjö Ylläpito', 'admin'), await added('Ilkka Arvioija', 'reviewer')];
  return { admin, reviewer, entered: new Map(), names: new Map() };
}

/** Somebody's window: the first time behind a one-time link, then with the session of that time. */
export async function enter(product, arrive, role, device) {
  if (!HAS_PILOT) return arrive({ as: product.of(role), device });
  const visitor = await arrive({ device });
  if (product.entered.has(role)) {
    await visitor.carry(product.entered.get(role));
    return visitor;
  }
  const { link, sign_in_name: name } = await product.invite(ROLES[role] ?? product[role]);
  product.names.set(role, name);
  await visitor.open(link);
  await visitor.page.getByLabel('Uusi salasana').fill(PASSWORD);
  await visitor.page.getByLabel('Salasana uudelleen').fill(PASSWORD);
  await visitor.page.getByRole('button', { name: 'Ota salasana käyttöön' }).click();
  await visitor.page.getByRole('heading', { level: 1, name: /Tänään|Lähetteet|Organisaatio|Henkilöt|Arviointiaineistot/ }).waitFor();
  const cookies = await visitor.context.cookies();
  product.entered.set(role, cookies.find(({ name }) => name === '__Host-rinnalla').value);
  return visitor;
}

/** Signs somebody in who has a password: where no session holds any more. */
export async function signIn(visitor, product, role) {
  await visitor.open('/sign-in');
  await visitor.page.getByLabel('Käyttäjätunnus').fill(HAS_PILOT ? product.names.get(role) : product.of(role).sign_in_name);
  await visitor.page.getByLabel('Salasana').fill(HAS_PILOT ? PASSWORD : product.password);
  await visitor.page.getByRole('button', { name: 'Kirjaudu sisään' }).click();
  await visitor.page.getByRole('heading', { level: 1, name: 'Tänään' }).waitFor();
}

/** Keeps a picture of the whole page, where somebody wants to look at it. */
export async function shoot(visitor, name) {
  const folder = process.env.RINNALLA_SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const { width } = visitor.page.viewportSize();
  await visitor.page.screenshot({ path: path.join(folder, `journey-${name}-${width}.png`), fullPage: true });
}
