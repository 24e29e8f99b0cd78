/**
 * @param {unknown} description
 * @returns {import('./read.js').Fault[]}
 */
export default function fullSentence(description) {
  if (typeof description !== 'string') return [];
  const text = description.trimEnd();
  // Tables and blocks of code have no full stop to end with.
  const last = text.split('\n').at(-1) ?? '';
  if (/^\s*\|.*\|$/.test(last) || /^\s*```$/.test(last)) return [];
  // Emphasis, quotes and brackets may close after it.
  return /[.!?]["')*_`”’]*$/.test(text)
    ? []
    : [{ message: `Ends without a full stop: “…${text.slice(-40)}”.` }];
}
