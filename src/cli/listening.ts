import { CommandError } from './command.ts';

/** Where a server of the program listens. */
export interface Place {
  readonly port: number;
  readonly host: string;
}

/**
 * Waits for a server to listen.
 *
 * @throws {CommandError} saying what to do where it cannot
 */
export async function tryToListen<Server>(place: Place, listening: Promise<Server>): Promise<Server> {
  try {
    return await listening;
  } catch (error) {
    throw new CommandError(describeListenError(error, place));
  }
}

/**
 * Says what to do where a server cannot listen.
 *
 * @param option - the one that chooses the port
 */
export function describeListenError(error: unknown, { port, host }: Place, option = '--port'): string {
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program, maybe by another sandbox (\`lsof -i :${port}\` names it). Stop that one, or choose another port: ${option} 0 takes any that is free.`;
    case 'EACCES':
      return `This user may not listen on port ${port}. Choose one above 1023, or ${option} 0.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `“${host}” is no address of this machine. Omit --host, or use 0.0.0.0 for all of its addresses.`;
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
