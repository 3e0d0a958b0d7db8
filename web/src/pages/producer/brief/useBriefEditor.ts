import { useDebouncedValue } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { api, ask, askVersion, type Shape } from "@/api/client";
import { useOnce } from "@/api/once";
import { isProblem, type FieldProblem } from "@/api/problem";
import { useDraft } from "@/design/useDraft";
import { useSession } from "@/session/session";
import { briefsQuery, chosenAnew, keepBrief, type Brief } from "../briefs";
import { conflictsOf, edited, keepMine, NO_EDITS, sendable, settled, shown, spared, taken, takeTheirs, type Edits } from "./edits";
import { BEGUN, fieldsOf, NAMES, rootOf, wire, type Fields, type Name } from "./fields";
import { mayPass, SaveQueue } from "./saveQueue";

/** Where what was written of a project that the server does not know yet is kept. */
export const NEW_DRAFT = "brief/new";

const TRY_AGAIN_MS = 10_000;
const MOST_TRIES = 4;

/** `as it goes`: every change is saved. `at once`: changes wait on this device until they are put online together.
 * `never`: the project is over. */
export type Saving = "as it goes" | "at once" | "never";

/** What waits to be put online, as it is to be sent. */
export type Waiting = Record<string, unknown>;
const NOTHING: Waiting = {};

export function savingOf(brief: Brief | null): Saving {
  if (!brief || brief.status === "draft" || brief.status === "returned") return "as it goes";
  return brief.status === "live" ? "at once" : "never";
}

export interface Standing {
  /** `kept`: on this device only, for now. */
  state: "clean" | "unsaved" | "saving" | "saved" | "kept";
  at: string | null;
  error: unknown;
}

interface Versioned {
  value: Brief;
  version: string;
}

/** The later of two readings of a project. One that was asked for before a save may come after it. */
function later(one: Versioned | null, other: Versioned | null): Versioned | null {
  if (!one || !other) return one ?? other;
  return other.value.version > one.value.version ? other : one;
}

/** The form of a project: what the server holds under what was written since, and how the one becomes the other.
 * `onCreated`: the server knows it from now on. */
