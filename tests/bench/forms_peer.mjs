// forms_peer.mjs FORMS PACKAGES: the work of forms_bench.cpp by LHC-Forms and fhirpath.js.
// FORMS holds the forms that foyer_bench left there (FOYER_BENCH_FORMS), PACKAGES the npm
// packages fhirpath and jsdom, and LHC-Forms unpacked as `package`. Prints one JSON object:
// median and 99th percentile in microseconds, by name.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [forms, packages] = process.argv.slice(2).map((path) => resolve(path));
const require = createRequire(resolve(packages, 'package.json'));
const works = [
  { name: '500_items', asked: 'q250', total: 'total', sum: 500, times: 60 },
  { name: '5000_items_500_expressions', asked: 'q2505', total: 't250', sum: 10, times: 6 },
];
const read = (name) => JSON.parse(fs.readFileSync(resolve(forms, `${name}.json`), 'utf8'));
const results = {};
const said = console.log;
console.log = () => {}; // LHC-Forms tells of every round
console.error = () => {}; // its drawing half finds no browser, and is not needed

function spread(name, times) {
  times.sort((a, b) => a - b);
  const at = (part) => times[Math.round(part * (times.length - 1))] * 1000;
  results[name] = { p50_us: at(0.5), p99_us: at(0.99), times: times.length };
}

async function lforms(work) {
  const { JSDOM } = require('jsdom');
  const page = new JSDOM('<!doctype html><body></body>', {
    runScripts: 'outside-only', pretendToBeVisual: true, url: 'http://localhost/',
  }).window;
  page.console.log = page.console.error = page.console.warn = () => {};
  page.matchMedia = () => ({ matches: false, addListener() {}, addEventListener() {} });
  Object.assign(page, { structuredClone, TextEncoder, TextDecoder });
  page.fetch = () => Promise.reject(new Error('no network'));
  for (const file of ['webcomponent/lhc-forms.js', 'fhir/R4/lformsFHIR.min.js'])
    page.eval(fs.readFileSync(resolve(packages, 'package/dist/lforms', file), 'utf8'));
  const { LForms } = page;
  const json = JSON.stringify(read(work.name));
  let began = performance.now();
  const form = new LForms.LFormsData(
    LForms.Util.convertFHIRQuestionnaireToLForms(page.JSON.parse(json), 'R4'));
  spread(`lforms/form_load/${work.name}`, [performance.now() - began]);
  const find = (id) => form.itemList.find((item) => item.linkId === id);
  for (const item of form.itemList)
    if (item.dataType === 'INT' && item.linkId.startsWith('q')) item.value = 1;
  await form._expressionProcessor.runCalculations(true);
  const asked = find(work.asked);
  const times = [];
  for (let i = 0; i < work.times; ++i) {
    asked.value = i % 4;
    began = performance.now();
    await form._expressionProcessor.runCalculations(false);
    times.push(performance.now() - began);
    const sum = Number(find(work.total).value);
    if (sum !== work.sum - 1 + (i % 4)) throw new Error(`LHC-Forms: ${sum}`);
  }
  spread(`lforms/form_answer/${work.name}`, times);
}

/// The expression alone, over a response that is there already.
function expressionAlone(work) {
  const fhirpath = require('fhirpath');
  const model = require('fhirpath/fhir-context/r4');
  const form = read(work.name);
  const expression = JSON.stringify(form).match(
    new RegExp(`"linkId":"${work.total}".*?"expression":"(.*?)"`))[1];
  const answered = (item) => item.item
    ? { linkId: item.linkId, item: item.item.filter((i) => i.linkId[0] === 'q').map(answered) }
    : { linkId: item.linkId, answer: [{ valueInteger: 1 }] };
  const resource = {
    resourceType: 'QuestionnaireResponse',
    item: form.item.filter((i) => i.item).map(answered),
  };
  const compiled = fhirpath.compile(expression, model);
  const times = [];
  for (let i = 0; i < 20 * work.times; ++i) {
    const began = performance.now();
    const [sum] = compiled(resource, { resource });
    times.push(performance.now() - began);
    if (sum !== work.sum) throw new Error(`fhirpath.js: ${sum}`);
  }
  spread(`fhirpath.js/expression/${work.name}`, times.slice(times.length / 4));
}

for (const work of works) {
  try { expressionAlone(work); } catch (error) { results[`failed fhirpath.js ${work.name}`] = String(error); }
  try { await lforms(work); } catch (error) { results[`failed lforms ${work.name}`] = String(error); }
}
results.versions = {
  fhirpath: require('fhirpath/package.json').version,
  lforms: JSON.parse(fs.readFileSync(resolve(packages, 'package/package.json'), 'utf8')).version,
};
said(JSON.stringify(results, null, 1));
process.exit(0);
