// DynamoDB's numbers: decimals of up to 38 significant digits, never a JavaScript double.

import { validation, worded } from "../errors.ts";

/** `sign * 0.<digits> * 10^exponent`; digits without leading or trailing zeros, empty for zero. */
export type Decimal = { readonly negative: boolean; readonly digits: string; readonly exponent: number };

const ZERO: Decimal = { negative: false, digits: "", exponent: 0 };
const WRITTEN = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
/** Integers that are stored as they are written. */
const PLAIN = /^(?:0|-?[1-9]\d{0,14})$/;

const MAX_DIGITS = 38;
const MAX_INT = 2_147_483_647;
const MAX_LONG = 2 ** 63 - 1024;
const OVERFLOW = "Number overflow. Attempting to store a number with magnitude larger than supported range";
const UNDERFLOW = "Number underflow. Attempting to store a number with magnitude smaller than supported range";

/** Undefined for text that is no number at all. */
function parsed(text: string): Decimal | undefined {
  const match = WRITTEN.exec(text);
  if (match === null) return undefined;
  const whole = match[2] ?? "";
  const fraction = match[3] ?? "";
  if (whole === "" && fraction === "") return undefined;
  const all = whole + fraction;
  let start = 0;
  while (start < all.length && all.charCodeAt(start) === 48) start += 1;
  let end = all.length;
  while (end > start && all.charCodeAt(end - 1) === 48) end -= 1;
  if (start === end) return ZERO;
  const exponent = whole.length - start + Number(match[4] ?? "0");
  return { negative: match[1] === "-", digits: all.slice(start, end), exponent };
}

/** A number as it came in a request; throws what AWS says of those it cannot hold. */
function readDecimal(text: string): Decimal {
  const decimal = parsed(text);
  if (decimal === undefined) {
    const message = `The parameter cannot be converted to a numeric value: ${text}`;
    throw worded(message, text === "" ? "The parameter cannot be converted to a numeric value" : message);
  }
  const written = WRITTEN.exec(text)?.[4];
  if (written !== undefined) checkExponent(text, Number(written), decimal);
  return checked(decimal);
}

/** Exponents are read in full, and zero is judged by the one it is written with. */
function checkExponent(text: string, written: number, { digits }: Decimal): void {
  if (written > MAX_LONG || written < -MAX_LONG)
    throw validation(`The parameter cannot be converted to a numeric value: ${text}`);
  // The older layer's exponents are Java's int: this one alone wraps.
  if (written === MAX_INT) throw worded(OVERFLOW, UNDERFLOW);
  if (digits !== "") return;
  if (written > 125) throw validation(OVERFLOW);
  if (written < -130) throw validation(UNDERFLOW);
}

function checked(decimal: Decimal): Decimal {
  if (decimal.digits === "") return decimal;
  if (decimal.exponent > 126) throw validation(OVERFLOW);
  if (decimal.exponent < -129) throw validation(UNDERFLOW);
  if (decimal.digits.length > MAX_DIGITS)
    throw validation("Attempting to store more than 38 significant digits in a Number");
  return decimal;
}

/** As AWS stores and returns it: no exponent, no needless zero, no minus zero. */
function writeDecimal({ negative, digits, exponent }: Decimal): string {
  if (digits === "") return "0";
  const sign = negative ? "-" : "";
  if (exponent <= 0) return `${sign}0.${"0".repeat(-exponent)}${digits}`;
  if (digits.length <= exponent) return sign + digits + "0".repeat(exponent - digits.length);
  return `${sign}${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
}

/** The stored form of a number in a request. */
export function normalNumber(text: string): string {
  return PLAIN.test(text) ? text : writeDecimal(readDecimal(text));
}

/** A number that is stored already. */
function stored(text: string): Decimal {
  return parsed(text) ?? ZERO;
}

/** Compares two numbers in stored form. */
export function compareNumbers(left: string, right: string): number {
  if (left === right) return 0;
  // Doubles keep 15 significant digits apart and in order.
  if (left.length <= 15 && right.length <= 15) return Number(left) < Number(right) ? -1 : 1;
  return compareDecimals(stored(left), stored(right));
}

function compareDecimals(left: Decimal, right: Decimal): number {
  if (left.digits === "" || right.digits === "" || left.negative !== right.negative)
    return signOf(left) - signOf(right);
  const flip = left.negative ? -1 : 1;
  if (left.exponent !== right.exponent) return left.exponent < right.exponent ? -flip : flip;
  if (left.digits === right.digits) return 0;
  return left.digits < right.digits ? -flip : flip;
}

function signOf(decimal: Decimal): number {
  if (decimal.digits === "") return 0;
  return decimal.negative ? -1 : 1;
}

/** Exact sum or difference of two numbers in stored form, in stored form. */
export function addNumbers(left: string, right: string, subtract = false): string {
  if (PLAIN.test(left) && PLAIN.test(right)) {
    const sum = subtract ? Number(left) - Number(right) : Number(left) + Number(right);
    return sum === 0 ? "0" : String(sum);
  }
  const a = stored(left);
  const b = stored(right);
  const scale = Math.max(a.digits.length - a.exponent, b.digits.length - b.exponent, 0);
  const scaledRight = scaled(b, scale);
  const total = scaled(a, scale) + (subtract ? -scaledRight : scaledRight);
  if (total === 0n) return "0";
  const text = (total < 0n ? -total : total).toString();
  return writeDecimal(
    checked({ negative: total < 0n, digits: text.replace(/0+$/, ""), exponent: text.length - scale }),
  );
}

function scaled({ negative, digits, exponent }: Decimal, scale: number): bigint {
  if (digits === "") return 0n;
  const magnitude = BigInt(digits + "0".repeat(exponent - digits.length + scale));
  return negative ? -magnitude : magnitude;
}

/** Bytes a stored number takes: one, one for each two digits before and after the point, one more when negative. */
export function numberSize(text: string): number {
  if (PLAIN.test(text)) return plainSize(text);
  const { digits, exponent, negative } = stored(text);
  if (digits === "") return 1;
  // Digits pair up from the point outwards.
  const whole = Math.min(Math.max(exponent, 0), digits.length);
  const fraction = digits.length - whole;
  return 1 + Math.ceil(whole / 2) + Math.ceil(fraction / 2) + (negative ? 1 : 0);
}

function plainSize(text: string): number {
  if (text === "0") return 1;
  const start = text.charCodeAt(0) === 45 ? 1 : 0;
  let end = text.length;
  while (text.charCodeAt(end - 1) === 48) end -= 1;
  return 1 + Math.ceil((end - start) / 2) + start;
}

/** A number as bytes (one char each) whose order is the numbers' order: exponent in hundreds, then digits two by two. */
export function numberBytes(text: string): string {
  const { digits, exponent, negative } = stored(text);
  if (digits === "") return "\u0080";
  const shift = exponent % 2 === 0 ? 0 : 1;
  const pairs = (shift === 1 ? `0${digits}` : digits) + ((digits.length + shift) % 2 === 0 ? "" : "0");
  const power = (exponent + shift) / 2 + 192;
  let out = String.fromCharCode(negative ? 255 - power : power);
  for (let index = 0; index < pairs.length; index += 2) {
    const pair = (pairs.charCodeAt(index) - 48) * 10 + pairs.charCodeAt(index + 1) - 48;
    out += String.fromCharCode(negative ? 101 - pair : pair + 1);
  }
  return negative ? `${out}f` : out;
}
