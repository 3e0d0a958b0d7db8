import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";
import { api, ask, askVersion, type Shape } from "@/api/client";
import { Notice, Refusal } from "@/design/Notice";
import { Page, Section } from "@/design/Page";
import { failureOf, Loaded } from "@/design/States";
import { useDraft } from "@/design/useDraft";
import lists from "../Lists.module.css";
import { Conflict } from "./Conflict";
import { apart, gridVersionsQuery, type Grid } from "./grid";
import { GridParts } from "./GridParts";
import { History } from "./History";
import { Unreadable } from "./NumberField";
import { Publish } from "./Publish";
import { RateDifferences } from "./RateDifferences";
import { Undo } from "./Undo";
import { useGridWords } from "./useGridWords";

type Versions = Shape<"RateVersionsShape">;
interface Draft {
  base: string;
  grid: Grid;
}

/** The grid of rates: changed entry by entry, looked at, published with its reason. */
export default function RatesGrid() {
  const { t } = useTranslation("reference");
  const [parameters] = useSearchParams();
  const number = Number(parameters.get("number")) || undefined;
  const query = useQuery(gridVersionsQuery(number));
  const [published, setPublished] = useState<number | null>(null);
  return (
    <Page title={t("rates.title")} lead={t("rates.lead")} back={{ to: "/admin/reference", label: t("back") }}>
      {published !== null && <Notice tone="good" live title={t("shared.published_now", { number: published })} />}
      <Loaded query={query}>
        {({ value, version }) =>
          number === undefined || number === value.version ? (
            <Current versions={value} version={version} onPublished={setPublished} />
          ) : (
            <Earlier versions={value} version={version} />
          )
        }
      </Loaded>
    </Page>
  );
}

const useGridDraft = () => useDraft<Draft | null>("rates", null);

function Earlier({ versions, version }: { versions: Versions; version: string }) {
  const { t } = useTranslation("reference");
  const navigate = useNavigate();
  const draft = useGridDraft();
  const { number } = versions.shown;
  return (
    <>
      <Notice
        title={t("shared.earlier", { number })}
        actions={
          <Button
            variant="default"
            onClick={() => {
              draft.set({ base: version, grid: versions.grid });
              // What is kept on the device is written once this screen was drawn again.
              setTimeout(() => void navigate("/admin/rates"));
            }}
          >
            {t("rates.take_up")}
          </Button>
        }
      >
        <Link to="/admin/rates">{t("shared.earlier_back")}</Link>
      </Notice>
      <GridParts grid={versions.grid} />
      <History versions={versions.history} inForce={versions.version} shown={number} to="/admin/rates" />
    </>
  );
}

function Current({ versions, version, onPublished }: { versions: Versions; version: string; onPublished: (number: number) => void }) {
  const { t } = useTranslation("reference");
  const cache = useQueryClient();
  const draft = useGridDraft();
  const grid: Grid = draft.value?.grid ?? versions.grid;
  const preview = useMutation({ mutationFn: () => ask(api.POST("/admin/rates/preview", { body: { grid } })) });
  const [overtaken, setOvertaken] = useState(false);
  const [unreadable, setUnreadable] = useState(0);
  const [round, setRound] = useState(0);
  const parts = useRef<HTMLDivElement>(null);
  const count = useCallback((change: 1 | -1) => setUnreadable((before) => before + change), []);
  const giveUp = () => {
    preview.reset();
    draft.clear();
    setRound((before) => before + 1);
  };
  const look = () => {
    if (unreadable === 0) preview.mutate();
    else parts.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  };
  const edit = (next: Grid) => {
    preview.reset();
    draft.set((before) => ({ base: before?.base ?? version, grid: next }));
  };
  const reload = () => cache.invalidateQueries({ queryKey: ["admin", "rates"] });
  const publish = async (reason: string) => {
    try {
      const now = await askVersion(
        api.PUT("/admin/rates", { params: { header: { "If-Match": draft.value?.base ?? version } }, body: { grid, reason } }),
      );
      draft.clear();
      preview.reset();
      await Promise.all([reload(), cache.invalidateQueries({ queryKey: ["rates"] })]);
      onPublished(now.value.version);
    } catch (error) {
      if (failureOf(error) === "conflict") {
        await reload();
        setOvertaken(true);
      }
      throw error;
    }
  };
  const settled = () => {
    setOvertaken(false);
    preview.reset();
  };
  const nothing = preview.data?.differences.length === 0;
  return (
    <>
      <p className={lists.calm}>{t("shared.in_force", { number: versions.version })}</p>
      <div ref={parts}>
        <Unreadable value={count}>
          <GridParts grid={grid} edit={edit} error={preview.error} round={round} />
        </Unreadable>
      </div>
      {draft.value !== null && !overtaken && (
        <>
          <Notice
            title={t("shared.unsaved")}
            actions={
              <>
                <Button id="preview" loading={preview.isPending} onClick={look}>
                  {t("rates.preview")}
                </Button>
                <Undo undo={giveUp} />
              </>
            }
          />
          <Refusal error={preview.error} />
          {preview.data && (
            <Section title={t("rates.preview_title")}>
              {nothing ? <Notice live title={t("rates.preview_none")} /> : <RateDifferences differences={preview.data.differences} />}
            </Section>
          )}
        </>
      )}
      {overtaken && (
        <Overtaken
          mine={grid}
          theirs={versions.grid}
          keep={() => {
            settled();
            draft.set({ base: version, grid });
          }}
          take={() => {
            setOvertaken(false);
            giveUp();
          }}
        />
      )}
      {draft.value !== null && !overtaken && (
        <Publish
          name="rates"
          title={t("shared.publish")}
          what={t("rates.publish_what")}
          most={1000}
          notYet={preview.data === undefined || unreadable > 0 ? t("rates.preview_first") : nothing ? t("rates.preview_none") : null}
          send={publish}
          reload={() => void reload()}
        />
      )}
      <History versions={versions.history} inForce={versions.version} shown={versions.version} to="/admin/rates" />
    </>
  );
}

function Overtaken({ mine, theirs, keep, take }: { mine: Grid; theirs: Grid; keep: () => void; take: () => void }) {
  const { t } = useTranslation("reference");
  const { nameOf, amountsOf } = useGridWords();
  const said = (entry: Record<string, unknown> | null) => (entry === null ? t("shared.absent") : amountsOf(entry));
  return (
    <Conflict
      apart={apart(theirs, mine).map((one) => ({
        name: nameOf(one.part, one.after ?? one.before),
        here: said(one.after ?? null),
        there: said(one.before ?? null),
      }))}
      keep={keep}
      take={take}
    />
  );
}
