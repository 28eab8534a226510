/** Throw-away certificates, made anew for each test file and kept in memory and its own folder alone. */
import "./reflect.ts";
import {
  BasicConstraintsExtension,
  cryptoProvider,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
/** Holds by the real clock and by the clock of any sandbox world. */
const VALIDITY = { notBefore: new Date("2020-01-01"), notAfter: new Date("2040-01-01") };

export interface Certificates {
  /** Of the authority that signed the other: what a client has to trust. */
  authorityPem: string;
  certificatePem: string;
  keyPem: string;
}

export async function certificatesFor(hosts: readonly string[]): Promise<Certificates> {
  cryptoProvider.set(crypto);
  const authorityKeys = await newKeys();
  const authority = await X509CertificateGenerator.createSelfSigned({
    ...VALIDITY,
    serialNumber: "01",
    name: "CN=Palier tests",
    signingAlgorithm: ALGORITHM,
    keys: authorityKeys,
    extensions: [
      new BasicConstraintsExtension(true, 1, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
    ],
  });
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.create({
    ...VALIDITY,
    serialNumber: "02",
    subject: "CN=Palier tests server",
    issuer: authority.subject,
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: authorityKeys.privateKey,
    extensions: [
      new SubjectAlternativeNameExtension(hosts.map((value) => ({ type: "dns" as const, value }))),
    ],
  });
  const key = Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  return {
    authorityPem: authority.toString("pem"),
    certificatePem: certificate.toString("pem"),
    keyPem: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`,
  };
}

async function newKeys() {
  return await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}
