import { PluralKit } from 'pluralkit-openapi';

const pk = new PluralKit({
  userAgent: 'my-app/1.0 (me@example.com)', // names your application, and how to reach you
  baseUrl: process.env.PLURALKIT_URL, // if omitted, the real server
});

const system = await pk.systems.get('harbor');
console.log(system.name);
