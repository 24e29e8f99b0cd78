/**
 * The published form of the document: the content of the sources, in keywords that tools of all languages read.
 */
import { type Document, resolveReference, sortComponents } from '../lib/document.ts';
import { withLinks } from './links.ts';
import { withNamedChoices, withNamedCodes, withNullBesideEnums, withUniqueConstants } from './names.ts';
import { withOperationNotes } from './notes.ts';
import { withOmissibleLists } from './requests.ts';
import {
  booleansAsObjects,
  conditionsInsteadOfNot,
  constantsWithoutFormat,
  listsInsteadOfSets,
  messagesBelowConditions,
  nullAsConstant,
  nullableScalars,
  plainPatterns,
  withoutTitle,
} from './schema-forms.ts';
import { withoutViews } from './views.ts';
import { rewriteSchemas } from './walk.ts';
import { withoutBases, withWholeObjects } from './whole-objects.ts';

const forms = [
  booleansAsObjects,
  conditionsInsteadOfNot,
  constantsWithoutFormat,
  listsInsteadOfSets,
  messagesBelowConditions,
  nullAsConstant,
  plainPatterns,
  withoutTitle,
];

/** @param document - as bundled from the sources */
export function toolForm(document: Document): Document {
  const whole = withoutBases(withWholeObjects(document), document);
  const steps: ((document: Document) => Document)[] = [
    withoutViews,
    (from) =>
      rewriteSchemas(from, (schema) => nullableScalars(schema, (node) => resolveReference(from, node))),
    ...forms.map((form) => (from: Document) => rewriteSchemas(from, form)),
    withNullBesideEnums,
    withOmissibleLists,
    withLinks,
    withOperationNotes,
    withNamedCodes,
    withNamedChoices,
    sortComponents,
    withUniqueConstants,
  ];
  return steps.reduce((from, step) => step(from), whole);
}
