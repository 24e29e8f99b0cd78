import type { InstallationName } from './installations.ts';
import type { ToolchainName } from './toolchains.ts';

/** What came of a step: `null` where it was not tried. */
export type Outcome = boolean | null;

/** What came of the steps of a tool. */
export interface Outcomes {
  readonly generates: Outcome;
  readonly compiles: Outcome;
  readonly runs: Outcome;
}

/** A line that a tool prints although nothing is wrong with the document. */
export interface Warning {
  /** A part of the line. */
  readonly text: string;
  /** The smallest input that gives it. */
  readonly input: string;
}

/** A generator of clients or models, and how it is tried. Scripts are for bash, in an empty folder of the tool's own. */
export interface LanguageTool {
  readonly name: string;
  readonly version: string;
  readonly language: string;
  /** What is installed for it. */
  readonly needs: readonly InstallationName[];
  /** What the machine must have, besides what installs its needs; where one is missing, the tool is not tried. */
  readonly toolchains: readonly ToolchainName[];
  readonly generate: string;
  /** What it warns of when it generates. */
  readonly warnings?: readonly Warning[];
  readonly compile?: string;
  /** Prints `ok` where the program has done its work against the sandbox. */
  readonly run?: string;
  /** The program that is run: a file in `programs`. */
  readonly program?: string;
  /** What the program sends to clear a field; null unless the client can't send it. */
  readonly clears?: '' | null;
  /** Whether it fails on errors whose messages are not those of today. */
  readonly needsMessages?: true;
  /** What a user of the tool has to know. */
  readonly note: string;
  readonly expected: Outcomes;
  /** Why what it generates is not compiled, or not run. */
  readonly untried?: string;
  /** Where a step is expected to fail: what it prints then. */
  readonly failure?: string;
  /** Where a step fails, or does less than it should: whose fault it is, with the smallest input that shows it. */
  readonly fault?: string;
}

export const generated: Outcomes = { generates: true, compiles: null, runs: null };
export const compiled: Outcomes = { generates: true, compiles: true, runs: null };
export const works: Outcomes = { generates: true, compiles: true, runs: true };
