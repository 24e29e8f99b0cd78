#!/usr/bin/env node
import { endWhereUnwritable, flushOutput } from './cli/output.ts';
import { runProgram } from './cli/program.ts';

endWhereUnwritable();
process.exitCode = await runProgram(process.argv.slice(2));
// Whatever still waits, such as a fault that delays a response, does not hold up the end; what was written does.
await flushOutput();
process.exit();
