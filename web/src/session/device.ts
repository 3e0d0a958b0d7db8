/** What the browser keeps for the site. One that keeps nothing for it throws at the mere name of a storage: what was to be
 * kept then lives as long as the page, and the visit goes on. */
class Kept {
  readonly #name: "localStorage" | "sessionStorage";
  readonly #instead = new Map<string, string>();

  constructor(name: "localStorage" | "sessionStorage") {
    this.#name = name;
  }

  get(key: string): string | null {
    return this.#instead.get(key) ?? this.#try((storage) => storage.getItem(key)) ?? null;
  }

  set(key: string, value: string): void {
    this.#instead.set(key, value);
    this.#try((storage) => {
      storage.setItem(key, value);
      this.#instead.delete(key);
    });
  }

  remove(key: string): void {
    this.#instead.delete(key);
    this.#try((storage) => storage.removeItem(key));
  }

  keys(): string[] {
    return [...this.#instead.keys(), ...(this.#try((storage) => Object.keys(storage)) ?? [])];
  }

  #try<T>(use: (storage: Storage) => T): T | undefined {
    try {
      return use(globalThis[this.#name]);
    } catch {
      return undefined; // closed to the site, or full
    }
  }
}

/** Kept by the device, and by this tab alone. */
export const device = new Kept("localStorage");
export const tab = new Kept("sessionStorage");

/** Between the tabs of the browser; null where none is allowed. */
export function channel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}
