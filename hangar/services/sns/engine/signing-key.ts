// The key that signs notifications and the certificate that verifies them: a real RSA pair, made once a process.

import { createHash, createSign } from "node:crypto";
import { selfSigned } from "../../../kernel/self-signed.ts";
import type { SigningKey } from "../store.ts";

const YEAR = 365 * 86_400_000;

let made: Promise<SigningKey> | undefined;

/** Forks and snapshots keep the row, so that what was signed stays verifiable. */
export function newSigningKey(): Promise<SigningKey> {
  made ??= make();
  return made;
}

async function make(): Promise<SigningKey> {
  const now = performance.timeOrigin + performance.now();
  const { certificate, privateKey } = await selfSigned("CN=sns.amazonaws.com", now - YEAR, now + 10 * YEAR);
  return {
    certificate: `${certificate}\n`,
    privateKey,
    name: `SimpleNotificationService-${createHash("md5").update(certificate).digest("hex")}.pem`,
  };
}

/** Version 1 is SHA-1, version 2 SHA-256. */
export function signature(text: string, key: SigningKey, version: string): string {
  return createSign(version === "2" ? "RSA-SHA256" : "RSA-SHA1")
    .update(text, "utf8")
    .sign(key.privateKey, "base64");
}
