import { alternatives, objectOr, onlyValue } from './read.js';

/**
 * @param {unknown} content - a media type of a body
 * @returns {import('./read.js').Fault[]}
 */
export default function codeExamples(content) {
  const { schema, examples, example } = objectOr(content);
  const values = Object.values(objectOr(examples)).map((one) => objectOr(one).value);
  if (example !== undefined) values.push(example);
  if (values.length === 0)
    return [{ message: 'Has no example: run `npm run generate`, or give the schema one.' }];
  const shown = values.map((value) => objectOr(value).code);
  return alternatives(schema)
    .map((one) => onlyValue(objectOr(one.properties).code))
    .filter((code) => code !== undefined && !shown.includes(code))
    .map((code) => ({ message: `Has no example of code ${code}: give its schema one.` }));
}
