#!/usr/bin/env node
// An authorization server for SMART Backend Services (client_credentials with a signed
// assertion) by npm's oidc-provider, and, with --protect, a door before a FHIR server that
// lets a request through only with a token of its own whose scopes cover it.
//   server.mjs --port N --jwks PUBLIC.json [--client-id foyer] [--scopes "system/…"]
//     [--token-seconds 300] [--protect http://127.0.0.1:M/fhir]
//     [--tls CERT.pem KEY.pem [--client-ca CA.pem]]
// POST /peer/forget makes every token given so far worthless, at once.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { parseArgs } from 'node:util';
import Provider, { errors } from 'oidc-provider';

// --- Options -----------------------------------------------------------------------------

// --tls takes two values, which parseArgs does not know.
const words = process.argv.slice(2);
const tlsAt = words.indexOf('--tls');
const tlsFiles = tlsAt < 0 ? undefined : words.splice(tlsAt, 3).slice(1);

const { values: opt } = parseArgs({
  args: words,
  options: {
    port: { type: 'string' },
    jwks: { type: 'string' },
    'client-id': { type: 'string', default: 'foyer' },
    scopes: { type: 'string', default: 'system/*.read system/*.write' },
    'token-seconds': { type: 'string', default: '300' },
    protect: { type: 'string' },
    'client-ca': { type: 'string' },
  },
});
if (!opt.port || !opt.jwks || tlsFiles?.length === 1 || (opt['client-ca'] && !tlsFiles)) {
  console.error('server.mjs: --port and --jwks are needed; --tls takes CERT KEY; --client-ca needs --tls');
  process.exit(2);
}

const origin = `${tlsFiles ? 'https' : 'http'}://127.0.0.1:${opt.port}`;
const target = opt.protect ? new URL(opt.protect.replace(/\/$/, '')) : undefined;
const basePath = target ? target.pathname : '';
const tokenUrl = `${origin}/token`;
const algorithms = ['ES384', 'RS384'];
const allowedScopes = opt.scopes.split(' ');

/** "system/Appointment.read" or "system/*.rs" as its type and letters of c, r, u, d, s. */
function scopeParts(scope) {
  const found = /^system\/([A-Za-z]+|\*)\.(read|write|\*|[cruds]+)$/.exec(scope);
  if (!found) return undefined;
  const letters = { read: 'rs', write: 'cud', '*': 'cruds' }[found[2]] ?? found[2];
  return { type: found[1], letters };
}

/** Whether one of the scopes grants all that `wanted` asks for. */
function covers(scopes, wanted) {
  return scopes.some((scope) => {
    const has = scopeParts(scope);
    return has && (has.type === '*' || has.type === wanted.type) &&
      [...wanted.letters].every((letter) => has.letters.includes(letter));
  });
}

// --- The authorization server ------------------------------------------------------------

const provider = new Provider(origin, {
  clients: [{
    client_id: opt['client-id'],
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: JSON.parse(readFileSync(opt.jwks, 'utf8')),
  }],
  clientAuthMethods: ['private_key_jwt'],
  enabledJWA: { clientAuthSigningAlgValues: algorithms },
  ttl: { ClientCredentials: Number(opt['token-seconds']) },
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => origin + basePath,
      // What a client asks for beyond its due is left out; with nothing left it is refused.
      getResourceServerInfo(ctx) {
        const granted = [...ctx.oidc.requestParamScopes].filter((scope) => {
          const wanted = scopeParts(scope);
          return wanted && covers(allowedScopes, wanted);
        });
        if (granted.length === 0) {
          throw new errors.InvalidScope('none of these scopes is this client\'s', ctx.oidc.params.scope);
        }
        return { scope: granted.join(' '), accessTokenFormat: 'opaque' };
      },
    },
  },
  // What SMART asks beyond oidc-provider's own checks (signature, iss, exp, jti used once).
  assertJwtClientAuthClaimsAndHeader(ctx, claims, header) {
    const refuse = (why) => { throw new errors.InvalidClientAuth(why); };
    if (claims.aud !== tokenUrl) refuse(`aud must be ${tokenUrl}`);
    if (claims.sub !== claims.iss) refuse('sub must be the client_id');
    if (claims.exp > Date.now() / 1000 + 300) refuse('exp is more than five minutes ahead');
    if (!header.kid) refuse('the header needs a kid');
    if (header.typ !== undefined && header.typ !== 'JWT') refuse('typ must be JWT');
  },
});
provider.on('grant.error', (ctx, error) =>
  console.error('refused:', error.message, error.error_description ?? '', error.error_detail ?? ''));

const alive = new Set(); // tokens given and not forgotten
provider.on('client_credentials.saved', (token) => alive.add(token.jti));

