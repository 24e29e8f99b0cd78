/**
 * Shows who is fronting: <fronting-widget system="exmpl"></fronting-widget>. It uses no token, so it shows what is public.
 */
class FrontingWidget extends HTMLElement {
  connectedCallback() {
    this.update();
    // Once a minute is enough: a front seldom changes.
    this.timer = setInterval(() => this.update(), 60_000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  async update() {
    const system = encodeURIComponent(this.getAttribute('system') ?? '');
    try {
      const response = await fetch(`https://api.pluralkit.me/v2/systems/${system}/fronters`);
      this.textContent = await describe(response);
    } catch {
      this.textContent = 'Could not be loaded.';
    }
  }
}

/** @param {Response} response */
async function describe(response) {
  if (response.status === 204) return 'No switch yet.';
  if (response.status === 403) return 'Private.';
  if (!response.ok) return 'Could not be loaded.';
  const { members } = await response.json();
  if (members.length === 0) return 'Nobody is fronting.';
  const names = members.map(
    (/** @type {{ display_name: string | null, name: string }} */ member) =>
      member.display_name ?? member.name,
  );
  return `Fronting: ${names.join(', ')}`;
}

customElements.define('fronting-widget', FrontingWidget);
