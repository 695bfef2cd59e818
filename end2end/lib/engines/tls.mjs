// TLS before the product, as a proxy of the operator's does it: for an engine that takes no `Secure`
// cookie from plain HTTP, not even on the machine itself.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Puts TLS before an origin; gives its own origin, and the way to stop it. `ear` is a script that every
 * document runs first, under the nonce of its own policy: for an engine whose driver has no console.
 */
export async function secured(origin, ear) {
  const server = https.createServer(certificate(), (request, response) => {
    const { method, url, headers } = request;
    // The script goes into plain text.
    if (ear) delete headers['accept-encoding'];
    const onward = http.request(new URL(url, origin), { method, headers, agent: false }, (answer) => {
      const html = /^text\/html/.test(answer.headers['content-type'] ?? '');
      const nonce = /'nonce-([^']+)'/.exec(answer.headers['content-security-policy'] ?? '')?.[1];
      if (!ear || !html || !nonce) {
        response.writeHead(answer.statusCode, answer.rawHeaders);
        answer.pipe(response);
        return;
      }
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => {
        const { 'content-length': _, 'transfer-encoding': __, ...rest } = answer.headers;
        response.writeHead(answer.statusCode, rest);
        response.end(Buffer.concat(parts).toString().replace('<head>', `<head><script nonce="${nonce}">${ear}</script>`));
      });
      answer.on('error', () => response.destroy());
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    origin: `https://127.0.0.1:${server.address().port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

/** A key and a certificate of a day, signed by itself. */
function certificate() {
  const folder = mkdtempSync(path.join(tmpdir(), 'rinnalla-tls-'));
  try {
    const [keyout, out] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
    const made = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
    const named = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', keyout, '-out', out];
    execFileSync('openssl', ['req', ...made, ...named], { stdio: 'pipe' });
    return { key: readFileSync(keyout), cert: readFileSync(out) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
