// Access key ids in AWS's shape: `AKIA…` and `ASIA…` hold the account's number.

/** Of secret access keys. */
export const SECRET_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** 80 bits in base32: one that is set, the account in 40, the rest random. */
export function accessKeyId(prefix: "AKIA" | "ASIA", account: string, random: Uint8Array): string {
  let bits = 1n;
  bits = (bits << 40n) | BigInt(account);
  for (let index = 0; index < 4; index += 1) bits = (bits << 8n) | BigInt(random[index] ?? 0);
  bits = (bits << 7n) | BigInt((random[4] ?? 0) & 127);
  let text = "";
  for (let index = 0; index < 16; index += 1) {
    text = `${ALPHABET[Number(bits & 31n)] ?? ""}${text}`;
    bits >>= 5n;
  }
  return prefix + text;
}
