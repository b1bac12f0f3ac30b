// A certificate for our own names, made when TLS is first asked for and kept for the process.

import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from "@peculiar/x509";

const NAMES = [
  "localhost",
  "*.localhost",
  "*.s3.localhost",
  "*.execute-api.localhost",
  "localhost.localstack.cloud",
  "*.localhost.localstack.cloud",
  "*.amazonaws.com",
  "*.us-east-1.amazonaws.com",
];
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const DAY = 86_400_000;

let made: Promise<{ key: string; cert: string }> | undefined;

/** PEM texts. Self-signed: clients must be told not to verify, or to trust it. */
export function localCertificate(): Promise<{ key: string; cert: string }> {
  made ??= make();
  return made;
}

async function make(): Promise<{ key: string; cert: string }> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const now = performance.timeOrigin + performance.now();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name: "CN=Hangar",
    notBefore: new Date(now - DAY),
    notAfter: new Date(now + 365 * DAY),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new SubjectAlternativeNameExtension([
        ...NAMES.map((value) => ({ type: "dns" as const, value })),
        { type: "ip", value: "127.0.0.1" },
      ]),
    ],
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  return {
    cert: certificate.toString("pem"),
    key: `-----BEGIN PRIVATE KEY-----\n${pkcs8.replace(/.{64}/g, "$&\n")}\n-----END PRIVATE KEY-----\n`,
  };
}
