/** Amazon's own DynamoDB for one machine, from Maven Central. Needs Java 17, Maven and an x86 processor (its SQLite is native). */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { installedFolder, type Oracle, run, startOracle } from "./process.ts";

const POM = join(import.meta.dirname, "dynamodb-local.pom.xml");
const DIGESTS = join(import.meta.dirname, "dynamodb-local.sha256");
const COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies";
const MAIN = "com.amazonaws.services.dynamodbv2.local.main.ServerRunner";

let databases = 0;

export async function startDynamodbLocal(): Promise<Oracle> {
  const pins = readFileSync(POM, "utf8") + readFileSync(DIGESTS, "utf8");
  const folder = await installedFolder("dynamodb-local", pins, install);
  const port = await freePort();
  const java = [`-Djava.library.path=${folder}`, "-cp", join(folder, "*"), MAIN];
  const options = ["-inMemory", "-disableTelemetry", "-port", String(port)];
  return await startOracle("java", [...java, ...options], () => `http://127.0.0.1:${port}`);
}

/** A client of a database of its own: DynamoDB Local keeps one for each access key. */
export function clientOfNewDatabase(url: string): DynamoDBClient {
  databases += 1;
  return new DynamoDBClient({
    endpoint: url,
    region: "local",
    credentials: { accessKeyId: `database${databases}`, secretAccessKey: "local" },
  });
}

async function install(folder: string): Promise<void> {
  await run("mvn", ["-q", "-B", "-f", POM, COPY, `-DoutputDirectory=${folder}`]);
  const found = readdirSync(folder).map((name) => `${digestOf(join(folder, name))}  ${name}`);
  const pinned = readFileSync(DIGESTS, "utf8").trim().split("\n");
  const wrong = [...found.filter((line) => !pinned.includes(line)), ...missing(pinned, found)];
  if (wrong.length > 0) throw new Error(`not what ${DIGESTS} names:\n${wrong.join("\n")}`);
}

function missing(pinned: readonly string[], found: readonly string[]): string[] {
  return pinned.filter((line) => !found.includes(line)).map((line) => `missing: ${line}`);
}

function digestOf(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

/** It takes a port and tells none. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
