import { describe, expect, it } from "vitest";
import { withPlainKeys } from "../../infra/bundle/schemas.ts";

describe("infra/bundle/schemas", () => {
  it("writes keys as the texts that they stand for, and leaves what else is in brackets", () => {
    const source =
      'const _hH = "httpHeader";\nconst _B = "Bucket";\nvar Get = [3, _B, [_B], { [_hH]: _B, [_x]: 1 }];\n';
    expect(withPlainKeys(source)).toBe(
      'const _hH = "httpHeader";\nconst _B = "Bucket";\nvar Get = [3, _B, [_B], { "httpHeader": _B, [_x]: 1 }];\n',
    );
  });
});
