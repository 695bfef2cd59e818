// Starting the product as people start it: the one binary, a database of its own, a free port.

import { execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { randomBytes } from 'node:crypto';

/** The root of the repository. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
/** The pilot package, where it lies beside the repository. */
export const PILOT = path.resolve(ROOT, '../shared/pilot');
/** Where a throw-away PostgreSQL listens, if there is one. */
export const POSTGRES = process.env.RINNALLA_TEST_POSTGRES;

const BINARY = process.env.RINNALLA_BIN ?? path.join(ROOT, 'target/release/rinnalla');

/** Runs a command of the product to its end. */
export function rinnalla(...args) {
  return finished(BINARY, args);
}

function finished(program, args) {
  return new Promise((resolve, reject) => {
    execFile(program, args, { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(error);
      else resolve({ status: error ? error.code : 0, stdout, stderr });
    });
  });
}

async function must(program, args) {
  const done = await finished(program, args);
  if (done.status !== 0) {
    throw new Error(`${path.basename(program)} ${args.join(' ')}: status ${done.status}\n${done.stderr}`);
  }
  return done.stdout;
}

/** A folder or a PostgreSQL database for one test file; `drop` takes it away. */
export async function emptyDatabase(engine = 'sqlite') {
  if (engine === 'sqlite') {
    const folder = await mkdtemp(path.join(tmpdir(), 'rinnalla-end2end-'));
    return {
      url: path.join(folder, 'rinnalla.db'),
      drop: () => rm(folder, { recursive: true, force: true }),
    };
  }
  const programs = await postgresPrograms();
  const server = new URL(POSTGRES);
  const name = `end2end_${process.pid}_${randomBytes(4).toString('hex')}`;
  const there = ['-h', server.hostname, '-p', server.port || '5432', '-U', server.username];
  await must(path.join(programs, 'createdb'), [...there, name]);
  const url = new URL(POSTGRES);
  url.pathname = `/${name}`;
  return {
    url: url.toString(),
    drop: () => must(path.join(programs, 'dropdb'), [...there, '--force', '--if-exists', name]),
  };
}

/** The folder with `createdb`, of the newest PostgreSQL that is installed; none when there is none. */
export async function postgresPrograms() {
  const home = '/usr/lib/postgresql';
  const versions = existsSync(home) ? await readdir(home) : [];
  const folders = versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => path.join(home, version, 'bin'));
  return folders.find((folder) => existsSync(path.join(folder, 'createdb')));
}

/** Starts the product; `fill` puts something into its database before, `options` go to `rinnalla serve`. */
export async function start({ engine = 'sqlite', fill = demo, options = [] } = {}) {
  const database = await emptyDatabase(engine);
  try {
    const filled = await fill(database.url);
    let server = await serve(database.url, { options });
    const sessions = new Map();
    return {
      ...filled,
      engine,
      get origin() {
        return server.origin;
      },
      /** The same database, served some days later by its clock; who was signed in has to sign in again. */
      later: async (days) => {
        await server.stop();
        sessions.clear();
        server = await serve(database.url, { days, options });
      },
      /** The session of somebody of the demo; begun once. */
      session: (person) => {
        const name = person.sign_in_name;
        if (!sessions.has(name)) sessions.set(name, sessionOf(server.origin, name, filled.password));
        return sessions.get(name);
      },
      /** A command on this database. */
      run: (...args) => rinnalla(...args, '--database', database.url),
      /** Makes a one-time link. */
      invite: async (who) => {
        const made = await must(BINARY, ['user', 'invite', who, '--json', '--origin', server.origin, '--database', database.url]);
        return JSON.parse(made);
      },
      log: () => server.log(),
      stop: async () => {
        await server.stop();
        await database.drop();
      },
    };
  } catch (error) {
    await database.drop();
    throw error;
  }
}

/** The demo: who can sign in, and the password of everybody. */
export async function demo(url) {
  const { people, password } = JSON.parse(await must(BINARY, ['demo', '--json', '--database', url]));
  return { people, password, of: (role, nth = 0) => people.filter((person) => person.role === role)[nth] };
}

