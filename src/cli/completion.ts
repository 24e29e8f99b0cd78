import { type Command, readArguments, readChoice, UsageError } from './command.ts';
import { writeLine } from './terminal.ts';

type Commands = Readonly<Record<string, Command>>;

const shells = {
  bash: (commands: Commands) => `_pluralkit() {
  local words
  case "$COMP_CWORD:\${COMP_WORDS[1]}" in
    1:*) words='${Object.keys(commands).join(' ')}' ;;
${entriesOf(commands)
  .map(([name, options]) => `    *:${name}) words='${options.join(' ')}' ;;`)
  .join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _pluralkit pluralkit`,

  zsh: (commands: Commands) => `#compdef pluralkit
_pluralkit() {
  if (( CURRENT == 2 )); then compadd -- ${Object.keys(commands).join(' ')}; return; fi
  case "$words[2]" in
${entriesOf(commands)
  .map(([name, options]) => `    ${name}) compadd -- ${options.join(' ')} ;;`)
  .join('\n')}
  esac
  _files
}
compdef _pluralkit pluralkit`,

  fish: (commands: Commands) =>
    entriesOf(commands)
      .flatMap(([name, options]) => [
        `complete -c pluralkit -n __fish_use_subcommand -f -a ${name} -d '${commands[name]?.summary.replaceAll("'", "\\'")}'`,
        ...options.map(
          (option) =>
            `complete -c pluralkit -n '__fish_seen_subcommand_from ${name}' ${option.replace(/^--/, '-l ')}`,
        ),
      ])
      .join('\n'),
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
    async run(args) {
      const [shell] = readArguments(args, {}, 1).positionals;
      if (shell === undefined) throw new UsageError(`Which shell: ${names.join(', ')}?`);
      writeLine(shells[readChoice('shell', shell, names)](commands()));
      return undefined;
    },
  };
}

/** The options of each command, as its help lists them. */
function entriesOf(commands: Commands): readonly (readonly [name: string, options: readonly string[]])[] {
  return Object.entries(commands).map(([name, { help }]) => [
    name,
    [...help.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, option = '']) => option),
  ]);
}
