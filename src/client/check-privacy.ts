import { isObject } from '../models/is-object.ts';
import { didYouMean, thereIsNo } from '../models/nearest.ts';
import { type PrivacySubject, privacyKeys } from '../models/privacy.ts';
import { check } from './check.ts';

/** The operations that set privacy. */
const ROUTE =
  /\/(private\/bulk_privacy\/(?<bulk>member|group)|(?<kind>system)s\/[^/?]+|(?<other>member|group)s(\/[^/?]+)?)(\?|$)/;

/**
 * Checks the privacy settings of a request body. The server ignores names that it does not know, and so would leave public what
 * was to be private.
 *
 * @param path - of the request
 * @throws TypeError naming all that are mistyped, or stand in the wrong place
 */
export function checkPrivacy(path: string, body: unknown): void {
  const { bulk, kind, other } = ROUTE.exec(path)?.groups ?? {};
  const subject = bulk ?? kind ?? other;
  if (!isSubject(subject) || !isObject(body)) return;
  const known: readonly string[] = privacyKeys[subject];
  const { privacy = null, ...fields } = bulk ? { privacy: body } : body;
  check(privacy === null || isObject(privacy), 'privacy must be an object');
  const names = Object.keys(privacy ?? {});
  // Whole settings come from the server, which may have more of them than this version knows.
  const isWhole = known.every((name) => names.includes(name));
  const faults = [
    ...names
      .filter((name) => !known.includes(name) && !(isWhole && isNew(name)))
      .map((name) => thereIsNo('privacy setting', name, known)),
    ...Object.entries(fields).flatMap(([name, value]) => {
      if (isObject(value) && isNear(name, ['privacy'])) return thereIsNo('field', name, ['privacy']);
      const isSetting = (value === 'private' || value === 'public') && isNear(name, known);
      return isSetting ? `“${name}” must be within “privacy”` : [];
    }),
  ];
  check(faults.length === 0, faults.join('\n'));
}

function isSubject(word: string | undefined): word is PrivacySubject {
  return word !== undefined && Object.hasOwn(privacyKeys, word);
}

/** Whether a name may be that of a setting newer than this version, as it is similar to none. */
function isNew(name: string): boolean {
  const topic = topicOf(name);
  return topic !== name && !isNear(topic, Object.values(privacyKeys).flat().map(topicOf));
}

function topicOf(name: string): string {
  return name.replace(/_privacy$/, '');
}

function isNear(name: string, known: readonly string[]): boolean {
  return didYouMean(name, known) !== '';
}
