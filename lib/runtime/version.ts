/** The version of what decides: stands in every plan, because only the same version must re-derive it byte for byte. */
import packageFile from "../../package.json" with { type: "json" };

export const ENGINE_VERSION: string = packageFile.version;