/** The library that moves a program's clock on, where it is installed. */
export function movedClock() {
  const home = '/usr/lib';
  const folders = existsSync(home) ? readdirSync(home) : [];
  const files = folders.map((folder) => path.join(home, folder, 'faketime/libfaketimeMT.so.1'));
  return files.find((file) => existsSync(file));
}

/** Serves a database on a free port of this machine, `days` later than it is. */
export async function serve(url, { days = 0, options = [] } = {}) {
  const clock = days === 0 ? {} : { LD_PRELOAD: movedClock(), FAKETIME: `+${days}d`, FAKETIME_DONT_FAKE_MONOTONIC: '1' };
  const child = spawn(BINARY, ['serve', '--listen', '127.0.0.1:0', '--database', url, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...clock, RUST_LOG: process.env.RUST_LOG ?? 'warn' },
  });
  const orphaned = () => child.kill('SIGKILL');
  process.once('exit', orphaned);
  const log = [];
  child.stderr.on('data', (bytes) => log.push(bytes.toString()));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const origin = await new Promise((resolve, reject) => {
    child.once('error', reject);
    ended.then((status) => reject(new Error(`the server ended with ${status}\n${log.join('')}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /http:\/\/\S+/.exec(line);
      if (line.startsWith('Rinnalla is at ') && found) resolve(found[0]);
    });
  });
  const stop = async () => {
    child.kill('SIGTERM');
    // Whatever a browser still holds open must not keep a test run waiting.
    const late = setTimeout(() => child.kill('SIGKILL'), 3000);
    await ended;
    clearTimeout(late);
    process.off('exit', orphaned);
  };
  return { origin, log: () => log.join(''), stop };
}

/** One plain HTTP request, without a browser: the answer with its headers as they came. */
export function ask(origin, method, where, { headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request(new URL(where, origin), { method, headers, agent: false }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, bytes: Buffer.concat(parts) }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Posts a form as one of our own pages does. */
export function postForm(origin, where, fields, headers = {}) {
  return ask(origin, 'POST', where, {
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', ...headers },
    body: new URLSearchParams(fields).toString(),
  });
}

/** Signs in without a browser: the session's token. */
export async function sessionOf(origin, name, password) {
  const answer = await postForm(origin, '/sign-in', { name, password });
  const cookie = (answer.headers['set-cookie'] ?? []).find((line) => line.startsWith('__Host-rinnalla='));
  if (answer.status !== 303 || !cookie) throw new Error(`${name} could not sign in: status ${answer.status}`);
  return cookie.split(';')[0].slice('__Host-rinnalla='.length);
}

/** The register as somebody reads it, page by page and without a browser. */
export async function register(product, person) {
  const headers = { cookie: `__Host-rinnalla=${await product.session(person)}`, 'accept-language': 'fi' };
  const page = async (where) => {
    const answer = await ask(product.origin, 'GET', where, { headers });
    if (answer.status !== 200) throw new Error(`${where}: status ${answer.status}`);
    return answer.bytes.toString();
  };
  return {
    /** The id of the employer of that name. */
    employer: async (name) => {
      const html = await page(`/employers?q=${encodeURIComponent(name)}`);
      const rows = [...html.matchAll(/href="\/employers\/([0-9a-f-]{36})"[^>]*>(.*?)<\/a>/gs)];
      const row = rows.find(([, , inside]) => words(inside).startsWith(`${name} `));
      if (!row) throw new Error(`${name} is not in the register`);
      return row[1];
    },
    /** How many visits the employer's page counts. */
    visits: async (employer) => {
      const [, count] = /(\d+) käynti(ä)?\s/.exec(words(await page(`/employers/${employer}`)));
      return Number(count);
    },
    /** The words of the employer's latest visit. */
    latest: async (employer) => {
      const [, item] = /<ol class="timeline">(.*?)<\/li>/s.exec(await page(`/employers/${employer}`));
      return words(item);
    },
  };
}

/** What a piece of HTML says. */
function words(html) {
  const plain = html.replace(/<script.*?<\/script>/gs, ' ').replace(/<[^>]*>/g, ' ');
  return plain.replaceAll('&amp;', '&').replaceAll('&#x27;', '’').replace(/\s+/g, ' ').trim();
}
