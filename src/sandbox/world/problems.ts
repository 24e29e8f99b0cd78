/** What is wrong at one place, such as `systems[0].members[2].color`. */
export interface WorldProblem {
  readonly path: string;
  /** What follows the path in a sentence: `must be six hexadecimal digits`. */
  readonly problem: string;
}

/** More would scroll away what stands above them. */
const maximumProblemsInMessage = 20;
/** Problems with a suggestion. */
const mostSuggestions = 5;
/** Reading ends at this many: a short body can hold hundreds of thousands, and finding them all would take minutes. */
const maximumProblems = 200;

/** Thrown for a world that cannot be loaded; it names every place that is wrong. */
export class WorldError extends Error {
  override readonly name = 'WorldError';
  /** The path of the first problem. */
  readonly path: string;
  /** All that is wrong, in the order of the world; of more than 200 problems, the first. */
  readonly problems: readonly WorldProblem[];

  /** @param whole - what a problem without a path is about, such as `The world` */
  constructor(
    path: string,
    problem: string,
    others: readonly WorldProblem[] = [],
    whole: string = 'The value',
  ) {
    const problems = [{ path, problem }, ...others];
    super(describe(problems, whole));
    this.path = path;
    this.problems = problems;
  }
}

/** A problem as a sentence. */
export function describeProblem({ path, problem }: WorldProblem, whole: string): string {
  return `${path === '' ? whole : path} ${problem}`;
}

function describe(problems: readonly WorldProblem[], whole: string): string {
  const lines = problems.slice(0, maximumProblemsInMessage).map((problem) => describeProblem(problem, whole));
  if (problems.length === 1) return lines.join();
  const left = problems.length - lines.length;
  const count = problems.length < maximumProblems ? problems.length : `At least ${problems.length}`;
  return [`${count} problems:`, ...lines, ...(left > 0 ? [`and ${left} more`] : [])].join('\n  ');
}

/** Collects problems, so that all of them are reported at once. */
export class Problems {
  readonly #found: WorldProblem[] = [];
  readonly #whole: string | undefined;
  readonly #placeOf: (path: string) => string;

  /**
   * @param whole - what a problem without a path is about
   * @param placeOf - the place in the file of a path, where they differ
   */
  constructor(whole?: string, placeOf: (path: string) => string = (path) => path) {
    this.#whole = whole;
    this.#placeOf = placeOf;
  }

  /** Whether there are few problems as yet: to suggest a name compares it with many. */
  get mayCompare(): boolean {
    return this.#found.length < mostSuggestions;
  }

  get found(): readonly WorldProblem[] {
    return this.#found;
  }

  /** @throws {WorldError} where there are too many */
  add(path: string, problem: string): void {
    this.#found.push({ path: this.#placeOf(path), problem });
    if (this.#found.length >= maximumProblems) this.end();
  }

  /** @throws {WorldError} where there are any */
  end(): void {
    const [first, ...others] = this.#found;
    if (first !== undefined) throw new WorldError(first.path, first.problem, others, this.#whole);
  }
}
