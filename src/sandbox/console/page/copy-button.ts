import { announce } from './announce.ts';
import { element } from './element.ts';

/**
 * A button that copies a text.
 *
 * @param what - names it to those who do not see where the button stands: "the token of Harbour"
 * @param read - gives the text at the time of the click
 */
export function copyButton(what: string, read: () => string): HTMLButtonElement {
  const button = element('button', { type: 'button', class: 'small', 'aria-label': `Copy ${what}` }, 'Copy');
  let timer: ReturnType<typeof setTimeout> | undefined;
  button.addEventListener('click', async () => {
    const copied = await copy(read());
    button.textContent = copied ? 'Copied' : 'Not copied';
    announce(copied ? `Copied ${what}.` : `The browser does not allow copying.`);
    clearTimeout(timer);
    timer = setTimeout(() => {
      button.textContent = 'Copy';
    }, 2000);
  });
  return button;
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
