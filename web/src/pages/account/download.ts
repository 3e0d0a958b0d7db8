/** Hands a document over as a file of that name. */
export function download(name: string, document_: unknown): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(document_, null, 2)], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  // The browser reads the address once the click was handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** What a file is called: dated, so that one from another day is not written over. */
export const exportName = (exportedAt: string) => `plot-point-${exportedAt.slice(0, 10)}.json`;