const smartConfiguration = {
  issuer: origin,
  jwks_uri: `${origin}/jwks`,
  token_endpoint: tokenUrl,
  token_endpoint_auth_methods_supported: ['private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: algorithms,
  grant_types_supported: ['client_credentials'],
  scopes_supported: allowedScopes,
  capabilities: ['client-confidential-asymmetric', 'permission-v1', 'permission-v2'],
};

// --- The door ----------------------------------------------------------------------------

const lettersOf = { GET: 'r', HEAD: 'r', POST: 'c', PUT: 'u', PATCH: 'u', DELETE: 'd' };

/** What a request (or a Bundle's entry) wants to do: {type, letters}; none for /metadata. */
function wantedBy(method, path) {
  const [type, rest] = path.replace(/^\//, '').split(/[/?]/);
  if (type === 'metadata' || type === '' || type.startsWith('_')) return undefined;
  if (method === 'POST' && rest === '_search') return { type, letters: 's' };
  const search = (method === 'GET' || method === 'HEAD') && !/^\/?[^/?]+\//.test(path);
  return { type, letters: search ? 's' : lettersOf[method] ?? 'cruds' };
}

function wantedOf(request, path, body) {
  if (request.method === 'POST' && /^\/?(\?.*)?$/.test(path)) {
    const entries = JSON.parse(body).entry ?? [];
    return entries.map((entry) => wantedBy(entry.request.method, entry.request.url)).filter(Boolean);
  }
  return [wantedBy(request.method, path)].filter(Boolean);
}

function answer(response, status, body, headers = {}) {
  response.writeHead(status, { 'Content-Type': 'application/fhir+json', ...headers });
  response.end(JSON.stringify(body));
}
function refuse(response, status, code, why) {
  const challenge = status === 401 ? { 'WWW-Authenticate': `Bearer error="invalid_token", error_description="${why}"` } : {};
  answer(response, status, {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code, diagnostics: why }],
  }, challenge);
}

async function tokenOf(request) {
  const value = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  const token = value && await provider.ClientCredentials.find(value);
  return token && alive.has(token.jti) ? token : undefined;
}

function bodyOf(request) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

const agent = new http.Agent({ keepAlive: true });

/** Passes a request on; addresses in the answer are the door's, not the server's. */
function passOn(request, body, response) {
  // No compression between door and server: the answer is read here.
  const { authorization, 'accept-encoding': unused, ...headers } = request.headers;
  const onward = http.request(target.origin + request.url, {
    method: request.method,
    agent,
    headers: { ...headers, host: target.host },
  }, async (back) => {
    const own = (text) => text.replaceAll(target.href, origin + basePath);
    const { 'content-length': length, 'transfer-encoding': coding, connection, ...rest } = back.headers;
    const received = await bodyOf(back);
    const isJson = /json/.test(rest['content-type'] ?? '');
    const text = isJson ? Buffer.from(own(received.toString('utf8'))) : received;
    for (const name of ['location', 'content-location']) {
      if (rest[name]) rest[name] = own(rest[name]);
    }
    if (back.statusCode !== 204 && back.statusCode !== 304) rest['content-length'] = text.length;
    response.writeHead(back.statusCode, rest);
    response.end(text);
  });
  onward.on('error', () => refuse(response, 502, 'transient', 'the FHIR server does not answer'));
  onward.end(body);
}

async function door(request, response) {
  const body = await bodyOf(request);
  const path = request.url.slice(basePath.length);
  const token = await tokenOf(request);
  // Who may do what is public.
  const open = request.method === 'GET' && path.startsWith('/metadata');
  if (!token && !open) return refuse(response, 401, 'login', 'a valid token of this server is needed');
  let wanted;
  try {
    wanted = wantedOf(request, path, body);
  } catch {
    return refuse(response, 400, 'structure', 'the Bundle cannot be read');
  }
  const scopes = token?.scope?.split(' ') ?? [];
  const missing = wanted.find((one) => !covers(scopes, one));
  if (missing && !open) {
    return refuse(response, 403, 'forbidden', `no scope covers ${missing.type}.${missing.letters}`);
  }
  return passOn(request, body, response);
}

const authorize = provider.callback();

function route(request, response) {
  const path = request.url.split('?')[0];
  if (path === '/.well-known/smart-configuration' || path === `${basePath}/.well-known/smart-configuration`) {
    return answer(response, 200, smartConfiguration, { 'Content-Type': 'application/json' });
  }
  if (path === '/peer/forget' && request.method === 'POST') {
    alive.clear();
    return answer(response, 200, {});
  }
  if (target && (path === basePath || path.startsWith(`${basePath}/`))) return door(request, response);
  return authorize(request, response);
}

const server = tlsFiles
  ? https.createServer({
    minVersion: 'TLSv1.2',
    cert: readFileSync(tlsFiles[0]),
    key: readFileSync(tlsFiles[1]),
    ...(opt['client-ca'] && {
      ca: readFileSync(opt['client-ca']),
      requestCert: true,
      rejectUnauthorized: true,
    }),
  }, route)
  : http.createServer(route);
server.listen(Number(opt.port), '127.0.0.1', () => console.log(`listening ${origin}${basePath}`));
