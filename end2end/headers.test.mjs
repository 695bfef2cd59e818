// What goes over the wire: policies, caching, cookies (shared/domain/security.md S1, S5–S8).

import assert from 'node:assert/strict';
import { onToday, signIn } from './lib/acts.mjs';
import { until } from './lib/browser.mjs';
import { ask, postForm } from './lib/product.mjs';
import { stories } from './lib/story.mjs';

const story = stories();
const PAGES = ['/', '/employers', '/visits/new', '/clients', '/more'];
/** Pages without browser code: there is the style only. */
const DESK = ['/sign-in', '/clients'];

/** The headers of somebody who is signed in. */
async function signedIn(product, role = 'coach') {
  return { cookie: `__Host-rinnalla=${await product.session(product.of(role))}` };
}

story('Every page has a strict policy with a nonce of its own and is kept by nobody', async ({ product }) => {
  const nonces = new Set();
  const check = async (where, headers) => {
    const page = await ask(product.origin, 'GET', where, { headers });
    assert.equal(page.status, 200, where);
    const policy = page.headers['content-security-policy'];
    for (const part of ["default-src 'none'", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'", "form-action 'self'", "connect-src 'self'"]) {
      assert.ok(policy.includes(part), `${where}: ${part} in ${policy}`);
    }
    assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|\*|http:|https:|data:/, where);
    const [, nonce] = /script-src 'nonce-([\w-]{16,})'/.exec(policy);
    assert.ok(!nonces.has(nonce), 'a nonce is used once');
    nonces.add(nonce);
    const html = page.bytes.toString();
    const tags = [...html.matchAll(/<(script|style|link rel="stylesheet")[^>]*>/g)].map(([tag]) => tag);
    assert.ok(tags.length >= (DESK.includes(where) ? 1 : 2) && tags.every((tag) => tag.includes(`nonce="${nonce}"`)), tags.join('\n'));
    assert.doesNotMatch(html.replace(/<script.*?<\/script>/gs, ''), / (style|on[a-z]+)="/, `${where}: no style and no handler in the markup`);
    assert.equal(page.headers['cache-control'], 'no-store', where);
    assert.equal(page.headers['x-content-type-options'], 'nosniff', where);
    assert.equal(page.headers['x-frame-options'], 'DENY', where);
    assert.match(page.headers['strict-transport-security'], /max-age=\d{8}/, where);
    assert.match(page.headers['referrer-policy'], /^(same-origin|no-referrer)$/, where);
    assert.equal(page.headers['cross-origin-opener-policy'], 'same-origin', where);
    assert.equal(page.headers.server, undefined, where);
  };
  await check('/sign-in', {});
  const headers = await signedIn(product);
  for (const where of PAGES) await check(where, headers);
});

story('The visit form travels small: page, style and loader, before any browser code', async ({ product }) => {
  const headers = { ...(await signedIn(product)), 'accept-encoding': 'br' };
  const page = await ask(product.origin, 'GET', '/visits/new', { headers });
  const plain = await ask(product.origin, 'GET', '/visits/new', { headers: await signedIn(product) });
  const files = [...plain.bytes.toString().matchAll(/"(\/pkg\/(?:main|boot)[^"]+)"/g)].map(([, file]) => file);
  assert.equal(files.length, 2, files.join());
  let bytes = page.bytes.length;
  for (const file of files) bytes += (await ask(product.origin, 'GET', file, { headers })).bytes.length;
  assert.ok(bytes <= 40_000, `${bytes} bytes`);
  console.log(`the visit form before the browser code: ${bytes} bytes`);
});

story('What a function answers is kept by nobody', async ({ product }) => {
  const headers = { ...(await signedIn(product)), 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  for (const question of ['me', 'today', 'sign_ins']) {
    const answer = await ask(product.origin, 'POST', '/api/ask', { headers, body: JSON.stringify({ ask: question }) });
    assert.equal(answer.status, 200, question);
    assert.equal(answer.headers['cache-control'], 'no-store', question);
    assert.equal(answer.headers['content-security-policy'], "default-src 'none'", question);
  }
});

story('The files of the site come small and are kept for ever, their names holding their hash', async ({ product }) => {
  const page = await ask(product.origin, 'GET', '/', { headers: await signedIn(product) });
  const files = new Set([...page.bytes.toString().matchAll(/"(\/pkg\/[^"]+)"/g)].map(([, file]) => file));
  assert.ok(files.size >= 2, [...files].join());
  const boot = await ask(product.origin, 'GET', [...files].find((file) => file.includes('boot')));
  const named = boot.bytes.toString().matchAll(/client\.\w+\.(wasm|js)/g);
  for (const [name] of named) files.add(`/pkg/${name}`);
  const wasm = [...files].find((file) => file.endsWith('.wasm')).split('/').pop();
  assert.ok(files.size >= 4, [...files].join());
  for (const file of files) {
    const answer = await ask(product.origin, 'GET', file, { headers: { 'accept-encoding': 'gzip, deflate, br' } });
    assert.equal(answer.status, 200, file);
    assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable', file);
    // What hardly has a content may stay as it is.
    if (answer.bytes.length > 1024) assert.equal(answer.headers['content-encoding'], 'br', file);
    assert.match(answer.headers.vary, /accept-encoding/i, file);
    const again = await ask(product.origin, 'GET', file, { headers: { 'if-none-match': answer.headers.etag } });
    assert.deepEqual([again.status, again.bytes.length], [304, 0], file);
    assert.match(file, /\.[0-9a-f]{16}\./, 'the name holds a hash');
  }
  const plain = await ask(product.origin, 'GET', `/pkg/${wasm}`);
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(plain.headers['content-type'], 'application/wasm');
  for (const file of ['/favicon.svg', '/icons/icon-192.png', '/manifest.fi.webmanifest']) {
    const answer = await ask(product.origin, 'GET', file);
    assert.equal(answer.status, 200, file);
    assert.equal(answer.headers['cache-control'], 'no-cache', file);
  }
  for (const file of ['/pkg/', '/pkg/nothing.js', '/pkg/../Cargo.toml', '/pkg/%2e%2e/%2e%2e/Cargo.toml', '/assets.json', `/pkg/${wasm}.br`]) {
    const answer = await ask(product.origin, 'GET', file);
    assert.ok([303, 404].includes(answer.status), `${file}: ${answer.status}`);
  }
});

story('A page comes compressed', async ({ product }) => {
  const headers = { ...(await signedIn(product)), 'accept-encoding': 'br' };
  const page = await ask(product.origin, 'GET', '/employers', { headers });
  assert.equal(page.headers['content-encoding'], 'br');
});

story('The session’s cookie is for this host only, out of reach of scripts and other sites', async ({ product, arrive }) => {
  const answer = await postForm(product.origin, '/sign-in', { name: product.of('coach').sign_in_name, password: product.password });
  const [line] = answer.headers['set-cookie'];
  const [pair, ...flags] = line.split('; ');
  assert.match(pair, /^__Host-rinnalla=[\w-]{43,}$/);
  for (const flag of ['Path=/', 'Secure', 'HttpOnly']) assert.ok(flags.includes(flag), line);
  assert.ok(flags.some((flag) => /^SameSite=(Lax|Strict)$/.test(flag)), line);
  assert.ok(!flags.some((flag) => flag.startsWith('Domain')), line);
  assert.equal(answer.headers.location, '/');

  const coach = await arrive();
  await signIn(coach, product.of('coach').sign_in_name, product.password);
  await onToday(coach);
  const [cookie] = (await coach.context.cookies()).filter(({ name }) => name === '__Host-rinnalla');
  assert.ok(cookie.secure && cookie.httpOnly && ['Lax', 'Strict'].includes(cookie.sameSite));
  assert.equal(await coach.page.evaluate(() => document.cookie), '');
  const stored = await coach.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  assert.ok(!stored.includes(cookie.value));
});

story('A write that does not come from our own pages is refused', async ({ product }) => {
  const { cookie } = await signedIn(product);
  const form = { name: product.of('coach').sign_in_name, password: product.password };
  const strangers = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
  ];
  for (const headers of strangers) {
    assert.equal((await postForm(product.origin, '/sign-in', form, headers)).status, 403, JSON.stringify(headers));
    assert.equal((await postForm(product.origin, '/sign-out', {}, { cookie, ...headers })).status, 403, JSON.stringify(headers));
    const json = { cookie, 'content-type': 'application/json', ...headers };
    assert.equal((await ask(product.origin, 'POST', '/api/sync', { headers: json, body: '{"entries":[]}' })).status, 403);
    assert.equal((await ask(product.origin, 'POST', '/api/ask', { headers: json, body: '{"ask":"me"}' })).status, 403);
  }
  const silent = { 'content-type': 'application/x-www-form-urlencoded' };
  assert.equal((await ask(product.origin, 'POST', '/sign-in', { headers: silent, body: new URLSearchParams(form).toString() })).status, 403);
  const asForm = await postForm(product.origin, '/api/ask', {}, { cookie });
  assert.equal(asForm.status, 403, 'a function takes JSON only');
});

story('A walk through all pages asks nobody but our own server', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  for (const where of PAGES) await coach.open(where);
  const origins = new Set(coach.requests.map((request) => new URL(request.url()).origin));
  assert.deepEqual([...origins], [product.origin]);
});

story('After signing out, going back shows nothing personal', async ({ product, arrive }) => {
  const { name, sign_in_name } = product.of('coach');
  const coach = await arrive();
  await signIn(coach, sign_in_name, product.password);
  await onToday(coach);
  await coach.open('/clients');
  await coach.page.locator('.list-row').first().waitFor();
  await coach.open('/more');
  await coach.page.getByRole('heading', { name }).waitFor();
  await coach.page.getByRole('button', { name: 'Kirjaudu ulos', exact: true }).tap();
  await coach.page.getByRole('button', { name: 'Kirjaudu sisään' }).waitFor();
  for (let step = 0; step < 3; step += 1) {
    await coach.page.goBack({ waitUntil: 'load' }).catch(() => undefined);
    await until(async () => (await coach.page.evaluate(() => document.readyState)) === 'complete', 'the page is there');
    const text = await coach.text();
    assert.ok(!text.includes(name), `a step back shows ${name}`);
    assert.equal(await coach.page.locator('.list-row').count(), 0);
    await coach.page.getByRole('button', { name: 'Kirjaudu sisään' }).waitFor();
  }
});
