/**
 * Google's SDK brings a client for every service of the API, and every message twice: as a description and as code made from
 * it. Palier calls two methods over gRPC, so a bundle holds what these reach, as descriptions alone. That is a quarter of the
 * size, and the second that the first write would take otherwise.
 */
import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";
import { reachable } from "./protos.ts";

const VERSION = "v25";
const PACKAGE = `google.ads.googleads.${VERSION}`;
/** Every service that lib/platforms/google calls over gRPC; queries go over REST and need none. */
const SERVICES = ["CampaignBudgetService", "CampaignService"];
/** What the SDK makes or reads besides the messages of these services. */
const USED_ALSO = [`${PACKAGE}.errors.GoogleAdsFailure`, "google.rpc.Status"];

export const slimGoogle: Plugin = {
  name: "slim-google",
  setup(build) {
    build.onLoad({ filter: fileOf(`src/${VERSION}/index.js`) }, () => ({
      loader: "js",
      contents: SERVICES.map((service) => exportOf(`${service}Client`)).join("\n"),
    }));
    build.onLoad({ filter: fileOf("protos/protos.json") }, async ({ path }) => {
      const names = SERVICES.map((service) => `${PACKAGE}.services.${service}`);
      const protos: unknown = JSON.parse(await readFile(path, "utf8"));
      return { loader: "json", contents: JSON.stringify(reachable(protos, [...names, ...USED_ALSO])) };
    });
    build.onLoad({ filter: fileOf("protos/protos.js") }, () => ({ loader: "js", contents: MESSAGES }));
  },
};

function fileOf(name: string): RegExp {
  const steps = `google-ads-node/build/${name}`.split("/").map((step) => step.replaceAll(".", "\\."));
  return new RegExp(`${steps.join("[\\\\/]")}$`);
}

/** As the SDK's own index has it, but executed when it is asked for. */
function exportOf(client: string): string {
  const file = client.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  return `Object.defineProperty(exports, "${client}", { enumerable: true, get: () => require("./${file}").${client} });`;
}

/** The message classes by their packages, made by the same library that made the SDK's own from the same descriptions. */
const MESSAGES = `
const { protobuf } = require("google-gax");
const places = (node) => {
  const own = node instanceof protobuf.Type ? node.ctor : node instanceof protobuf.Enum ? node.values : {};
  for (const child of node.nestedArray ?? []) own[child.name] = places(child);
  return own;
};
module.exports = places(protobuf.Root.fromJSON(require("./protos.json")));
for (const part of ["common", "errors", "resources", "services", "enums"]) {
  module.exports.google.ads.googleads.${VERSION}[part] ??= {};
}
`;
