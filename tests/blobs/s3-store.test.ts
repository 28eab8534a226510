import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { describe, expect, it, onTestFinished } from "vitest";
import { s3Blobs } from "../../lib/blobs/s3-store.ts";
import { memoryS3, refusal } from "../support/aws-memory.ts";

const TEXT = '{"name":"Été"}';
const HASH = "5a683f9fd854ebaf382ab9a4a59fe15adbccc65c4cd12825028dc348f6d94026";
const KEY = "blobs/5a/683f9fd854ebaf382ab9a4a59fe15adbccc65c4cd12825028dc348f6d94026";

function aBucket() {
  const client = new S3Client({ region: "local" });
  const s3 = memoryS3(client);
  onTestFinished(() => s3.mock.restore());
  return { ...s3, blobs: s3Blobs(client, "blobs") };
}

describe("lib/blobs/s3-store", () => {
  it("stores a text under its SHA-256, the first two digits before the slash", async () => {
    const { blobs, objects } = aBucket();
    expect(await blobs.put(TEXT)).toBe(HASH);
    expect([...objects]).toEqual([[KEY, TEXT]]);
    expect(await blobs.get(HASH)).toBe(TEXT);
  });

  it("puts only where nothing is yet, and has S3 compare the hash", async () => {
    const { blobs, mock, objects } = aBucket();
    objects.set(KEY, TEXT);
    expect(await blobs.put(TEXT)).toBe(HASH);
    expect(mock.commandCalls(PutObjectCommand)[0]?.args[0].input).toMatchObject({
      IfNoneMatch: "*",
      ChecksumSHA256: "Wmg/n9hU6684KrmkpZ/hWtvMxlxM0SglAo3DSPbZQCY=",
    });
  });

  it("puts again while another writer puts the same text, and gives up on one that never ends", async () => {
    const { blobs, mock } = aBucket();
    mock.on(PutObjectCommand).rejectsOnce(refusal("ConditionalRequestConflict", 409)).resolves({});
    expect(await blobs.put(TEXT)).toBe(HASH);
    mock.on(PutObjectCommand).rejects(refusal("ConditionalRequestConflict", 409));
    await expect(blobs.put(TEXT)).rejects.toMatchObject({ code: "blob.unreachable", hash: HASH });
  });

  it("says which blob is missing", async () => {
    const { blobs } = aBucket();
    await expect(blobs.get(HASH)).rejects.toMatchObject({ code: "blob.missing", hash: HASH });
  });

  it("refuses a blob that was changed", async () => {
    const { blobs, objects } = aBucket();
    objects.set(KEY, '{"name":"Ete"}');
    await expect(blobs.get(HASH)).rejects.toMatchObject({ code: "blob.corrupt", hash: HASH });
  });

  it.each([
    ["is not allowed", refusal("AccessDenied", 403)],
    ["does not exist", refusal("NoSuchBucket", 404)],
    ["gets no answer", Object.assign(new Error("timed out"), { name: "TimeoutError" })],
  ])("never takes a store that %s for an empty one", async (_, error) => {
    const { blobs, mock } = aBucket();
    mock.reset();
    mock.rejects(error);
    await expect(blobs.get(HASH)).rejects.toMatchObject({ name: "BlobError", code: "blob.unreachable" });
    await expect(blobs.put(TEXT)).rejects.toMatchObject({ name: "BlobError", code: "blob.unreachable" });
  });
});
