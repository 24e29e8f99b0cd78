import type { FullWorld } from '../../world/world.ts';

/** The state and functions that the sections share. */
export interface App {
  /** Of the API and the console: `http://127.0.0.1:4011`. */
  readonly origin: string;
  /** Page of the rendered docs; empty where they are not served. */
  readonly docs: string;
  /** The world, as last read. */
  readonly world: FullWorld;
  /** Calls with each change of the world. */
  onWorld(listener: (world: FullWorld) => void): void;
  /** Reads the world again. */
  updateWorld(): Promise<void>;
  /** Runs an action, updates the page, and announces the result. */
  run(action: () => Promise<unknown>, done?: string): Promise<void>;
  /** Opens a section, with parts after its name: `open('try', 'getSystem', 'harbor')`. */
  open(section: string, ...parts: readonly string[]): void;
}

/** One of the page's parts, of which one is shown at a time. */
export interface Section {
  /** In the address: `#/requests`. */
  readonly name: string;
  /** In the navigation, and its heading. */
  readonly title: string;
  readonly content: HTMLElement;
  /**
   * Called when it is opened.
   *
   * @param parts - what follows its name in the address
   * @returns what of them is not known, as a sentence; nothing where all is
   */
  show?(parts: readonly string[]): string | undefined;
  /** Called repeatedly while it is open. */
  update(): Promise<void>;
}
