// Fn::Cidr: consecutive address blocks out of one, IPv4 and IPv6.

import { templateError } from "../errors.ts";

const WRONG = "Fn::Cidr requires an IP block, a count from 1 to 256 and the number of host bits";

/** `count` blocks with `hostBits` host bits each, from the start of `block`. */
export function cidrBlocks(block: string, count: number, hostBits: number | undefined): string[] {
  const [address = "", length = ""] = block.split("/");
  const six = address.includes(":");
  const width = six ? 128 : 32;
  const bits = hostBits ?? (six ? 64 : 8);
  const prefix = Number(length);
  const start = six ? parseV6(address) : parseV4(address);
  if (
    start === undefined ||
    length === "" ||
    !Number.isInteger(prefix) ||
    !Number.isInteger(count) ||
    count < 1 ||
    count > 256
  )
    throw templateError(WRONG);
  const room = width - prefix - bits;
  if (room < 0 || (room < 9 && count > 2 ** room))
    throw templateError(`Fn::Cidr cannot get ${count} blocks of ${bits} host bits out of ${block}`);
  const first = (start >> BigInt(width - prefix)) << BigInt(width - prefix);
  return Array.from({ length: count }, (_, index) => {
    const value = first + (BigInt(index) << BigInt(bits));
    return `${six ? formatV6(value) : formatV4(value)}/${width - bits}`;
  });
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split(".").map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return undefined;
  return parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function formatV4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join(".");
}

function parseV6(text: string): bigint | undefined {
  const [head = "", tail] = text.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: Math.max(gap, 0) }, () => "0"), ...right];
  if (groups.length !== 8 || groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

/** The longest run of zero groups becomes `::`, as RFC 5952 says. */
function formatV6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - index * 16)) & 0xffffn).toString(16));
  let best = { at: 0, length: 0 };
  for (let at = 0; at < 8; at += 1) {
    let length = 0;
    while (groups[at + length] === "0") length += 1;
    if (length > best.length) best = { at, length };
  }
  if (best.length < 2) return groups.join(":");
  return `${groups.slice(0, best.at).join(":")}::${groups.slice(best.at + best.length).join(":")}`;
}
