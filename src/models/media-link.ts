const mediaLink =
  /^https?:\/\/media\.discordapp\.net(\/attachments\/\d{17,19}\/\d{17,19}\/[^/?#]+\.(?:png|jpe?g|webp))(?:[?#].*)?$/s;

/** A link as the API gives it: one to Discord's resizing proxy leads to the original. All others are as they are stored. */
export function servedLink<Link extends string | null>(link: Link): Link | string {
  const [, path] = (link !== null && mediaLink.exec(link)) || [];
  return path === undefined ? link : `https://cdn.discordapp.com${path}`;
}
