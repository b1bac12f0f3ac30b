// Passwords: kept as scrypt hashes, compared in constant time.
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

export type PasswordHash = {
  readonly salt: string;
  readonly hash: string;
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
};

const length = 32;

function derive(
  password: string,
  salt: Buffer,
  { cost, blockSize, parallelization }: Omit<PasswordHash, "salt" | "hash">,
) {
  const options = { N: cost, r: blockSize, p: parallelization, maxmem: 256 * cost * blockSize };
  return new Promise<Buffer>((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, length, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

export async function hashPassword(password: string, salt: Buffer = randomBytes(16)): Promise<PasswordHash> {
  const parameters = { cost: 16_384, blockSize: 8, parallelization: 1 };
  const hash = await derive(password, salt, parameters);
  return { ...parameters, salt: salt.toString("base64"), hash: hash.toString("base64") };
}

export async function passwordMatches(password: string, kept: PasswordHash): Promise<boolean> {
  const expected = Buffer.from(kept.hash, "base64");
  const given = await derive(password, Buffer.from(kept.salt, "base64"), kept);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