export function useBriefEditor(known: Versioned | null, onCreated: (brief: Brief) => void) {
  const cache = useQueryClient();
  const [last, setLast] = useState<Versioned | null>(null);
  const { state: session } = useSession();
  const held = later(known, last);
  const brief = held?.value ?? null;
  const saving = savingOf(brief);
  const local = useDraft<Edits>(brief ? `brief/${brief.brief_id}` : NEW_DRAFT, NO_EDITS);
  const server = useMemo(() => (brief ? fieldsOf(brief) : BEGUN), [brief]);
  const fields = useMemo(() => shown(server, local.value), [server, local.value]);
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const [progress, setProgress] = useState<{ busy: boolean; at: string | null; error: unknown }>({ busy: false, at: null, error: null });
  const key = useOnce();
  const lapsed = useRef(false);

  // What a save reads and writes while the form goes on being written.
  const now = useRef({ held, edits: local.value, local });
  now.current.held = later(held, now.current.held);
  now.current.edits = local.value;
  now.current.local = local;

  const write = (edits: Edits) => {
    now.current.edits = edits;
    // A save that began before the project had a name of its own ends where its draft is kept now.
    if (Object.keys(edits.changes).length > 0) now.current.local.set(edits);
    else now.current.local.clear();
  };

  const hold = (read: Versioned) => {
    now.current.held = read;
    setLast(read);
    void keepBrief(cache, read);
  };

  const readAgain = async () => {
    const id = now.current.held!.value.brief_id;
    hold(await askVersion(api.GET("/briefs/{brief_id}", { params: { path: { brief_id: id } } })));
  };

  /** What has come to say the same as the server's is nobody's change any more. */
  const tidy = () => {
    const left = settled(now.current.edits, begun());
    if (left !== now.current.edits) write(left);
  };

  const begun = () => (now.current.held ? fieldsOf(now.current.held.value) : BEGUN);
  const goesAsWritten = () => savingOf(now.current.held?.value ?? null) === "as it goes";

  const receive = (read: Versioned, sent: readonly string[]) => {
    const fresh = !now.current.held;
    hold(read);
    const left = taken(now.current.edits, sent, fieldsOf(read.value));
    if (fresh) {
      now.current.local.clear(); // of what had no name yet; the rest is kept under its own
      onCreated(read.value);
    }
    write(left);
    void cache.invalidateQueries({ queryKey: briefsQuery.queryKey });
    if (read.value.status === "live") chosenAnew(cache, read.value.brief_id);
  };

  const send = async (body: Record<string, unknown>): Promise<Versioned> => {
    const { held: current } = now.current;
    if (current) {
      return askVersion(
        api.PATCH("/briefs/{brief_id}", {
          params: { path: { brief_id: current.value.brief_id }, header: { "If-Match": current.version } },
          body: body as Shape<"BriefInput">,
        }),
      );
    }
    const whole = beginning(now.current.edits, body);
    return askVersion(
      api.POST("/briefs", { params: { header: { "Idempotency-Key": key.keyFor(whole) } }, body: whole as Shape<"BriefInput"> }),
    );
  };

  /** Whether all that was to be sent went through. `together`: all of it or nothing, to a project that is online. */
  const save = async (together: boolean): Promise<boolean> => {
    // Whoever writes a draft does not know yet that a colleague has published it: what they write waits.
    const may = () => together || goesAsWritten();
    tidy();
    let body: Record<string, unknown> | null = may() ? sendable(now.current.edits, begun()) : null;
    if (!body || Object.keys(body).length === 0) return true;
    setProgress((before) => ({ ...before, busy: true, error: null }));
    let refused: readonly FieldProblem[] = [];
    let failure: unknown = null;
    for (let tries = 0; body && tries < MOST_TRIES; tries += 1) {
      const sent: Record<string, unknown> = body;
      body = null;
      try {
        const read = await send(sent);
        receive(read, Object.keys(sent));
        setProgress((before) => ({ ...before, at: read.value.updated_at }));
        failure = null;
      } catch (error) {
        failure = error;
        const before = now.current.held;
        if (isProblem(error) && (error.status === 412 || error.status === 409) && before) {
          try {
            await readAgain();
          } catch (unread) {
            failure = unread;
            break;
          }
          tidy();
          // Refused for where the project stands, it may be otherwise only once the project stands elsewhere.
          if (error.status === 409 && now.current.held?.version === before.version) break;
          // A field that both have changed waits for whoever writes to choose; the others go on.
          const chosen = !(together && conflictsOf(now.current.edits, begun()).length > 0);
          const rest = sendable(now.current.edits, begun());
          if (chosen && may() && Object.keys(rest).length > 0) body = rest;
          else failure = chosen ? null : error;
        } else if (isProblem(error) && error.status === 422 && error.errors.length > 0) {
          refused = error.errors;
          failure = together ? error : null;
          body = together ? null : spared(sent, error.errors.map((one) => one.pointer));
        }
      }
    }
    setProblems(refused);
    setProgress((before) => ({ ...before, busy: false, error: failure }));
    return failure === null && refused.length === 0;
  };
  const latest = useRef(save);
  latest.current = save;
  const [queue] = useState(() => new SaveQueue(async () => void (await latest.current(false))));
  useEffect(() => {
    // What was left on this device is saved now; what says nothing new is left out.
    const left = settled(now.current.edits, begun(), false);
    if (left !== now.current.edits) write(left);
    if (saving === "as it goes" && Object.keys(left.changes).length > 0) queue.touch();
    // Whoever goes on to the preview or to the projects finds there what they wrote last.
    return () => void queue.flush();
    // Once, for what was found on this device; later changes start their own save.
  }, [queue]);
  useEffect(() => {
    // Without a session nothing goes through; with the next one it does, at once.
    const again = lapsed.current;
    lapsed.current = session === "expired";
    if (!(saving === "as it goes" && mayPass(progress.error)) || session === "expired") return;
    if (isProblem(progress.error) && progress.error.wait) queue.rest(progress.error.wait * 1000);
    queue.touch(again ? 0 : TRY_AGAIN_MS);
    const online = () => void queue.flush();
    window.addEventListener("online", online);
    return () => window.removeEventListener("online", online);
  }, [saving, progress.error, session, queue]);

  const unsent = useMemo(() => sendable(local.value, server), [local.value, server]);
  const contested = useMemo(() => conflictsOf(local.value, server), [local.value, server]);
  const due = Object.keys(local.value.changes).length > 0 && hasMore(local.value, server);
  const state: Standing["state"] = progress.busy
    ? "saving"
    : progress.error
      ? "kept"
      : due
        ? "unsaved"
        : progress.at
          ? "saved"
          : "clean";

  return {
    brief,
    fields,
    saving,
    standing: { state, at: progress.at ?? brief?.updated_at ?? null, error: progress.error } satisfies Standing,
    problems,
    contested,
    server,
    waiting: saving === "at once" ? unsent : NOTHING,
    /** What is written and not online yet. */
    changed: NAMES.filter((name) => name in unsent),
    set: useCallback(
      <N extends Name>(name: N, value: Fields[N]) => {
        const next = edited(now.current.edits, begun(), name, value);
        now.current.edits = next;
        local.set(next);
        setProblems((before) => before.filter((one) => rootOf(one.pointer) !== name));
        if (goesAsWritten()) queue.touch();
      },
      [local.set, queue],
    ),
    error: (pointer: string) => problems.find((one) => one.pointer === pointer && one.start === undefined)?.message,
    keepMine(name: Name) {
      write(keepMine(now.current.edits, server, name));
      if (saving === "as it goes") queue.touch(0);
    },
    takeTheirs: (name: Name) => write(takeTheirs(now.current.edits, name)),
    /** Saves what is due, now. The project as the server then has it; null when it does not have all that is written. */
    async flush(): Promise<Versioned | null> {
      await queue.flush();
      const left = settled(now.current.edits, begun(), false);
      return Object.keys(left.changes).length === 0 ? now.current.held : null;
    },
    /** Reads what the server has by now, under what is written here. */
    async readAgain(): Promise<void> {
      const error = await readAgain().then(() => null, (unread: unknown) => unread);
      setProgress((before) => ({ ...before, error }));
    },
    /** Puts every change online, or none; answers whether it did. */
    putOnline: () => save(true),
    /** Gives up what was written since, which is answered. */
    giveUp(): Edits {
      const given = now.current.edits;
      setProblems([]);
      setProgress((before) => ({ ...before, error: null }));
      write(NO_EDITS);
      return given;
    },
    /** Writes again what was given up. */
    takeUp: (given: Edits) => write(given),
  };
}

