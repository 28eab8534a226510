/** Function URL events made from a recorded one, and a server that turns requests into them as Lambda does. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { UrlAnswer, UrlEvent } from "../../../lib/runtime/aws/function-url.ts";

const RECORDED: UrlEvent = JSON.parse(readFileSync("tests/fixtures/aws/function_url_post_iam.json", "utf8"));

export interface Posted {
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array;
  method?: string;
  /** Lambda encodes what it does not take for text. */
  base64?: boolean;
}

export function aUrlEvent({ headers, body, method = "POST", base64 = false }: Posted): UrlEvent {
  const { http } = RECORDED.requestContext;
  return {
    ...RECORDED,
    headers: { ...RECORDED.headers, ...headers },
    requestContext: { ...RECORDED.requestContext, http: { ...http, method } },
    body: Buffer.from(body).toString(base64 ? "base64" : "utf8"),
    isBase64Encoded: base64,
  };
}

/** Address on loopback at which `handle` answers. */
export async function serveUrl(handle: (event: UrlEvent) => Promise<UrlAnswer>): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, [value ?? []].flat().join(",")]),
    );
    const answer = await handle(
      aUrlEvent({ headers, body: Buffer.concat(chunks), method: request.method ?? "", base64: true }),
    );
    response.writeHead(answer.statusCode ?? 200, answer.headers as Record<string, string>);
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
