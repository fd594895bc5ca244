#!/usr/bin/env node
// Puts the resources of a Bundle (or a list, or one resource) on a FHIR server with their
// own ids, those first that others refer to. Template times such as {{today+1 10:00}} are
// filled in as `foyer demo` does (sync/fhir/demo_clinic.h).
//   seed.mjs [--zone America/New_York] [--now TIME] --to BASE FILE.json
//   seed.mjs [--zone …] [--now …] --print FILE.json   the Bundle with its times, for a server's --seed
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { parseArgs } from 'node:util';

const { values: opt, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    zone: { type: 'string', default: Intl.DateTimeFormat().resolvedOptions().timeZone },
    now: { type: 'string' },
    to: { type: 'string' },
    print: { type: 'boolean', default: false },
  },
});
if (positionals.length !== 1 || !opt.to === !opt.print) {
  console.error('usage: seed.mjs [--zone ZONE] [--now TIME] (--to BASE | --print) FILE.json');
  process.exit(2);
}

// --- Times -----------------------------------------------------------------------------

const minute = 60_000;
const wallFormat = new Intl.DateTimeFormat('en-CA', {
  timeZone: opt.zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit',
  hour: '2-digit', minute: '2-digit', second: '2-digit',
});

/** The wall clock of the zone, as if it were UTC: milliseconds. */
function wall(instant) {
  const part = Object.fromEntries(wallFormat.formatToParts(instant).map((p) => [p.type, Number(p.value)]));
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
}

/** The instant at which the zone's clocks show `wanted`; twice, for a change on the way. */
function at(wanted) {
  let instant = wanted;
  for (let round = 0; round < 2; round++) instant += wanted - wall(instant);
  return instant;
}

const now = opt.now ? Date.parse(opt.now) : Date.now();
const today = Math.floor(wall(now) / (1440 * minute)) * 1440 * minute;
const instantText = (instant) => new Date(instant).toISOString().replace('.000Z', 'Z');

function fill(text) {
  return text.replace(/\{\{(.*?)\}\}/g, (whole, inner) => {
    const day = /^today([+-]\d+)(?: (\d\d):(\d\d))?$/.exec(inner);
    if (day) {
      const start = today + Number(day[1]) * 1440 * minute;
      if (!day[2]) return new Date(start).toISOString().slice(0, 10);
      return instantText(at(start + (Number(day[2]) * 60 + Number(day[3])) * minute));
    }
    const soon = /^now([+-]\d+)$/.exec(inner);
    if (!soon) throw new Error(`${whole} is neither a day nor a time`);
    const rounded = Math.ceil((now + Number(soon[1]) * minute) / (5 * minute)) * 5 * minute;
    return instantText(Math.min(rounded, at(today + (1440 - 5) * minute)));
  });
}

// --- Resources ---------------------------------------------------------------------------

function resourcesOf(json) {
  if (Array.isArray(json)) return json;
  if (json.resourceType === 'Bundle') return (json.entry ?? []).map((entry) => entry.resource);
  return [json];
}

function* referencesIn(value) {
  if (value === null || typeof value !== 'object') return;
  if (typeof value.reference === 'string') yield value.reference;
  for (const child of Object.values(value)) yield* referencesIn(child);
}

/** A server with referential integrity takes a reference only to what it holds. */
function referredFirst(resources) {
  const byName = new Map(resources.map((r) => [`${r.resourceType}/${r.id}`, r]));
  const ordered = new Set();
  const onTheWay = new Set();
  function visit(resource) {
    if (ordered.has(resource) || onTheWay.has(resource)) return;
    onTheWay.add(resource);
    for (const reference of referencesIn(resource)) {
      const other = byName.get(reference.split('/').slice(-2).join('/'));
      if (other) visit(other);
    }
    ordered.add(resource);
  }
  resources.forEach(visit);
  return [...ordered];
}

// --- The server --------------------------------------------------------------------------

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function put(resource) {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify(resource);
    const request = http.request(`${opt.to}/${resource.resourceType}/${resource.id}`, {
      method: 'PUT',
      agent,
      headers: {
        'Content-Type': 'application/fhir+json',
        'Content-Length': Buffer.byteLength(body),
        Prefer: 'return=minimal',
      },
    }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => { text += chunk; })
        .on('end', () => resolve({ status: answer.statusCode, text }));
    });
    request.on('error', reject).end(body);
  });
}

const bundle = JSON.parse(fill(readFileSync(positionals[0], 'utf8')));
if (opt.print) {
  process.stdout.write(JSON.stringify(bundle));
} else {
  const resources = referredFirst(resourcesOf(bundle));
  for (const resource of resources) {
    const { status, text } = await put(resource);
    if (status !== 200 && status !== 201) {
      console.error(`PUT ${resource.resourceType}/${resource.id}: ${status} ${text.slice(0, 500)}`);
      process.exit(1);
    }
  }
  agent.destroy();
  console.log(`seeded ${resources.length} resources`);
}
