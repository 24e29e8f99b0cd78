import { aliases, type Command, type Commands, readArguments, readChoice, UsageError } from './command.ts';
import { writeLine } from './terminal.ts';

/** In place of a command. */
const programOptions = [...aliases.keys()].filter((option) => option.startsWith('--'));

const shells = {
  bash: (commands: Commands) => `_pluralkit() {
  local words='' current="\${COMP_WORDS[COMP_CWORD]}"
  case "$COMP_CWORD:\${COMP_WORDS[1]}:$current" in
    1:-*) words='${programOptions.join(' ')}' ;;
    1:*) words='${Object.keys(commands).join(' ')}' ;;
${entriesOf(commands)
  .flatMap(({ name, words, options }) => [
    `    *:${name}:-*) words='${options.join(' ')}' ;;`,
    ...(words.length > 0 ? [`    2:${name}:*) words='${words.join(' ')}' ;;`] : []),
  ])
  .join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _pluralkit pluralkit`,

  zsh: (commands: Commands) => `#compdef pluralkit
_pluralkit() {
  if (( CURRENT == 2 )); then compadd -- ${[...Object.keys(commands), ...programOptions].join(' ')}; return; fi
  case "$words[2]" in
${entriesOf(commands)
  .map(({ name, words, options }) => {
    const first = words.length > 0 ? `(( CURRENT == 3 )) && compadd -- ${words.join(' ')}; ` : '';
    return `    ${name}) ${first}compadd -- ${options.join(' ')} ;;`;
  })
  .join('\n')}
  esac
  _files
}
compdef _pluralkit pluralkit`,

  fish: (commands: Commands) =>
    [
      ...programOptions.map(
        (option) => `complete -c pluralkit -n __fish_use_subcommand ${fishOption(option)}`,
      ),
      ...entriesOf(commands).flatMap(({ name, summary, words, options }) => {
        const after = `__fish_seen_subcommand_from ${name}`;
        return [
          `complete -c pluralkit -n __fish_use_subcommand -f -a ${name} -d '${summary.replaceAll("'", "\\'")}'`,
          ...words.map(
            (word) =>
              `complete -c pluralkit -n '${after}; and test (count (commandline -opc)) -eq 2' -f -a ${word}`,
          ),
          ...options.map((option) => `complete -c pluralkit -n '${after}' ${fishOption(option)}`),
        ];
      }),
    ].join('\n'),
};

const names = ['bash', 'zsh', 'fish'] as const satisfies readonly (keyof typeof shells)[];

const help = `
Prints a script that lets a shell complete commands and options.

Usage: pluralkit completion <shell>

  bash   for one user: pluralkit completion bash > ~/.local/share/bash-completion/completions/pluralkit
  zsh    for one user: pluralkit completion zsh > a file _pluralkit in a folder of $fpath
  fish   for one user: pluralkit completion fish > ~/.config/fish/completions/pluralkit.fish
  -h, --help  show this

Exit codes: 0 printed, 2 unknown shell or wrong arguments, 3 could not write its output.`.trim();

/** @param commands - the commands to complete; loaded only when the command runs */
export function completionCommand(commands: () => Commands): Command {
  return {
    summary: 'print a script that completes commands in a shell',
    help,
    words: names,
    async run(args) {
      const [shell] = readArguments(args, {}, 1).positionals;
      if (shell === undefined) throw new UsageError(`Which shell: ${names.join(', ')}?`);
      writeLine(shells[readChoice('shell', shell, names)](commands()));
      return undefined;
    },
  };
}

/** What can follow each command: its words, and the options that its help lists. */
function entriesOf(commands: Commands) {
  return Object.entries(commands).map(([name, { summary, help, words = [] }]) => ({
    name,
    summary,
    words,
    options: [...help.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, option = '']) => option),
  }));
}

function fishOption(option: string): string {
  return option.replace(/^--/, '-l ');
}
