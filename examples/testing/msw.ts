import { http } from 'msw';
import { setupServer } from 'msw/node';
import { createSandbox } from 'pluralkit-openapi/sandbox';

const sandbox = createSandbox();
const server = setupServer(http.all('https://api.pluralkit.me/*', ({ request }) => sandbox.fetch(request)));
server.listen({ onUnhandledRequest: 'error' });

// Code under test, which calls the API and knows nothing of the sandbox:
const response = await fetch('https://api.pluralkit.me/v2/systems/harbor', {
  headers: { 'User-Agent': 'my-app/1.0 (me@example.com)' },
});
console.log((await response.json()).name);

server.close();
