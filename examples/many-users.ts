import { PluralKit, UnauthorizedError } from 'pluralkit-openapi';

/** One client for the process. The clients that are made from it share its limiter, its cache and its options. */
const pk = new PluralKit({
  userAgent: 'my-bot/1.0 (me@example.com)',
  baseUrl: process.env.PLURALKIT_URL, // if omitted, the real server
  timeout: 60_000,
});

/** Tokens by the Discord id of the user. A bot keeps them encrypted, and never writes them to a log. */
const tokens = new Map(
  (process.env.PLURALKIT_TOKENS ?? '').split(',').map((token, index) => [`user ${index + 1}`, token]),
);

/** Says who is fronting in the system of a user. */
async function frontOf(user: string): Promise<string> {
  const token = tokens.get(user);
  if (!token) return `${user} has not linked a system`;
  // A client costs next to nothing: make one for each command.
  const theirs = pk.with({ token });
  try {
    const [system, front] = await Promise.all([
      theirs.systems.get('@me'),
      theirs.switches.getFronters('@me'),
    ]);
    const names = front?.members.map((member) => member.display_name ?? member.name) ?? [];
    return `${system.name}: ${names.join(', ') || 'nobody is fronting'}`;
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error;
    // The user has a new token: ask for it, and forget the old one.
    tokens.delete(user);
    return `${user} has to link the system again`;
  }
}

// All at once: each system has its own rate limit, and limits by address are shared.
for (const text of await Promise.all([...tokens.keys()].map(frontOf))) console.log(text);
