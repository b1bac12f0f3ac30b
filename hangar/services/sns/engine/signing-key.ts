// The key that signs notifications and the certificate that verifies them: a real RSA pair, made once a process.

import { createHash, createSign, webcrypto } from "node:crypto";
import type { SigningKey } from "../store.ts";

const ALGORITHM = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};
const YEAR = 365 * 86_400_000;

let made: Promise<SigningKey> | undefined;

/** Forks and snapshots keep the row, so that what was signed stays verifiable. */
export function newSigningKey(): Promise<SigningKey> {
  made ??= make();
  return made;
}

async function make(): Promise<SigningKey> {
  // Loaded when something is first signed: it is large.
  await import("reflect-metadata");
  const { X509CertificateGenerator } = await import("@peculiar/x509");
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const now = performance.timeOrigin + performance.now();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name: "CN=sns.amazonaws.com",
    notBefore: new Date(now - YEAR),
    notAfter: new Date(now + 10 * YEAR),
    keys,
    signingAlgorithm: ALGORITHM,
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  const pem = certificate.toString("pem");
  return {
    certificate: `${pem}\n`,
    privateKey: `-----BEGIN PRIVATE KEY-----\n${pkcs8.replace(/.{64}/g, "$&\n")}\n-----END PRIVATE KEY-----\n`,
    name: `SimpleNotificationService-${createHash("md5").update(pem).digest("hex")}.pem`,
  };
}

/** Version 1 is SHA-1, version 2 SHA-256. */
export function signature(text: string, key: SigningKey, version: string): string {
  return createSign(version === "2" ? "RSA-SHA256" : "RSA-SHA1")
    .update(text, "utf8")
    .sign(key.privateKey, "base64");
}
