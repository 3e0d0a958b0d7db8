import { Problem } from "@/api/problem";

/** What the API gives to send one file with: where, and every field that goes before it. */
export interface Place {
  url: string;
  fields: Readonly<Record<string, string>>;
}

/** Which files are taken: the type that each ending means. A browser knows no type for a script's format. */
export type FileTypes = Readonly<Record<string, string>>;

export function mediaTypeOf(name: string, types: FileTypes): string | null {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  return types[ending] ?? null;
}

/** What can be seen to be wrong with a file before any of it is sent. */
export function wrongBeforehand(file: { name: string; size: number }, types: FileTypes, maximumBytes: number) {
  if (mediaTypeOf(file.name, types) === null) return "type" as const;
  if (file.size === 0) return "empty" as const;
  return file.size > maximumBytes ? ("size" as const) : null;
}

/** For the `accept` of a file field: a phone offers its camera where pictures are taken. */
export function accepted(types: FileTypes): string {
  return [...new Set([...Object.keys(types).map((ending) => `.${ending}`), ...Object.values(types)])].join(",");
}

/** Sends one file to its place. `progress`: the share that has left. Raises Problem; an AbortError once given up. */
export function post(place: Place, file: File, progress: (share: number) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(place.fields)) form.append(name, value);
    form.append("file", file);
    // fetch does not say how much of a body has left.
    const request = new XMLHttpRequest();
    const failed = (status: number) => reject(new Problem(status, null));
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => (request.status >= 200 && request.status < 300 ? resolve() : failed(request.status));
    request.onerror = () => failed(0);
    request.onabort = () => reject(new DOMException("given up", "AbortError"));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.open("POST", place.url);
    request.send(form);
  });
}
