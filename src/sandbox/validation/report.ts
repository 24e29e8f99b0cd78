import { badRequest, type FieldError, modelParseError } from '../operations/errors.ts';

/** Collects what is wrong with a model: every fault of every field. */
export class Report {
  readonly #errors = new Map<string, FieldError[]>();
  #isStorable = true;

  get isClean(): boolean {
    return this.#errors.size === 0;
  }

  /** What was found, by field. */
  get errors(): ReadonlyMap<string, readonly FieldError[]> {
    return this.#errors;
  }

  /** Whether the database can keep all values. */
  get isStorable(): boolean {
    return this.#isStorable;
  }

  /** What was found first. */
  get first(): { readonly field: string; readonly error: FieldError } | undefined {
    for (const [field, [error]] of this.#errors) if (error !== undefined) return { field, error };
    return undefined;
  }

  add(field: string, error: FieldError): void {
    const errors = this.#errors.get(field) ?? [];
    this.#errors.set(field, [...errors, error]);
  }

  invalid(field: string): void {
    this.add(field, { message: `Field ${field} is invalid.` });
  }

  tooLong(field: string, actual: number, maximum: number): void {
    this.add(field, { message: `Field ${field} is too long.`, actual_length: actual, max_length: maximum });
  }

  /** A value is fine, but the database cannot keep it: the server fails there, after all fields were looked at. */
  notStorable(): void {
    this.#isStorable = false;
  }

  /** @throws {ApiError} 40001, where anything was reported; 400 where a value cannot be kept */
  throwIfAny(): void {
    if (!this.isClean) throw modelParseError(Object.fromEntries(this.#errors));
    if (!this.#isStorable) throw badRequest();
  }
}
