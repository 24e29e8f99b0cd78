/**
 * The recorded exchanges, with values in place of the names that stand for what the server made up.
 */
import { plausibleValue, substituteExchange } from '../../scripts/lib/placeholders.ts';
import { type Exchange, loadScenarios, type Scenario, type Version } from '../../scripts/lib/recordings.ts';

export interface LocatedExchange extends Exchange {
  readonly scenario: Scenario;
  /** Line of the scenario's file, from 1. */
  readonly line: number;
}

/**
 * Every recorded exchange of a version, in order.
 *
 * @param directory - laid out as test/recordings, which is the default
 */
export function loadExchanges(version: Version, directory?: string): LocatedExchange[] {
  return loadScenarios(directory)
    .filter((scenario) => scenario.version === version)
    .flatMap((scenario) =>
      scenario.exchanges.map((exchange, index) => ({
        ...substituteExchange(exchange, (name) => plausibleValue(name, version)),
        scenario,
        line: index + 2,
      })),
    );
}

/** `v2/members/patch:12 PATCH /v2/members/amaaa {"name":""} → 400`, cut where it is long. */
export function describeExchange({ scenario, line, request, response }: LocatedExchange): string {
  const body = request.raw ?? (request.body === undefined ? '' : JSON.stringify(request.body));
  const shown = body.length > 100 ? `${body.slice(0, 99)}…` : body;
  return `${scenario.name}:${line} ${request.method} ${request.path} ${shown} → ${response.status}`;
}
