import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { s3Reader } from "../../lib/blobs/s3-reader.ts";

const TEXT = '{"v":1}';
/** SHA-256 of the text. */
const HASH = "afbf9d0f3560b0fd7795e81c42a0a79ee6b6fc67e064f77826aee642cad28d91";

interface Asked {
  path: string | undefined;
  authorization: string | undefined;
  token: string | string[] | undefined;
}

/** A stand-in that answers as it is told; what it was asked is kept. */
async function aReader(status: number, body: string) {
  const asked: Asked[] = [];
  const server = createServer(({ url: path, headers }, response) => {
    asked.push({ path, authorization: headers.authorization, token: headers["x-amz-security-token"] });
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const reader = s3Reader({
    bucket: "blobs",
    region: "eu-west-1",
    endpoint: `http://127.0.0.1:${port}`,
    credentials: () => ({ accessKeyId: "AK", secretAccessKey: "secret-key", sessionToken: "session" }),
    nowMs: () => Date.UTC(2026, 2, 11),
  });
  return { reader, asked };
}

describe("lib/blobs/s3-reader", () => {
  it("reads a blob by its hash, signed with the function's own credentials", async () => {
    const { reader, asked } = await aReader(200, TEXT);
    expect(await reader.get(HASH)).toBe(TEXT);
    expect(asked).toEqual([
      {
        path: `/blobs/${HASH.slice(0, 2)}/${HASH.slice(2)}`,
        authorization: expect.stringMatching(
          /^AWS4-HMAC-SHA256 Credential=AK\/20260311\/eu-west-1\/s3\/aws4_request, /,
        ),
        token: "session",
      },
    ]);
  });

  it.each<[string, number, string, string]>([
    ["another text", 200, "{}", "blob.corrupt"],
    ["that there is none", 404, "<Error><Code>NoSuchKey</Code></Error>", "blob.missing"],
    ["that there is no bucket", 404, "<Error><Code>NoSuchBucket</Code></Error>", "blob.unreachable"],
    ["that it is forbidden", 403, "<Error><Code>AccessDenied</Code></Error>", "blob.unreachable"],
    ["somewhere else", 307, "", "blob.unreachable"],
  ])("fails when S3 answers with %s, and tells no secret", async (_, status, body, code) => {
    const { reader } = await aReader(status, body);
    const error: Error & { code?: string } = await reader.get(HASH).then(
      () => new Error("read"),
      (thrown: Error) => thrown,
    );
    expect(error.code).toBe(code);
    expect(error.message).not.toMatch(/secret-key|session|Signature/);
  });
});
