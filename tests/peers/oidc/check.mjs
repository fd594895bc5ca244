#!/usr/bin/env node
// Whether the authorization server and its door refuse what they must: starts start.sh
// before a stand-in for a FHIR server, and asks. Prints what is wrong; exit 1 if anything is.
//   check.mjs [PORT]       uses PORT and PORT+1
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const port = Number(process.argv[2] ?? 18400);
const folder = mkdtempSync(join(tmpdir(), 'foyer-oidc-check-'));

const keys = {
  ES384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  RS384: generateKeyPairSync('rsa', { modulusLength: 2048 }),
};
writeFileSync(join(folder, 'jwks.json'), JSON.stringify({
  keys: Object.entries(keys).map(([alg, pair]) =>
    ({ ...pair.publicKey.export({ format: 'jwk' }), alg, use: 'sig', kid: `key-${alg}` })),
}));

const fhir = http.createServer((request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/fhir+json' });
  response.end(JSON.stringify({ url: request.url, next: `http://127.0.0.1:${port + 1}/fhir?page=2`,
    leaked: request.headers.authorization }));
});
await new Promise((done) => fhir.listen(port + 1, '127.0.0.1', done));

const child = spawn(new URL('start.sh', import.meta.url).pathname, [
  '--port', String(port), '--jwks', join(folder, 'jwks.json'), '--protect', `http://127.0.0.1:${port + 1}/fhir`,
  '--scopes', 'system/Appointment.read system/Task.write',
], { stdio: ['ignore', 'pipe', 'inherit'] });
const [ready] = await new Promise((done) => createInterface(child.stdout).once('line', (line) => done([line])));
const base = ready.replace('ready ', '');
assert.equal(base, `http://127.0.0.1:${port}/fhir`);

const smart = await (await fetch(`${base}/.well-known/smart-configuration`)).json();
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

function assertion(alg, changes = {}, header = {}) {
  const now = Math.floor(Date.now() / 1000);
  const text = `${encode({ alg, kid: `key-${alg}`, typ: 'JWT', ...header })}.${encode({
    iss: 'foyer', sub: 'foyer', aud: smart.token_endpoint, exp: now + 240, iat: now, jti: randomUUID(), ...changes,
  })}`;
  const key = { key: keys[alg].privateKey, dsaEncoding: 'ieee-p1363' };
  return `${text}.${createSign('sha384').update(text).sign(key, 'base64url')}`;
}
async function ask(client_assertion, scope = 'system/Appointment.read') {
  const answer = await fetch(smart.token_endpoint, { method: 'POST', body: new URLSearchParams({
    grant_type: 'client_credentials', scope, client_assertion,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  }) });
  return { status: answer.status, ...await answer.json() };
}
const get = async (path, token, more = {}) => {
  const answer = await fetch(base + path, { ...more, headers: token ? { authorization: `Bearer ${token}` } : {} });
  return { status: answer.status, challenge: answer.headers.get('www-authenticate'), ...await answer.json() };
};

let failed = 0;
async function check(what, run) {
  try {
    await run();
    console.log('ok    ', what);
  } catch (error) {
    failed++;
    console.log('WRONG ', what, '\n', error.message);
  }
}

try {
  const past = Math.floor(Date.now() / 1000);
  for (const alg of ['ES384', 'RS384']) {
    await check(`${alg} is answered with a token`, async () => {
      const token = await ask(assertion(alg));
      assert.deepEqual([token.status, token.token_type, token.scope, token.expires_in],
        [200, 'Bearer', 'system/Appointment.read', 300]);
    });
  }
  await check('another audience is refused', async () =>
    assert.equal((await ask(assertion('ES384', { aud: base }))).error, 'invalid_client'));
  await check('an hour ahead is refused', async () =>
    assert.equal((await ask(assertion('ES384', { exp: past + 3600 }))).error, 'invalid_client'));
  await check('an expired assertion is refused', async () =>
    assert.equal((await ask(assertion('ES384', { exp: past - 60 }))).error, 'invalid_client'));
  await check('another key is refused', async () =>
    assert.equal((await ask(`${assertion('ES384').slice(0, -8)}AAAAAAAA`)).error, 'invalid_client'));
  await check('a key without a name is refused', async () =>
    assert.equal((await ask(assertion('ES384', {}, { kid: undefined }))).error, 'invalid_client'));
  await check('an assertion works once', async () => {
    const once = assertion('ES384');
    assert.equal((await ask(once)).status, 200);
    assert.equal((await ask(once)).error, 'invalid_client');
  });
  await check('scopes beyond its due are left out', async () => {
    assert.equal((await ask(assertion('ES384'), 'system/Appointment.rs system/Patient.read')).scope, 'system/Appointment.rs');
    assert.equal((await ask(assertion('ES384'), 'system/*.read')).error, 'invalid_scope');
    assert.equal((await ask(assertion('ES384'), 'openid')).error, 'invalid_scope');
  });
  await check('the door asks for a token, but for /metadata', async () => {
    const shut = await get('/Appointment');
    assert.deepEqual([shut.status, shut.resourceType], [401, 'OperationOutcome']);
    assert.match(shut.challenge, /^Bearer /);
    assert.equal((await get('/Appointment', 'made-up')).status, 401);
    assert.equal((await get('/metadata')).status, 200);
  });
  await check('a token opens what its scopes name, under the door\'s own address', async () => {
    const { access_token: token } = await ask(assertion('RS384'));
    const page = await get('/Appointment?date=ge2026-01-01', token);
    assert.deepEqual([page.status, page.url, page.next, page.leaked],
      [200, '/fhir/Appointment?date=ge2026-01-01', `${base}?page=2`, undefined]);
    assert.equal((await get('/Patient/1', token)).status, 403);
    assert.equal((await get('/Appointment/1', token, { method: 'PUT', body: '{}' })).status, 403);
    const bundle = (method, url) => ({ method: 'POST', body: JSON.stringify({ entry: [{ request: { method, url } }] }) });
    assert.equal((await get('', token, bundle('POST', 'Task'))).status, 403);
    assert.equal((await get('', token, bundle('GET', 'Appointment/1'))).status, 200);
  });
  await check('a forgotten token is worthless', async () => {
    const { access_token: token } = await ask(assertion('RS384'));
    assert.equal((await get('/Appointment', token)).status, 200);
    await fetch(`http://127.0.0.1:${port}/peer/forget`, { method: 'POST' });
    assert.equal((await get('/Appointment', token)).status, 401);
  });
} finally {
  child.kill();
  fhir.close();
  fhir.closeAllConnections();
  rmSync(folder, { recursive: true });
}
process.exitCode = failed ? 1 : 0;
