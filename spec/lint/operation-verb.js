import { objectOr } from './read.js';

/** @type {Record<string, string[]>} */
const verbs = {
  get: ['get', 'list'],
  post: ['create', 'add', 'remove', 'overwrite', 'update'],
  put: ['overwrite'],
  patch: ['update'],
  delete: ['delete'],
};

/**
 * @param {unknown} operation
 * @param {unknown} _options
 * @param {import('./read.js').Context} context
 * @returns {import('./read.js').Fault[]}
 */
export default function operationVerb(operation, _options, context) {
  const { operationId, responses } = objectOr(operation);
  const allowed = verbs[String(context.path.at(-1))] ?? [];
  const [, verb = '', noun = ''] = /^([a-z]+)(.*)$/s.exec(String(operationId)) ?? [];
  const path = [...context.path, 'operationId'];
  if (!allowed.includes(verb)) {
    return [{ message: `\`${operationId}\` begins with none of: ${allowed.join(', ')}.`, path }];
  }
  if (!/^[A-Z][A-Za-z]*$/.test(noun)) {
    return [{ message: `\`${operationId}\` is no verb and noun in camel case.`, path }];
  }
  const content = objectOr(objectOr(objectOr(responses)['200']).content);
  const isList = objectOr(objectOr(content['application/json']).schema).type === 'array';
  return (verb === 'list') === (isList && verb !== 'overwrite')
    ? []
    : [{ message: `\`${operationId}\`: \`list\` is for what returns a list, and only for that.`, path }];
}
