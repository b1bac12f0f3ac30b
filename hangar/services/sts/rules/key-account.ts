// The account that an access key id names.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** AWS packs the account into the id's base32 digits, below the highest bit. */
export function accountOfKeyId(id: string): string | undefined {
  if (!/^A[KS]IA[A-Z2-7]{16}$/.test(id)) return undefined;
  let bits = 0n;
  for (const char of id.slice(4)) bits = (bits << 5n) | BigInt(ALPHABET.indexOf(char));
  const account = ((bits >> 39n) & ((1n << 40n) - 1n)).toString().padStart(12, "0");
  return account.length === 12 ? account : undefined;
}
