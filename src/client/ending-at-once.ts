/**
 * Lets an iteration end while its next value is awaited: a generator puts `return()` and `throw()` in line behind a pending
 * `next()`.
 *
 * @param end - ends what `next()` waits for
 * @returns the same generator
 */
export function endingAtOnce<Value>(
  generator: AsyncGenerator<Value, void, undefined>,
  end: () => void,
): AsyncGenerator<Value, void, undefined> {
  const finish = generator.return.bind(generator);
  const fail = generator.throw.bind(generator);
  generator.return = (value) => {
    end();
    return finish(value);
  };
  generator.throw = (error) => {
    end();
    return fail(error);
  };
  return generator;
}
