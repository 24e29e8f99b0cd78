/** Prints what a goal asks for, and whether it is met. */
export class Goals {
  #met = 0;
  #missed: string[] = [];

  /** @param parts - what is asked for in words, and whether it holds */
  print(name: string, parts: Readonly<Record<string, boolean>>): void {
    const isMet = Object.values(parts).every(Boolean);
    if (isMet) this.#met++;
    else this.#missed.push(name);
    const words = Object.entries(parts).map(([goal, holds]) => (holds ? goal : `${goal} (missed)`));
    process.stdout.write(`\nGoal: ${words.join(', ')}: ${isMet ? 'met' : 'MISSED'}\n`);
  }

  printSummary(): void {
    const total = this.#met + this.#missed.length;
    process.stdout.write(`\n${this.#met} of ${total} goals are met.\n`);
    for (const name of this.#missed) process.stdout.write(`Missed: ${name}\n`);
  }
}
