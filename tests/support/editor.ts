/** A file in VS Code: what its JSON service completes, explains and marks, by the schemas of this repository alone. */
import { readFileSync } from "node:fs";
import {
  type CompletionItem,
  getLanguageService,
  type MarkupContent,
  TextDocument,
} from "vscode-json-languageservice";

const KINDS = ["brand", "pack", "rule", "test"] as const;
export type Kind = (typeof KINDS)[number];

const service = getLanguageService({
  schemaRequestService: async (uri) => readFileSync(`rules/schema/${uri.split("/").at(-1)}`, "utf8"),
  workspaceContext: { resolveRelativePath: (relative, file) => new URL(relative, file).href },
  clientCapabilities: {
    textDocument: { completion: { completionItem: { documentationFormat: ["markdown"] } } },
  },
});
service.configure({
  validate: true,
  allowComments: false,
  schemas: KINDS.map((kind) => ({
    uri: `file:///rules/schema/${kind}.schema.json`,
    fileMatch: [`*.${kind}.json`],
  })),
});

/** `text` with a bar where the cursor is; what is offered there, with its documentation. */
export async function offered(kind: Kind, text: string): Promise<Map<string, string>> {
  const { document, position } = opened(kind, text);
  const list = await service.doComplete(document, position, service.parseJSONDocument(document));
  return new Map(list?.items.map((item) => [wordOf(item), textOf(item.documentation ?? "")]));
}

/** What hovering at the bar tells; empty for nothing. */
export async function told(kind: Kind, text: string): Promise<string> {
  const { document, position } = opened(kind, text);
  const hover = await service.doHover(document, position, service.parseJSONDocument(document));
  return JSON.parse(JSON.stringify(hover?.contents ?? [""])).join("\n");
}

/** Every complaint, with the text that it underlines. */
export async function marked(kind: Kind, text: string): Promise<[string, string][]> {
  const document = documentOf(kind, text);
  const found = await service.doValidation(document, service.parseJSONDocument(document));
  return found.map(({ message, range }) => [document.getText(range), textOf(message)]);
}

function opened(kind: Kind, text: string) {
  const offset = text.indexOf("▮");
  const document = documentOf(kind, text.replace("▮", ""));
  return { document, position: document.positionAt(offset) };
}

function documentOf(kind: Kind, text: string): TextDocument {
  return TextDocument.create(`file:///rules/packs/any/a.${kind}.json`, "json", 1, text);
}

function wordOf({ label }: CompletionItem): string {
  return label.replaceAll('"', "");
}

function textOf(text: string | MarkupContent): string {
  return typeof text === "string" ? text : text.value;
}
