import type { Fronters, OwnSwitchWithMembers } from '../../generated/v2/schema.ts';
import type { WatchOptions } from '../watch/watch-fronters.ts';
import { endingAtOnce } from './ending-at-once.ts';
import type { PluralKit } from './pluralkit.ts';
import type { SystemReference } from './values.ts';
import type { SeenBy, View } from './view.ts';

type Fronts<Front> = AsyncGenerator<Front | null, void, undefined>;

export interface FrontersWatch<ClientView extends View> {
  /**
   * Yields who is fronting: at once, and then each time that it changes (`GET /systems/{systemRef}/fronters`). Changes of a
   * member, such as a new name, are not changes of the front. A slow consumer gets the newest one next.
   *
   * The code for it is loaded by the first call; bundlers that split code keep it out of the first download.
   *
   * @returns null where the system has never switched (204)
   * @throws TypeError where an option can't be used; all that `switches.getFronters` throws, but for failures of the network
   * and the server, which are passed to `onError`
   * @example
   * for await (const front of pk.switches.watchFronters('exmpl', { signal })) console.log(front?.members.map(({ name }) => name));
   */
  watchFronters(
    system: '@me',
    options?: WatchOptions,
  ): Fronts<SeenBy<ClientView, OwnSwitchWithMembers, Fronters>>;
  /** Yields who is fronting in another system, or the caller's own by its id. */
  watchFronters(system: SystemReference, options?: WatchOptions): Fronts<Fronters>;
}

export function createFrontersWatch<ClientView extends View>(
  pk: PluralKit<ClientView>,
): FrontersWatch<ClientView>['watchFronters'] {
  function watchFronters(
    system: '@me',
    options?: WatchOptions,
  ): Fronts<SeenBy<ClientView, OwnSwitchWithMembers, Fronters>>;
  function watchFronters(system: SystemReference, options?: WatchOptions): Fronts<Fronters>;
  function watchFronters(system: SystemReference, options?: WatchOptions): Fronts<Fronters> {
    let loading: Promise<Fronts<Fronters>> | undefined;
    const load = async () => (await import('../watch/index.ts')).watchFronters(pk, system, options);
    async function* follow() {
      loading = load();
      yield* await loading;
    }
    const end = () =>
      void loading?.then(
        (fronts) => fronts.return(),
        () => {},
      );
    return endingAtOnce(follow(), end);
  }
  return watchFronters;
}
