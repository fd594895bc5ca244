// fhirpath_peer.mjs DIRECTORY: the work of fhirpath_bench.cpp by fhirpath.js, from the
// DIRECTORY where `npm i fhirpath` was run. Prints microseconds an evaluation.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const require = createRequire(resolve(process.argv[2] ?? '.', 'package.json'));
const fhirpath = require('fhirpath');
const r4 = require('fhirpath/fhir-context/r4');
const version = require('fhirpath/package.json').version;

const weight = 'http://hl7.org/fhir/StructureDefinition/itemWeight';
const ordinal = 'http://hl7.org/fhir/StructureDefinition/ordinalValue';
const option = (n, weighs) => ({
  system: 'http://loinc.org', code: `LA6568-${n}`, display: 'Several days',
  ...(weighs && { extension: [{ url: weight, valueDecimal: n }] }),
});
const numbers = (count) => Array.from({ length: count }, (_, i) => i);
const response = (items, weighs) => ({
  resourceType: 'QuestionnaireResponse',
  item: numbers(items).map((i) => ({
    linkId: `/q${i}`, text: 'Little interest or pleasure in doing things',
    answer: [{ valueCoding: option(i % 4, weighs) }],
  })),
});
const form = (items) => ({
  resourceType: 'Questionnaire',
  item: numbers(items).map((i) => ({
    linkId: `/q${i}`, type: 'choice',
    answerOption: numbers(4).map((n) => ({
      extension: [{ url: ordinal, valueDecimal: n }], valueCoding: option(n, false),
    })),
  })),
});
const sum = (items) => numbers(items).reduce((all, i) => all + (i % 4), 0);

function measure(name, expected, run) {
  const check = (result) => {
    if (JSON.stringify(result) !== JSON.stringify([expected]))
      throw new Error(`${name} came to ${JSON.stringify(result)}`);
  };
  // Warm, as a page that has been filled in for a while.
  for (const end = performance.now() + 1000; performance.now() < end; ) check(run());
  let count = 0;
  const start = performance.now();
  for (; performance.now() - start < 2000; count++) run();
  const each = ((performance.now() - start) * 1000) / count;
  console.log(`fhirpath.js ${version} ${name.padEnd(24)} ${each.toFixed(1)} us`);
}

const path = (text, resource, environment = {}) => {
  const compiled = fhirpath.compile(text, r4);
  return () => compiled(resource, { resource, ...environment });
};

measure('simple_path', 'LA6568-0',
  path('item[4].answer.value.code', response(9, true)));

const answers = response(9, false);
const questionnaire = form(9);
const values = numbers(9).map((i) => fhirpath.compile(
  `%questionnaire.item.where(linkId = '/q${i}').answerOption.where(valueCoding.code=` +
  `%resource.item.where(linkId = '/q${i}').answer.valueCoding.code)` +
  `.extension.where(url='${ordinal}').valueDecimal`, r4));
const total = fhirpath.compile(
  numbers(9).map((i) => `iif(%q${i}.exists(), %q${i}, 0)`).join(' + '), r4);
measure('phq9_total', 12, () => {
  const variables = { resource: answers, questionnaire };
  values.forEach((value, i) => { variables[`q${i}`] = value(answers, variables); });
  return total(answers, variables);
});

for (const items of [9, 500]) {
  measure(`sum_of_weights/${items}`, sum(items),
    path(`%resource.repeat(item).answer.valueCoding.extension.where(url='${weight}')` +
         '.valueDecimal.sum()', response(items, true)));
  measure(`sum_of_ordinals/${items}`, sum(items),
    path('%resource.repeat(item).answer.value.ordinal().sum()', response(items, false),
      { questionnaire: form(items) }));
}
