// The terminal: its colour, and a question.

import { createInterface } from "node:readline/promises";

/** Not where nobody sees it: NO_COLOR, no terminal. FORCE_COLOR is for logs that show it. https://no-color.org */
export function inRed(line: string): string {
  const { NO_COLOR = "", FORCE_COLOR = "" } = process.env;
  const wanted = FORCE_COLOR !== "" && FORCE_COLOR !== "0";
  return NO_COLOR === "" && (wanted || process.stdout.isTTY) ? `\u001B[31m${line}\u001B[39m` : line;
}

/** Only "y" and "yes" are yes; the end of input is no. */
export async function askYes(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const ended = new Promise<string>((done) => lines.once("close", () => done("")));
    return /^y(es)?$/i.test((await Promise.race([lines.question(`${question} [y/N] `), ended])).trim());
  } finally {
    lines.close();
  }
}
