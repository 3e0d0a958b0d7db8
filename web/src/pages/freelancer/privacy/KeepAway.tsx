import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useInfiniteQuery, type UseMutationResult } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Refusal } from "@/design/Notice";
import { useDraft } from "@/design/useDraft";
import { useBilingual } from "@/i18n/format";
import { conversationsQuery } from "@/pages/shared/conversations";
import { namedBy, oppositeIn, type Block, type BlockInput } from "./blocks";
import classes from "./Privacy.module.css";

type Keep = UseMutationResult<Block, unknown, BlockInput>;

/** What is said of a try that named the company in this way. */
const errorOf = (keep: Keep, ways: readonly (keyof BlockInput)[]) =>
  keep.isError && ways.some((way) => keep.variables[way]) ? keep.error : null;

/** A company that one can name. */
export function ByName({ keep }: { keep: Keep }) {
  const { t } = useTranslation("visibility");
  const draft = useDraft("company-kept-away", "");
  const [nothing, setNothing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const error = errorOf(keep, ["name", "siren"]);
  const said = isProblem(error) ? (error.at("/name") ?? error.at("/siren")) : undefined;
  return (
    <form
      noValidate
      className={classes.way}
      onSubmit={(event) => {
        event.preventDefault();
        setNothing(!draft.value.trim());
        field.current?.focus();
        const named = draft.value;
        if (named.trim()) keep.mutate(namedBy(named), { onSuccess: () => draft.sent(named) });
      }}
    >
      <TextInput
        ref={field}
        id="away-company"
        label={t("away.company")}
        description={t("away.company_what")}
        value={draft.value}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => {
          setNothing(false);
          draft.set(event.currentTarget.value);
        }}
        error={nothing ? t("away.no_company") : said}
      />
      <Refusal error={said ? null : error} />
      <div>
        <Button type="submit" variant="default" loading={keep.isPending}>
          {t("away.keep")}
        </Button>
      </div>
    </form>
  );
}

/** A production that one talks with, whether or not one knows who they are. */
export function ByConversation({ keep, blocks }: { keep: Keep; blocks: readonly Block[] }) {
  const { t } = useTranslation("visibility");
  const bilingual = useBilingual();
  const { data } = useInfiniteQuery(conversationsQuery);
  const [chosen, setChosen] = useState("");
  const [nothing, setNothing] = useState(false);
  const field = useRef<HTMLSelectElement>(null);
  const kept = new Set(blocks.map((one) => one.conversation_id));
  const open = (data?.pages ?? [])
    .flatMap((page) => page.conversations)
    .filter((one) => !one.opposite_deleted && !kept.has(one.conversation_id));
  if (open.length === 0) return null;
  return (
    <form
      noValidate
      className={classes.way}
      onSubmit={(event) => {
        event.preventDefault();
        setNothing(!chosen);
        field.current?.focus();
        if (chosen) keep.mutate(oppositeIn(chosen), { onSuccess: () => setChosen("") });
      }}
    >
      <NativeSelect
        ref={field}
        id="away-conversation"
        label={t("away.conversation")}
        description={t("away.conversation_what")}
        value={chosen}
        onChange={(event) => {
          setNothing(false);
          setChosen(event.currentTarget.value);
        }}
        error={nothing && t("away.no_conversation")}
        data={[
          { value: "", label: t("away.choose") },
          ...open.map((one) => ({ value: one.conversation_id, label: bilingual(one.opposite) })),
        ]}
      />
      <Refusal error={errorOf(keep, ["conversation_id"])} />
      <div>
        <Button type="submit" variant="default" loading={keep.isPending}>
          {t("away.keep_production")}
        </Button>
      </div>
    </form>
  );
}
