/** One Graph request in, one answer out: version, token, route. Knows nothing of sockets. */
import { z } from "zod";
import type { AdSet, Campaign, World } from "../model.ts";
import { isSandboxToken, SANDBOX_READ_TOKEN } from "../token.ts";
import { findMetaEntity, levelOf } from "../world.ts";
import { activityRows } from "./activities.ts";
import {
  ACCOUNT_FIELDS,
  AD_SET_FIELDS,
  adSetStatus,
  CAMPAIGN_FIELDS,
  minimumBudgets,
  type Shown,
  shownAdSets,
  shownCampaigns,
} from "./entities.ts";
import { badParameter, GraphError, requiresManagement, unknownObject } from "./graph-error.ts";
import { insightRows } from "./insights.ts";
import { pageOf } from "./paging.ts";
import { checkParams, type Fields, fieldsAsked, listOf, parseJson, pick, type RawParams } from "./params.ts";
import { debugged, permissionsOf } from "./tokens.ts";
import { writeEntity } from "./write.ts";

const bodySchema = z.record(z.string(), z.unknown());

export interface GraphRequest {
  method: string;
  /** Full address without the query. */
  address: string;
  version: string;
  /** Path after the version, such as `act_1001/insights`. */
  path: string;
  query: RawParams;
  /** The body as it came; empty for a GET. */
  body: string;
}

interface GraphAnswer {
  status: number;
  body: object;
  /** The world after the request; the one given where nothing changed. */
  world: World;
}

/** @throws GraphError for everything refused before it could be a write. */
export function answerGraph(
  world: World,
  request: GraphRequest,
  { versions, clampCents }: { versions: readonly string[]; clampCents: number | null },
): GraphAnswer | { refusal: GraphError; world: World } {
  checkVersion(request.version, versions);
  checkToken(request.query);
  const { access_token: token, ...query } = request.query;
  const [node = "", edge, ...rest] = request.path.split("/").filter((part) => part !== "");
  if (rest.length > 0) throw unknownObject(request.path);
  if (request.method === "POST") {
    if (token === SANDBOX_READ_TOKEN) throw requiresManagement();
    const { world: after, refusal } = writeEntity(
      world,
      writable(world, node, edge),
      bodyOf(request.body),
      clampCents,
    );
    return refusal === null
      ? { status: 200, body: { success: true }, world: after }
      : { refusal, world: after };
  }
  if (request.method !== "GET") throw badParameter(`Unsupported ${request.method.toLowerCase()} request`);
  return { status: 200, body: readNode(world, { ...request, query, token }, node, edge), world };
}

/** What is asked, without the token in its query. */
type Read = GraphRequest & { token: unknown };

function readNode(world: World, request: Read, node: string, edge: string | undefined): object {
  const { query, token } = request;
  if (node === `act_${world.meta.account.id}`) return readAccount(world, request, edge);
  if (node === "me" && edge === "permissions") return permissionsOf(token, query);
  if (node === "me" && edge === "adaccounts") return pageOf([accountShown(world, query)], withToken(request));
  if (node === "debug_token" && edge === undefined) return debugged(query);
  return readEntity(world, node, edge, query);
}

/** The one account that every token of the sandbox reaches. */
function accountShown(world: World, query: RawParams): object {
  checkParams("GET AdAccount #get", query, []);
  return pick(ACCOUNT_FIELDS, ["id", ...fieldsAsked("AdAccount", query, ACCOUNT_FIELDS)], world);
}

function checkVersion(version: string, versions: readonly string[]): void {
  if (versions.includes(version)) return;
  throw new GraphError(
    `(#2635) You are calling a deprecated version of the Ads API. Please update to the latest version: ${versions.at(-1)}.`,
    { status: 400, code: 2635 },
  );
}

function checkToken({ access_token: token }: RawParams): void {
  if (token === undefined) {
    const message = "An access token is required to request this resource.";
    throw new GraphError(message, { status: 400, code: 104 });
  }
  if (!isSandboxToken(String(token))) {
    throw new GraphError("Invalid OAuth access token - Cannot parse access token", {
      status: 401,
      code: 190,
    });
  }
}

function writable(world: World, node: string, edge: string | undefined): Campaign | AdSet {
  const entity = edge === undefined ? findMetaEntity(world, node) : undefined;
  if (entity === undefined) throw unknownObject(edge === undefined ? node : `${node}/${edge}`);
  return entity;
}

/** Writes carry their parameters as a JSON object; no body at all is an edit of nothing, which Graph answers with success. */
function bodyOf(text: string): RawParams {
  if (text === "") return {};
  const parsed = bodySchema.safeParse(parseJson(text));
  if (!parsed.success) throw badParameter("The body must be a JSON object");
  return parsed.data;
}

function readAccount(world: World, request: Read, edge: string | undefined): object {
  const { query } = request;
  switch (edge) {
    case undefined:
      return accountShown(world, query);
    case "campaigns": {
      checkParams("GET AdAccount campaigns", query, ["effective_status"]);
      const shown = shownCampaigns(world).filter((one) =>
        isWanted(query, CAMPAIGN_FIELDS.effective_status?.(one)),
      );
      return pageOf(render("Campaign", query, CAMPAIGN_FIELDS, shown), withToken(request));
    }
    case "adsets": {
      checkParams("GET AdAccount adsets", query, ["effective_status"]);
      const shown = shownAdSets(world).filter((one) => isWanted(query, adSetStatus(one)));
      return pageOf(render("AdSet", query, AD_SET_FIELDS, shown), withToken(request));
    }
    case "activities":
      return pageOf(activityRows(world, query), withToken(request));
    case "insights":
      return pageOf(insightRows(world, query), withToken(request));
    case "minimum_budgets":
      checkParams("GET AdAccount minimum_budgets", query, []);
      return { data: [minimumBudgets(world)] };
    default:
      throw badParameter(`Tried accessing nonexisting field (${edge}) on node type (AdAccount)`);
  }
}

/** Without `effective_status` Graph leaves out only what is archived or deleted, which the sandbox has none of. */
function isWanted(query: RawParams, status: unknown): boolean {
  return query.effective_status === undefined || listOf(query.effective_status).includes(String(status));
}

function readEntity(world: World, node: string, edge: string | undefined, query: RawParams): object {
  if (findMetaEntity(world, node) === undefined) throw unknownObject(node);
  if (edge !== undefined) throw badParameter(`The sandbox serves no edge ${edge} of a campaign or ad set`);
  if (levelOf(world, node) === "campaign") {
    checkParams("GET Campaign #get", query, []);
    return single(render("Campaign", query, CAMPAIGN_FIELDS, onlyOne(shownCampaigns(world), node)));
  }
  checkParams("GET AdSet #get", query, []);
  return single(render("AdSet", query, AD_SET_FIELDS, onlyOne(shownAdSets(world), node)));
}

function onlyOne<Entity extends { id: string }>(
  shown: readonly Shown<Entity>[],
  id: string,
): Shown<Entity>[] {
  return shown.filter(({ entity }) => entity.id === id);
}

function single(rendered: readonly object[]): object {
  return rendered[0] ?? {};
}

function render<Entity>(
  type: "Campaign" | "AdSet",
  query: RawParams,
  fields: Fields<Shown<Entity>>,
  shown: readonly Shown<Entity>[],
): object[] {
  const names = ["id", ...fieldsAsked(type, query, fields)];
  return shown.map((one) => pick(fields, names, one));
}

/** Graph repeats the token in the address of the next page. */
function withToken({ address, query, token }: Read): { address: string; query: RawParams } {
  return { address, query: { ...query, access_token: token } };
}
