// What a command is, and how its words are read.

import { parseArgs, type ParseArgsConfig } from "node:util";

export type OptionFacts = {
  readonly type: "string" | "boolean";
  readonly says: string;
  readonly short?: string;
  readonly multiple?: boolean;
  /** May stand alone, and is the empty text then. */
  readonly alone?: boolean;
};

export type Words = {
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly rest: readonly string[];
  readonly raw: readonly string[];
};

export type Command = {
  readonly name: string;
  readonly says: string;
  readonly usage: string;
  readonly options: Readonly<Record<string, OptionFacts>>;
  /** Takes names beside its options, e.g. of stacks. */
  readonly takesNames?: boolean;
  /** What stands after `--` is another program's. */
  readonly takesProgram?: boolean;
  /** Leaves words it does not know to another program. */
  readonly passesOn?: boolean;
  /** The exit code. */
  run(words: Words): Promise<number>;
};

/** An error of the person who types: said in one line, without a stack. */
export class UsageError extends Error {}

export function readWords(command: Command, argv: readonly string[]): Words {
  const separator = argv.indexOf("--");
  const own = separator < 0 ? argv : argv.slice(0, separator);
  const raw = separator < 0 ? [] : argv.slice(separator + 1);
  const options: NonNullable<ParseArgsConfig["options"]> = { help: { type: "boolean", short: "h" } };
  for (const [name, facts] of Object.entries(command.options)) {
    options[name] = {
      type: facts.type,
      ...(facts.short === undefined ? {} : { short: facts.short }),
      ...(facts.multiple === true ? { multiple: true } : {}),
    };
  }
  try {
    if (command.passesOn === true) return passOn(command, own, raw);
    const { values, positionals } = parseArgs({
      args: own.map((word) => completed(command, word)),
      options,
      allowPositionals: true,
    });
    const [stray] = [
      ...(command.takesNames === true ? [] : positionals),
      ...(command.takesProgram === true ? [] : raw),
    ];
    if (stray !== undefined && values["help"] !== true) throw new Error(`"${stray}" means nothing here.`);
    return { values: values as Words["values"], rest: positionals, raw };
  } catch (error) {
    throw new UsageError(
      `${error instanceof Error ? error.message : String(error)}\nSee: hangar ${command.name} --help`,
    );
  }
}

function completed({ options }: Command, word: string): string {
  return word.startsWith("--") && options[word.slice(2)]?.alone === true ? `${word}=` : word;
}

/** Our own options are taken out, all others go on as they are. */
function passOn(command: Command, own: readonly string[], raw: readonly string[]): Words {
  const values: Record<string, string | boolean> = {};
  const rest: string[] = [];
  for (let index = 0; index < own.length; index += 1) {
    const word = own[index] as string;
    const [name = "", given] = word.startsWith("--") ? word.slice(2).split(/=(.*)/s) : [];
    const type = name === "help" ? "boolean" : command.options[name]?.type;
    if (type === undefined) rest.push(word);
    else if (type === "boolean") values[name] = true;
    else {
      index += given === undefined ? 1 : 0;
      values[name] = given ?? own[index] ?? "";
    }
  }
  return { values, rest, raw };
}

export function helpOf(command: Command): string {
  const options: Readonly<Record<string, OptionFacts>> = {
    ...command.options,
    help: { type: "boolean", says: "this page", short: "h" },
  };
  const lines = Object.entries(options).map(([name, facts]) => {
    const value = facts.alone === true ? "[=VALUE]" : " VALUE";
    const flag = `--${name}${facts.type === "string" ? value : ""}`;
    return `  ${flag.padEnd(22)} ${facts.says}`;
  });
  return `${command.says}\n\nUsage: hangar ${command.usage}\n\n${lines.join("\n")}\n`;
}

export function text(words: Words, name: string): string | undefined {
  const value = words.values[name];
  return typeof value === "string" ? value : undefined;
}

export function flag(words: Words, name: string): boolean {
  return words.values[name] === true;
}

export function portOf(words: Words): number | undefined {
  const value = text(words, "port");
  if (value === undefined) return undefined;
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--port takes a number from 0 to 65535, not "${value}".`);
  return port;
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function sayAside(line: string): void {
  process.stderr.write(`${line}\n`);
}
