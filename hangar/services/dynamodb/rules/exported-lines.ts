// Items as exports write them, one a line: DynamoDB's JSON, and Ion text.

import { typeOf, type AttributeValue, type Item } from "./attribute-value.ts";

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");

/** `{"id":{"S":"x"}}`. */
export function jsonItem(item: Item): string {
  return `{${Object.entries(item)
    .map(([name, value]) => `${JSON.stringify(name)}:${jsonValue(value)}`)
    .join(",")}}`;
}

function jsonValue(value: AttributeValue): string {
  const type = typeOf(value);
  switch (type) {
    case "B":
      return `{"B":"${base64(value.B as Uint8Array)}"}`;
    case "BS":
      return `{"BS":[${(value.BS ?? []).map((bytes) => `"${base64(bytes)}"`).join(",")}]}`;
    case "M":
      return `{"M":${jsonItem(value.M ?? {})}}`;
    case "L":
      return `{"L":[${(value.L ?? []).map(jsonValue).join(",")}]}`;
    default:
      return JSON.stringify({ [type]: value[type] });
  }
}

/** `{id:"x"}`. */
export function ionItem(item: Item): string {
  return `{${Object.entries(item)
    .map(([name, value]) => `${ionSymbol(name)}:${ionValue(value)}`)
    .join(",")}}`;
}

function ionValue(value: AttributeValue): string {
  switch (typeOf(value)) {
    case "S":
      return `"${escaped(value.S ?? "", '"')}"`;
    case "N":
      return ionDecimal(value.N ?? "0");
    case "B":
      return `{{${base64(value.B as Uint8Array)}}}`;
    case "BOOL":
      return String(value.BOOL);
    case "NULL":
      return "null";
    case "M":
      return ionItem(value.M ?? {});
    case "L":
      return `[${(value.L ?? []).map(ionValue).join(",")}]`;
    case "SS":
      return `$dynamodb_SS::[${(value.SS ?? []).map((text) => `"${escaped(text, '"')}"`).join(",")}]`;
    case "NS":
      return `$dynamodb_NS::[${(value.NS ?? []).map(ionDecimal).join(",")}]`;
    case "BS":
      return `$dynamodb_BS::[${(value.BS ?? []).map((bytes) => `{{${base64(bytes)}}}`).join(",")}]`;
  }
}

/** As Ion's writers do it: 103 is `103.`, 600 is `6d2`, 0.25 is `2.5d-1`. */
export function ionDecimal(number: string): string {
  const sign = number.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = number.slice(sign.length).split(".");
  const significant = (whole + fraction).replace(/^0+/, "");
  const digits = significant.replace(/0+$/, "");
  if (digits === "") return "0.";
  const scale = fraction.length - (significant.length - digits.length);
  if (scale === 0) return `${sign}${digits}.`;
  if (scale < 0) return `${sign}${digits}d${-scale}`;
  const wholes = Math.max(digits.length - scale, 1);
  const rest = digits.slice(wholes);
  const exponent = scale - rest.length;
  return `${sign}${digits.slice(0, wholes)}${rest === "" ? "" : `.${rest}`}${exponent === 0 ? "" : `d-${exponent}`}`;
}

const PLAIN_SYMBOL = /^[A-Za-z_$][A-Za-z0-9_$]*$/;
const RESERVED_SYMBOL = /^(?:null|true|false|nan|\$\d+|\$ion_\d+_\d+)$/;

function ionSymbol(name: string): string {
  return PLAIN_SYMBOL.test(name) && !RESERVED_SYMBOL.test(name) ? name : `'${escaped(name, "'")}'`;
}

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" };

function escaped(text: string, quote: '"' | "'"): string {
  return text.replaceAll(/[\u0000-\u001f\u007f"'\\]/g, (char) => {
    if (char === '"' || char === "'") return char === quote ? `\\${char}` : char;
    return SHORT[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
  });
}
