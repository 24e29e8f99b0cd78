/**
 * A sandbox in a worker of the page, with a world of its own. It responds to the requests that bridge.ts sends.
 */
import { createSandbox } from '../../src/sandbox/index.ts';
import type { SentRequest, SentResponse } from './messages.ts';

const sandbox = createSandbox({ rateLimits: 'server' });

addEventListener('message', async ({ data }: MessageEvent<SentRequest>) => {
  self.postMessage(await respond(data));
});

async function respond({ id, url, method, headers, body }: SentRequest): Promise<SentResponse> {
  try {
    const response = await sandbox.fetch(url, { method, headers: [...headers], body });
    const { status } = response;
    return { id, status, headers: [...response.headers], body: await response.text() };
  } catch (error) {
    // Faults that the console sets drop the connection.
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}
