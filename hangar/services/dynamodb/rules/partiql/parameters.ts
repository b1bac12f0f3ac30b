// Checks the parameters of PartiQL statements, before their statement is looked at.

import { inOlderWords, validation } from "../../errors.ts";
import { checkedValue, nestedTooDeep, type AttributeValue } from "../attribute-value.ts";

const EXPONENT = /^[+-]?(\d*)(?:\.(\d*))?[eE]([+-]?\d+)$/;
const MAX_INT = 2_147_483_647;
const SAFE_EXPONENT = 1_000_000;

export function checkedParameters(parameters: readonly AttributeValue[] | undefined): readonly AttributeValue[] {
  if (parameters === undefined) return [];
  return parameters.map((parameter) => {
    checkExponents(parameter, 0);
    try {
      return checkedValue(parameter, { bytes: 0 });
    } catch (error) {
      throw inOlderWords(error);
    }
  });
}

/** Here AWS reads numbers as Java does: exponents have 32 bits, and the size of a number wraps around. */
function checkExponents(value: AttributeValue, level: number): void {
  if (level > 32) throw nestedTooDeep();
  if (value.N !== undefined) checkExponent(value.N);
  for (const number of value.NS ?? []) checkExponent(number);
  for (const member of value.L ?? []) checkExponents(member, level + 1);
  for (const name in value.M) checkExponents(value.M[name] as AttributeValue, level + 1);
}

function checkExponent(text: string): void {
  const [, whole = "", fraction = "", exponent] = EXPONENT.exec(text) ?? [];
  if (exponent === undefined || Math.abs(Number(exponent)) < SAFE_EXPONENT) return;
  const power = Number(exponent);
  const scale = fraction.length - power;
  if (power > MAX_INT || power < -MAX_INT - 1 || scale > MAX_INT || scale < -MAX_INT - 1)
    throw validation(`The parameter cannot be converted to a numeric value: ${text}`);
  const digits = `${whole}${fraction}`.replace(/^0+/, "").length;
  const magnitude = (digits - scale) | 0;
  if (digits === 0) return;
  throw validation(
    magnitude > 0
      ? "Number overflow. Attempting to store a number with magnitude larger than supported range"
      : "Number underflow. Attempting to store a number with magnitude smaller than supported range",
  );
}
