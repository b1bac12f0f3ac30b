// Certificates for our own names, made as TLS asks for them, and the authority that signs them: kept for the process.

import "reflect-metadata";
import { webcrypto } from "node:crypto";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
  type X509Certificate,
} from "@peculiar/x509";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const DAY = 86_400_000;

/** PEM texts. */
export type Certificate = { readonly key: string; readonly cert: string };

type Authority = { readonly certificate: X509Certificate; readonly keys: webcrypto.CryptoKeyPair };

let authority: Promise<Authority> | undefined;
const certificates = new Map<string, Promise<Certificate>>();

/** What clients must trust, as PEM. */
export async function authorityCertificate(): Promise<string> {
  return (await theAuthority()).certificate.toString("pem");
}

/** For a name that a client asks for, or for those who ask for none: an address, or localhost. */
export function certificateFor(name: string | undefined): Promise<Certificate> {
  const asked = name ?? "";
  let made = certificates.get(asked);
  if (made === undefined) certificates.set(asked, (made = make(asked)));
  return made;
}

function theAuthority(): Promise<Authority> {
  authority ??= makeAuthority();
  return authority;
}

async function makeAuthority(): Promise<Authority> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...validity(),
    serialNumber: "01",
    name: "CN=Hangar authority",
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate, keys };
}

async function make(name: string): Promise<Certificate> {
  const { certificate: issuer, keys: signing } = await theAuthority();
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.create({
    ...validity(),
    serialNumber: Buffer.from(webcrypto.getRandomValues(new Uint8Array(8))).toString("hex"),
    subject: "CN=Hangar",
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey: signing.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new SubjectAlternativeNameExtension([
        { type: "dns", value: name === "" ? "localhost" : name },
        { type: "ip", value: "127.0.0.1" },
      ]),
      await AuthorityKeyIdentifierExtension.create(signing.publicKey),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  return {
    cert: certificate.toString("pem"),
    key: `-----BEGIN PRIVATE KEY-----\n${pkcs8.replace(/.{64}/g, "$&\n")}\n-----END PRIVATE KEY-----\n`,
  };
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}

function validity(): { readonly notBefore: Date; readonly notAfter: Date } {
  const now = performance.timeOrigin + performance.now();
  return { notBefore: new Date(now - DAY), notAfter: new Date(now + 365 * DAY) };
}
