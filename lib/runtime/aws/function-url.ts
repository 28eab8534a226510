/** A Function URL's request and answer. Source: AWS Lambda, payload format 2.0. */
import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from "aws-lambda";

export type UrlEvent = LambdaFunctionURLEvent;
export type UrlAnswer = Exclude<LambdaFunctionURLResult, string>;

export function isPost({ requestContext }: UrlEvent): boolean {
  return requestContext.http.method === "POST";
}

/** Names are in small letters in the event; a header that is absent is an empty text. */
export function header({ headers }: UrlEvent, name: string): string {
  return headers[name] ?? "";
}

/** The bytes that came over the wire, which are what was signed. */
export function rawBody({ body, isBase64Encoded }: UrlEvent): Buffer {
  return Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8");
}

export function jsonAnswer(statusCode: number, value: object): UrlAnswer {
  return { statusCode, headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}
