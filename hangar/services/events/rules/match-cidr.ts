// The cidr operator: addresses within a block, IPv4 and IPv6.

import { BlockList, isIP } from "node:net";
import { invalidPattern } from "../errors.ts";

export function cidrTest(operand: unknown): (value: unknown) => boolean {
  if (typeof operand !== "string") throw invalidPattern("prefix match pattern must be a string");
  const parts = operand.split("/");
  const [address = "", mask = ""] = parts;
  if (parts.length !== 2) throw invalidPattern("Malformed CIDR, one '/' required");
  const version = isIP(address);
  if (version === 0) throw invalidPattern(`Nonstandard IP address: ${address}`);
  if (!/^\d+$/.test(mask)) throw invalidPattern("Malformed CIDR, mask bits must be an integer");
  const family = version === 4 ? "ipv4" : "ipv6";
  if (Number(mask) > (version === 4 ? 32 : 128))
    throw invalidPattern("Malformed CIDR, mask bits must be between 0 and 32");
  const block = new BlockList();
  block.addSubnet(address, Number(mask), family);
  return (value) => typeof value === "string" && isIP(value) === version && block.check(value, family);
}