export type BriefEditor = ReturnType<typeof useBriefEditor>;

const hasMore = (edits: Edits, server: Fields) =>
  Object.keys(sendable(edits, server)).length > 0 ||
  conflictsOf(edits, server).length > 0 ||
  NAMES.some((name) => name in edits.changes && wire(name, edits.changes[name]!) === undefined);

/** What a new project is sent with: what it begins with, but for what was written otherwise. */
function beginning(edits: Edits, body: Record<string, unknown>): Record<string, unknown> {
  const begun = NAMES.filter((name) => !(name in edits.changes)).map((name) => [name, wire(name, BEGUN[name])] as const);
  const said = begun.filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0));
  return { ...Object.fromEntries(said), ...body };
}

/** Reads a project over: as the server has it, with what waits to be put online. What an earlier reading said stands until
 * the answer comes, which lags behind what is written. */
export function useCheck(brief: Brief | null, waiting: Waiting = NOTHING, enabled = true) {
  const [asked] = useDebouncedValue(JSON.stringify(waiting), 400);
  return useQuery({
    queryKey: ["briefs", brief?.brief_id, "check", brief?.version, asked],
    queryFn: ({ signal }) => readOver(brief!.brief_id, JSON.parse(asked) as Waiting, signal),
    enabled: brief !== null && enabled,
    staleTime: 60_000,
    placeholderData: (before, of) => (of?.queryKey[1] === brief?.brief_id ? before : undefined),
  });
}

async function readOver(brief_id: string, waiting: Waiting, signal: AbortSignal): Promise<Shape<"ProofreadingShape">> {
  const body = Object.keys(waiting).length > 0 ? (waiting as Shape<"BriefInput">) : undefined;
  try {
    return await ask(api.POST("/briefs/{brief_id}/check", { params: { path: { brief_id } }, body, signal }));
  } catch (error) {
    if (!body || !isProblem(error) || error.status !== 422) throw error;
    // What has not the form of its field is said when it is to go online; the rest is read over all the same.
    return readOver(brief_id, spared(waiting, error.errors.map((one) => one.pointer)) ?? NOTHING, signal);
  }
}
