#!/usr/bin/env node
import { runProgram } from './cli/program.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads the output has gone, as in `pluralkit sandbox | head -1`.
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

process.exitCode = await runProgram(process.argv.slice(2));
// Whatever still waits, such as a fault that delays an answer, does not hold up the end; what was written does.
await Promise.all(
  [process.stdout, process.stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))),
);
process.exit();
