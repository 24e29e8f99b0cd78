/**
 * Prints how the document and the recordings agree: see `--help`.
 */
import { judgeAnswer } from '../test/document/answers.ts';
import { loadContract } from '../test/document/contract.ts';
import { coverageOf } from '../test/document/coverage.ts';
import { unseenReasons } from '../test/document/coverage-reasons.ts';
import { loadExchanges } from '../test/document/exchanges.ts';
import { answersReport, coverageReport, requestsReport } from '../test/document/reports.ts';
import { judgeRequest } from '../test/document/requests.ts';
import { versions } from './lib/document.ts';
import { runProgram } from './lib/program.ts';

const help = `
Holds the recorded exchanges against the generated documents and prints what the contract tests find: answers that are as
documented, requests that server and document judge alike, and what of the document no recording shows.

Usage: npm run report [-- options]

  --help  show this
`;

await runProgram({ help, options: {} }, () => {
  const sources = versions.map((version) => ({
    version,
    contract: loadContract(version),
    exchanges: loadExchanges(version),
  }));
  const answers = sources.map(({ version, contract, exchanges }) =>
    answersReport(
      version,
      exchanges.map((exchange) => ({ exchange, verdict: judgeAnswer(exchange, contract) })),
    ),
  );
  const requests = sources.map(({ version, contract, exchanges }) =>
    requestsReport(
      version,
      exchanges.map((exchange) => judgeRequest(exchange, contract)),
    ),
  );
  const coverage = coverageReport(coverageOf(sources, unseenReasons));
  process.stdout.write(`${[...answers, ...requests, coverage].join('\n')}\n`);
});
