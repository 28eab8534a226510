/**
 * What the functions ask of S3, SQS, Secrets Manager and KMS, over HTTP as their clients speak it, kept in memory. Anything else
 * is refused, so a call that a function was not known to make shows at once.
 */
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const LOOPBACK = "127.0.0.1";
const ACCOUNT_ID = "111122223333";

export interface Message {
  queue: string;
  body: string;
  group: string;
  dedupe: string;
}

export interface Services {
  /** To be added to a process's environment. */
  env: Readonly<Record<string, string>>;
  queueUrl(name: string): string;
  /** JSON by name; may be changed at any time. */
  secrets: Map<string, object>;
  /** By `bucket/key`. */
  objects: Map<string, Buffer>;
  /** In the order of sending. A FIFO queue takes a deduplication id once. */
  messages: Message[];
  /** Of the key that KMS signs with, in DER. */
  publicKey: KeyObject;
  /** Each request by its name, in order: `s3 PUT`, `SendMessageBatch`, `GetSecretValue <name>`. */
  calls: string[];
  close(): Promise<void>;
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

type State = Pick<Services, "secrets" | "objects" | "messages"> & {
  privateKey: KeyObject;
  publicKey: KeyObject;
};
type Json = Record<string, unknown>;

export async function serveServices(): Promise<Services> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const state: State = { secrets: new Map(), objects: new Map(), messages: [], privateKey, publicKey };
  const calls: string[] = [];
  const server = createServer((request, response) => {
    void respond(state, calls, request, response);
  });
  server.listen(0, LOOPBACK);
  await once(server, "listening");
  const url = `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`;
  const services = ["S3", "SQS", "SECRETS_MANAGER", "KMS"];
  return {
    ...state,
    calls,
    env: {
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      ...Object.fromEntries(services.map((name) => [`AWS_ENDPOINT_URL_${name}`, url])),
    },
    queueUrl: (name) => `${url}/${ACCOUNT_ID}/${name}`,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function respond(
  state: State,
  calls: string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = Buffer.concat(parts);
  const target = request.headers["x-amz-target"];
  calls.push(typeof target === "string" ? callOf(target, body) : `s3 ${request.method}`);
  const {
    status,
    headers,
    body: answer,
  } = typeof target === "string" ? jsonCall(state, target, body) : objectCall(state, request, body);
  response.writeHead(status, headers).end(answer);
}

/** With the secret's name, which says who may do what. */
function callOf(target: string, body: Buffer): string {
  const { SecretId } = JSON.parse(body.toString("utf8")) as Json;
  const call = target.split(".").at(-1) ?? target;
  return typeof SecretId === "string" ? `${call} ${SecretId}` : call;
}

function jsonCall(state: State, target: string, body: Buffer): Answer {
  const input = JSON.parse(body.toString("utf8")) as Json;
  switch (target) {
    case "AmazonSQS.SendMessage":
      return json(200, sent(state, String(input.QueueUrl), input));
    case "AmazonSQS.SendMessageBatch": {
      const entries = input.Entries as Json[];
      const Successful = entries.map((entry) => ({
        Id: entry.Id,
        ...sent(state, String(input.QueueUrl), entry),
      }));
      return json(200, { Successful, Failed: [] });
    }
    case "secretsmanager.GetSecretValue": {
      const secret = state.secrets.get(String(input.SecretId));
      if (secret === undefined)
        return json(400, { __type: "ResourceNotFoundException", message: "no secret" });
      return json(200, { Name: input.SecretId, SecretString: JSON.stringify(secret) });
    }
    case "TrentService.Sign":
      return json(200, { KeyId: input.KeyId, Signature: signature(state.privateKey, input) });
    case "TrentService.GetPublicKey": {
      const key = state.publicKey.export({ format: "der", type: "spki" }).toString("base64");
      return json(200, { KeyId: input.KeyId, PublicKey: key });
    }
    default:
      return json(400, { __type: "UnknownOperationException", message: `not served here: ${target}` });
  }
}

/** What a queue answers; the client compares the digest with what it sent. */
function sent({ messages }: State, queueUrl: string, input: Json): Json {
  const message = {
    queue: queueUrl.split("/").at(-1) ?? "",
    body: String(input.MessageBody),
    group: String(input.MessageGroupId),
    dedupe: String(input.MessageDeduplicationId),
  };
  const known = messages.some(({ queue, dedupe }) => queue === message.queue && dedupe === message.dedupe);
  if (!known) messages.push(message);
  return {
    MessageId: `message-${messages.length}`,
    MD5OfMessageBody: createHash("md5").update(message.body).digest("hex"),
  };
}

/** Messages come whole or as the digest that is to be signed, which node signs only by making it: it takes whole ones alone. */
function signature(key: KeyObject, { Message, MessageType, SigningAlgorithm }: Json): string {
  if (MessageType === "DIGEST" || SigningAlgorithm !== "ECDSA_SHA_256") {
    throw new Error("only ECDSA_SHA_256 over whole messages is served here");
  }
  return sign("sha256", Buffer.from(String(Message), "base64"), key).toString("base64");
}

function objectCall({ objects }: State, { method, url, headers }: IncomingMessage, body: Buffer): Answer {
  const key = decodeURIComponent(new URL(url ?? "", "http://s3").pathname.slice(1));
  const held = objects.get(key);
  switch (method) {
    case "PUT":
      if (headers["if-none-match"] === "*" && held !== undefined) return xml(412, "PreconditionFailed");
      if (headers["content-encoding"]?.includes("aws-chunked") === true) return xml(501, "NotImplemented");
      objects.set(key, body);
      return { status: 200, headers: { etag: '"1"' } };
    case "GET":
      return held === undefined
        ? xml(404, "NoSuchKey")
        : { status: 200, headers: { etag: '"1"' }, body: held };
    case "HEAD":
      return held === undefined
        ? { status: 404 }
        : { status: 200, headers: { "content-length": String(held.length) } };
    default:
      return xml(405, "MethodNotAllowed");
  }
}

function json(status: number, body: object): Answer {
  return { status, headers: { "content-type": "application/x-amz-json-1.1" }, body: JSON.stringify(body) };
}

function xml(status: number, code: string): Answer {
  const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  return { status, headers: { "content-type": "application/xml" }, body };
}
