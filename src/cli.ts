#!/usr/bin/env node
import { endWhereUnwritable, flushOutput } from './cli/output.ts';
import { runProgram } from './cli/program.ts';

endWhereUnwritable();
process.exitCode = await runProgram(process.argv.slice(2));
// Pending work, such as a delayed response, does not delay the end; unwritten output does.
await flushOutput();
process.exit();
