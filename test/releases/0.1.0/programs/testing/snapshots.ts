import { createSandbox } from 'pluralkit-openapi/sandbox';

const sandbox = createSandbox();
const [system] = sandbox.world().systems;
const [account = ''] = system?.accounts ?? [];

sandbox.bot.import(account, { tuppers: [{ name: 'Juniper', brackets: ['J:', ''] }] });
sandbox.snapshots.save('with Juniper');

const names = () => sandbox.world().systems[0]?.members.map(({ name }) => name);
sandbox.reset();
console.log(names()?.includes('Juniper'));
sandbox.snapshots.restore('with Juniper');
console.log(names()?.includes('Juniper'));
