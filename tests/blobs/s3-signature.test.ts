import { describe, expect, it } from "vitest";
import { signedHeaders } from "../../lib/blobs/s3-signature.ts";

/** Source: AWS, "Authenticating Requests: Using the Authorization Header", example GET Object. */
const EXAMPLE = {
  method: "GET",
  url: new URL("https://examplebucket.s3.amazonaws.com/test.txt"),
  region: "us-east-1",
  headers: { range: "bytes=0-9" },
  atMs: Date.UTC(2013, 4, 24),
} as const;
const CREDENTIALS = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  sessionToken: null,
};

describe("lib/blobs/s3-signature", () => {
  it("signs AWS's own example as AWS does", () => {
    expect(signedHeaders(EXAMPLE, CREDENTIALS)).toEqual({
      range: "bytes=0-9",
      "x-amz-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "x-amz-date": "20130524T000000Z",
      authorization:
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, " +
        "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, " +
        "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    });
  });

  it("signs and sends the token of temporary credentials", () => {
    const headers = signedHeaders(EXAMPLE, { ...CREDENTIALS, sessionToken: "token" });
    expect(headers["x-amz-security-token"]).toBe("token");
    expect(headers.authorization).toContain(
      "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date;x-amz-security-token,",
    );
  });
});
