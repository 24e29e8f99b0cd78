/**
 * Scalar's mock server on a document.
 *
 * Usage: node scalar-server.ts <document> <port>
 */
import { readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { createMockServer } from '@scalar/mock-server';

const [, , file = '', port] = process.argv;
const { fetch } = await createMockServer({ specification: readFileSync(file, 'utf8') });
serve({ fetch, port: Number(port), hostname: '127.0.0.1' });
