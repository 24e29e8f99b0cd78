import type { SystemRecord } from '../store/records.ts';
import { systemGuildRules } from '../validation/models.ts';
import { readChanges, requireChanges } from '../validation/patch.ts';
import { Report } from '../validation/report.ts';
import { settingsRules } from '../validation/settings.ts';
import { viewGuild, viewSettings } from '../views/settings.ts';
import type { Call } from './call.ts';
import { systemGuildSettingsNotFound } from './errors.ts';
import { ok, okFromGateway, type Reply } from './reply.ts';

function getSystemSettings(call: Call): Reply {
  return okFromGateway(viewSettings(call.system.settings, call.audience(call.system.uuid)));
}

function updateSystemSettings(call: Call): Reply {
  const body = call.object;
  const system = call.requireOwnSystem();
  const report = new Report();
  const changes = readChanges(settingsRules, body, report);
  requireChanges(report, changes);

  const settings = { ...system.settings, ...changes };
  call.store.putSystem({ ...system, settings });
  call.services.dispatcher.send(system, 'UPDATE_SETTINGS', null, changes);
  return ok(settings);
}

function getSystemGuildSettings(call: Call): Reply {
  const guild = call.snowflake('guild_id');
  return ok(viewGuild(findGuild(call.requireOwnSystem(), guild)));
}

function updateSystemGuildSettings(call: Call): Reply {
  const guild = call.snowflake('guild_id');
  const body = call.object;
  const system = call.requireOwnSystem();
  const settings = findGuild(system, guild);
  const report = new Report();
  const changes = readChanges(systemGuildRules, body, report);
  requireChanges(report, changes);

  const updated = { ...settings, ...changes };
  const guilds = system.guilds.map((one) => (one === settings ? updated : one));
  call.store.putSystem({ ...system, guilds });
  call.services.dispatcher.send(system, 'UPDATE_SYSTEM_GUILD', null, { guild_id: guild, ...changes });
  return ok(viewGuild(updated));
}

function findGuild(system: SystemRecord, guild: string): SystemRecord['guilds'][number] {
  const settings = system.guilds.find(({ guild_id: id }) => id === guild);
  if (settings === undefined) throw systemGuildSettingsNotFound();
  return settings;
}

export const settingsOperations = {
  getSystemSettings,
  updateSystemSettings,
  getSystemGuildSettings,
  updateSystemGuildSettings,
};
