/** A note on a place in a file. */
export interface FileNote {
  /** Such as `members[2].color`; empty for the whole file. */
  readonly path: string;
  /** A sentence. */
  readonly message: string;
}

/** Reading ends at this many faults: a short file can hold hundreds of thousands. */
const maximumFaults = 200;

/** Thrown for a file that is no export. */
export class ExportFileError extends Error {
  override readonly name = 'ExportFileError';
  /** Everything that is wrong with the file; of more than 200 faults, the first. */
  readonly faults: readonly FileNote[];

  constructor(faults: readonly FileNote[]) {
    super(faults.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('\n'));
    this.faults = faults;
  }
}

/** Collects notes while a file is read. */
export class Notes {
  readonly faults: FileNote[] = [];
  readonly #omitted = new Map<string, FileNote>();

  get omitted(): readonly FileNote[] {
    return [...this.#omitted.values()];
  }

  /**
   * Notes that a value is wrong. The file cannot be taken then.
   *
   * @throws ExportFileError where there are too many
   */
  fault(path: string, message: string): undefined {
    this.faults.push({ path, message });
    if (this.faults.length >= maximumFaults) throw new ExportFileError(this.faults);
  }

  /** Notes once that the value of a field cannot be taken, in whichever items of a list it is. */
  omit(path: string, message: string): void {
    const general = path.replace(/\[\d+\]/g, '[]');
    if (!this.#omitted.has(general)) this.#omitted.set(general, { path: general, message });
  }
}
