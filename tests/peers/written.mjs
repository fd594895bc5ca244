#!/usr/bin/env node
// Fetches what kiosks wrote to a server, one file a resource, for a validator.
//   written.mjs BASE FOLDER
import { mkdirSync, writeFileSync } from 'node:fs';

const [base, folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: written.mjs BASE FOLDER');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const types = ['Appointment', 'AuditEvent', 'Consent', 'Device', 'DocumentReference', 'Encounter',
  'Observation', 'Provenance', 'QuestionnaireResponse', 'Slot', 'Task'];
const ours = (resource) => {
  const marks = [...(Array.isArray(resource.identifier) ? resource.identifier : [resource.identifier ?? {}]),
    ...(resource.meta?.tag ?? []).map((tag) => ({ system: tag.system, value: tag.code }))];
  return marks.some((mark) => mark.system?.startsWith('urn:foyer:'))
    || ['arrived', 'checked-in'].includes(resource.status);
};

let written = 0;
for (const type of types) {
  let url = `${base}/${type}?_count=200`;
  while (url) {
    const answer = await fetch(url, { headers: { 'Cache-Control': 'no-cache', Accept: 'application/fhir+json' } });
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    const bundle = await answer.json();
    for (const { resource } of bundle.entry ?? []) {
      if (resource.resourceType !== type || !ours(resource)) continue;
      writeFileSync(`${folder}/${type}-${resource.id}.json`, JSON.stringify(resource, null, 2));
      written++;
    }
    url = bundle.link?.find((link) => link.relation === 'next')?.url;
  }
}
console.log(`${written} resources`);
