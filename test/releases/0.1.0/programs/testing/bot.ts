import { PluralKit } from 'pluralkit-openapi';
import { createSandbox, messageBy, system } from 'pluralkit-openapi/sandbox';

const world = system()
  .withMembers(1, { name: 'Juniper', proxy_tags: [{ prefix: 'J:', suffix: null }], keep_proxy: false })
  .withWebhook('https://bot.example.com/pluralkit')
  .world();
const [home = {}] = world.systems;
const sandbox = createSandbox({ world });
const pk = new PluralKit({ userAgent: 'my-tests/1.0 (me@example.com)', fetch: sandbox.fetch });

const sent = sandbox.bot.sendMessage(messageBy(home, { as: 'Juniper', content: 'Hello!' }));
if (!sent.proxied) throw new Error(sent.reason);
console.log(sent.content, sandbox.deliveries()[0]?.payload.type);

// As a log bot does: who wrote it? The id of the original works for 30 minutes, too.
const message = await pk.messages.get(sent.original);
console.log(message.member?.name, message.sender === sent.sender);

// A message that no proxy tag matches stays as it is.
const other = sandbox.bot.sendMessage(messageBy(home, { content: 'Hello!' }));
console.log(other.proxied ? other.name : other.reason);
