// Fields of a body, checked once more behind the gateway's models: what a schema cannot say, such as "not only blanks".
import { Refusal } from "./answer.ts";

type Body = Readonly<Record<string, unknown>>;

export function textField(body: Body, name: string, limit: number): string {
  const value = optionalText(body, name, limit);
  if (value === "") throw new Refusal(400, `${name} is empty`);
  return value;
}

export function optionalText(body: Body, name: string, limit: number): string {
  const value = body[name] ?? "";
  if (typeof value !== "string") throw new Refusal(400, `${name} is not text`);
  const text = value.trim();
  if (text.length > limit) throw new Refusal(400, `${name} is longer than ${limit} characters`);
  return text;
}

export function wholeNumber(body: Body, name: string, least: number, most: number): number {
  const value = body[name];
  if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) {
    throw new Refusal(400, `${name} is not a whole number from ${least} to ${most}`);
  }
  return value;
}

export function oneOf<const T extends string>(body: Body, name: string, allowed: readonly T[]): T {
  const value = allowed.find((candidate) => candidate === body[name]);
  if (value === undefined) throw new Refusal(400, `${name} is none of ${allowed.join(", ")}`);
  return value;
}
