/**
 * Prints how the document and the recordings agree: see `--help`.
 */
import { loadContract } from '../test/document/contract.ts';
import { coverageOf } from '../test/document/coverage.ts';
import { unseenReasons } from '../test/document/coverage-reasons.ts';
import { loadExchanges } from '../test/document/exchanges.ts';
import { coverageReport, requestsReport, responsesReport } from '../test/document/reports.ts';
import { judgeRequest } from '../test/document/requests.ts';
import { judgeResponse } from '../test/document/responses.ts';
import { versions } from './lib/document.ts';
import { folderFrom, ProgramError, runProgram } from './lib/program.ts';
import { recordingsDirectory } from './lib/recordings.ts';

const help = `
Holds the recorded exchanges against the generated documents and prints what the contract tests find: responses that are as
documented, requests that server and document judge alike, and what of the document no recording shows.

Usage: npm run report [-- options]

  --recordings <dir>  hold others against the document, laid out as test/recordings
  --help              show this
`;

const options = { recordings: { type: 'string', default: recordingsDirectory } } as const;

await runProgram({ help, options }, ({ recordings }) => {
  const sources = versions.map((version) => {
    const contract = loadContract(version);
    const exchanges = loadExchanges(version, folderFrom(recordings, 'recordings'));
    const responses = exchanges.map((exchange) => ({ exchange, verdict: judgeResponse(exchange, contract) }));
    const requests = exchanges.map((exchange) => judgeRequest(exchange, contract));
    return { version, contract, exchanges, responses, requests };
  });
  if (sources.every(({ exchanges }) => exchanges.length === 0)) {
    throw new ProgramError(`There are no recordings in ${recordings}.`);
  }
  const reports = [
    ...sources.map(({ version, responses }) => responsesReport(version, responses)),
    ...sources.map(({ version, requests }) => requestsReport(version, requests)),
    coverageReport(coverageOf(sources, unseenReasons)),
  ];
  process.stdout.write(`${reports.join('\n')}\n`);
  const invalid = sources
    .flatMap(({ responses }) => responses)
    .filter(({ verdict }) => verdict.kind === 'invalid');
  if (invalid.length > 0) throw new ProgramError('Some responses are not as the document says: see above.');
});
