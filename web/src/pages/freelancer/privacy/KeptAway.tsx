import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "@/api/client";
import { isProblem } from "@/api/problem";
import { useOnce } from "@/api/once";
import { Notice, Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import { Loaded } from "@/design/States";
import { useFormats } from "@/i18n/format";
import { written } from "@/design/siren";
import { blocksQuery, type Block, type BlockInput } from "./blocks";
import { ByConversation, ByName } from "./KeepAway";
import classes from "./Privacy.module.css";

/** The companies that are not to be proposed one's profile. */
export function KeptAway() {
  const { t } = useTranslation("visibility");
  const query = useQuery(blocksQuery);
  return (
    <Section title={t("away.title")} hint={t("away.hint")} id="away">
      <Loaded query={query}>{({ blocks, limit }) => <Kept blocks={blocks} limit={limit} />}</Loaded>
    </Section>
  );
}

function Kept({ blocks, limit }: { blocks: readonly Block[]; limit: number }) {
  const { t } = useTranslation("visibility");
  const cache = useQueryClient();
  const once = useOnce();
  const nameOf = useName();
  const top = useRef<HTMLDivElement>(null);
  const [done, setDone] = useState("");
  const keep = useMutation({
    mutationFn: (body: BlockInput) =>
      ask(api.POST("/me/blocks", { body, params: { header: { "Idempotency-Key": once.keyFor(body) } } })),
    onMutate: () => setDone(""),
    onSuccess: (block) => {
      once.done();
      setDone(t("away.kept", { company: nameOf(block) }));
      return cache.invalidateQueries({ queryKey: blocksQuery.queryKey });
    },
  });
  const lift = useMutation({
    mutationFn: ({ block_id }: Block) => ask(api.DELETE("/me/blocks/{block_id}", { params: { path: { block_id } } })),
    onMutate: () => setDone(""),
    onSuccess: (now, block) => {
      cache.setQueryData(blocksQuery.queryKey, now);
      setDone(t("away.lifted", { company: nameOf(block) }));
      // The row is gone with its button: one goes on where it is told so.
      top.current?.focus();
    },
    onError: (error) => {
      // Lifted elsewhere already: the list says so.
      if (isProblem(error) && error.status === 404) void cache.invalidateQueries({ queryKey: blocksQuery.queryKey });
    },
  });
  return (
    <>
      <div ref={top} tabIndex={-1} className={classes.state}>
        <div role="status">{done && <Notice tone="good" title={done} />}</div>
        {blocks.length === 0 && <p className={classes.quiet}>{t("away.none")}</p>}
      </div>
      <Refusal error={lift.error} />
      {blocks.length > 0 && (
        <ul className={classes.list}>
          {blocks.map((block) => (
            <OneBlock
              key={block.block_id}
              block={block}
              lift={() => lift.mutate(block)}
              lifting={lift.isPending && lift.variables.block_id === block.block_id}
            />
          ))}
        </ul>
      )}
      {blocks.length >= limit ? (
        <Notice tone="warning">
          <p>{t("away.full", { limit })}</p>
        </Notice>
      ) : (
        <div className={classes.ways}>
          <ByName keep={keep} />
          <ByConversation keep={keep} blocks={blocks} />
        </div>
      )}
    </>
  );
}

/** What a company that is kept away is called: as one has named it, or by the project it is behind. */
function useName() {
  const { t } = useTranslation("visibility");
  return ({ name, siren, viewer }: Block): string => {
    if (name) return name;
    if (siren) return t("away.siren", { siren: written(siren) });
    if (viewer?.company) return viewer.company;
    return viewer?.code_name ? t("away.production", { project: viewer.code_name }) : t("away.production_gone");
  };
}

function OneBlock({ block, lift, lifting }: { block: Block; lift: () => void; lifting: boolean }) {
  const { t } = useTranslation("visibility");
  const { day } = useFormats();
  const name = useName()(block);
  return (
    <li>
      <span className={classes.who}>
        {name}
        <small>{t("away.since", { day: day(block.blocked_at) })}</small>
      </span>
      <Button variant="default" size="sm" onClick={lift} loading={lifting} aria-label={t("away.lift_of", { company: name })}>
        {t("away.lift")}
      </Button>
    </li>
  );
}
