// A phone at the end of a line of its own, which can be cut.

import { after } from 'node:test';
import { enrolled, formReady } from './acts.mjs';
import { until } from './browser.mjs';
import { line } from './line.mjs';

const lines = [];
after(() => Promise.all(lines.map((line) => line.cut())));

/** Somebody whose phone keeps the whole build and, unless said otherwise, has a key to seal with and the register. */
export async function prepared({ product, arrive }, { role = 'coach', withKey = true } = {}) {
  const wire = await line(product);
  lines.push(wire);
  const person = product.of(role);
  const visitor = await arrive({ as: person, baseURL: wire.origin });
  visitor.product = { ...product, origin: wire.origin };
  visitor.person = person;
  visitor.expects(/Failed to load resource/, /net::ERR_/, /manifest/i);
  await visitor.open('/visits/new?fresh=1');
  await formReady(visitor);
  await until(() => visitor.page.evaluate(() => navigator.serviceWorker.controller?.state === 'activated'), 'the worker controls the page');
  await until(() => visitor.page.evaluate(async () => Boolean(await caches.match('/language'))), 'the worker knows the language');
  if (withKey) await enrolled(visitor);
  return { visitor, wire };
}

/** The empty document, brought to life: what the phone shows without the server. */
export async function inShell(visitor) {
  await visitor.page.locator('body[data-shell] #main').waitFor();
}
