import { describe, expect, it } from "vitest";
import { accepted, mediaTypeOf, wrongBeforehand } from "./upload";

const TYPES = { pdf: "application/pdf", jpg: "image/jpeg", jpeg: "image/jpeg", fountain: "text/plain" };

describe("what a file is", () => {
  it("is told by its ending, however it is written", () => {
    expect(mediaTypeOf("Contrat v2.PDF", TYPES)).toBe("application/pdf");
    expect(mediaTypeOf("La Digue.fountain", TYPES)).toBe("text/plain");
    expect(mediaTypeOf("archive.pdf.zip", TYPES)).toBeNull();
    expect(mediaTypeOf("pdf", TYPES)).toBeNull();
  });

  it("is wrong beforehand when it is of another kind, empty or too large", () => {
    expect(wrongBeforehand({ name: "a.zip", size: 3 }, TYPES, 10)).toBe("type");
    expect(wrongBeforehand({ name: "a.pdf", size: 0 }, TYPES, 10)).toBe("empty");
    expect(wrongBeforehand({ name: "a.pdf", size: 11 }, TYPES, 10)).toBe("size");
    expect(wrongBeforehand({ name: "a.pdf", size: 10 }, TYPES, 10)).toBeNull();
  });

  it("is offered by ending and by type", () => {
    expect(accepted({ jpg: "image/jpeg", jpeg: "image/jpeg" })).toBe(".jpg,.jpeg,image/jpeg");
  });
});
