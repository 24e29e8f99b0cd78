import { Hono } from 'hono';
import { done, errorResponse, readJson } from '../admin/exchange.ts';
import { anything, object, type Shape } from '../world/shape.ts';
import { snowflake, words } from '../world/world.ts';
import { accountShape, linkShape } from './accounts.ts';
import { type GuildSettings, guildShape, type SandboxBot } from './bot.ts';
import { editShape, reproxyShape } from './change-message.ts';
import { groupEventShape } from './events.ts';
import { messageShape } from './message.ts';
import { webhookShape } from './webhook.ts';

const tokenShape = object({ system: words });
const importShape = object({ account: snowflake, file: anything });

/** Routes under `/_sandbox/bot`: the same as the methods of `sandbox.bot`. */
export function botApp(bot: SandboxBot): Hono {
  const app = new Hono();
  const read = async <Out>(shape: Shape<Out, unknown>, request: Request): Promise<Out> =>
    shape.read(await readJson(request), 'The request body');

  app.post('/messages', async ({ req }) => Response.json(bot.sendMessage(await read(messageShape, req.raw))));
  app.delete('/messages/:id', ({ req }) => (bot.deleteMessage(req.param('id')) ? done() : noMessage()));
  app.post('/messages/:id/edit', async ({ req }) =>
    found(bot.editMessage(req.param('id'), await read(editShape, req.raw))),
  );
  app.post('/messages/:id/reproxy', async ({ req }) =>
    found(bot.reproxyMessage(req.param('id'), await read(reproxyShape, req.raw))),
  );
  app.put('/guilds/:guild', async ({ req }) => {
    const settings: GuildSettings = await read(guildShape, req.raw);
    bot.configureGuild(req.param('guild'), settings);
    return done();
  });

  app.post('/webhook', async ({ req }) =>
    Response.json(await bot.registerWebhook(await read(webhookShape, req.raw))),
  );
  app.post('/accounts', async ({ req }) => {
    bot.linkAccount(await read(linkShape, req.raw));
    return done();
  });
  app.patch('/accounts/:account', async ({ req }) => {
    bot.updateAccount(req.param('account'), await read(accountShape, req.raw));
    return done();
  });
  app.delete('/accounts/:account', ({ req }) => {
    bot.unlinkAccount(req.param('account'));
    return done();
  });
  app.delete('/switches/:system', ({ req }) => {
    bot.deleteSwitches(req.param('system'));
    return done();
  });
  app.post('/token', async ({ req }) => {
    const { system } = await read(tokenShape, req.raw);
    return Response.json({ token: bot.refreshToken(system) });
  });
  app.post('/import', async ({ req }) => {
    const { account, file } = await read(importShape, req.raw);
    return Response.json(bot.import(account, file));
  });
  app.get('/export/:system', ({ req }) => {
    const headers = {
      'Content-Type': 'application/json',
      'Content-Disposition': 'attachment; filename="system.json"',
    };
    return new Response(bot.export(req.param('system')), { headers });
  });
  app.post('/group-members-event', async ({ req }) => {
    bot.sendGroupMembersEvent(await read(groupEventShape, req.raw));
    return done();
  });
  return app;
}

function found(result: object | undefined): Response {
  return result === undefined ? noMessage() : Response.json(result);
}

function noMessage(): Response {
  return errorResponse(404, 'There is no such proxied message.');
}
