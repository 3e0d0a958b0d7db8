import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { useTaxonomy } from "@/api/taxonomy";
import { Notice } from "@/design/Notice";
import { LoadedPage } from "@/design/LoadedPage";
import { Page, Section } from "@/design/Page";
import { Facts, Tags } from "@/design/Tag";
import { useFormats } from "@/i18n/format";
import { ManyOf } from "@/design/Choices";
import { FIRST } from "@/pages/shared/firstChoices";
import { Fingerprint } from "@/pages/shared/person/Fingerprint";
import { useWords } from "@/pages/shared/person/useWords";
import { AvailabilityForm } from "./AvailabilityForm";
import { Beginning } from "./Beginning";
import type { SectionName } from "./fields";
import { mineQuery, type Held, type MyProfile } from "@/pages/shared/mine";
import { Part } from "./Part";
import classes from "./Profile.module.css";
import { ProfileNav } from "./ProfileNav";
import { Standing } from "./Standing";
import { YearAhead } from "./YearAhead";

/** One's own profile: what one says of oneself, section by section, and where it stands. */
export default function Profile() {
  const [begun, setBegun] = useState(false);
  const query = useQuery(mineQuery);
  const { t } = useTranslation("profile");
  return (
    <LoadedPage query={query} title={t("title")}>
      {(held) => (held ? <Whole held={held} begun={begun} /> : <Beginning onBegun={() => setBegun(true)} />)}
    </LoadedPage>
  );
}

function Whole({ held, begun }: { held: Held; begun: boolean }) {
  const { t } = useTranslation("profile");
  const [saved, setSaved] = useState<SectionName | null>(null);
  const credits = useRef<HTMLAnchorElement>(null);
  const { hash } = useLocation();
  const { value: profile } = held;
  useEffect(() => {
    // The form is gone with its button: whoever has begun a profile goes on with the credits.
    if (begun) credits.current?.focus();
  }, [begun]);
  useEffect(() => {
    if (hash) document.getElementById(hash.slice(1))?.scrollIntoView();
  }, [hash]);
  return (
    <Page title={profile.display_name} over={t("title")} width="wide">
      <ProfileNav />
      {begun && (
        <Notice
          tone="good"
          live
          title={t("begun.title")}
          actions={
            <Button component={Link} to="/profile/credits/new" ref={credits}>
              {t("begun.credits")}
            </Button>
          }
        >
          <p>{t("begun.what")}</p>
        </Notice>
      )}
      <div className={classes.whole}>
        <Standing profile={profile} />
        <div className={classes.parts}>
          <p role="status" className="visually-hidden">
            {saved && t("saved_one", { section: t(`section.${saved}`) })}
          </p>
          <Identity held={held} onSaved={setSaved} />
          <Bio held={held} onSaved={setSaved} />
          <Works profile={profile} />
          <Levels profile={profile} />
          <Availability held={held} onSaved={setSaved} />
          <Tastes held={held} onSaved={setSaved} />
          <Rate held={held} onSaved={setSaved} />
          <Numbers held={held} onSaved={setSaved} />
        </div>
      </div>
    </Page>
  );
}

interface Props {
  held: Held;
  onSaved: (section: SectionName) => void;
}

function Identity({ held, onSaved }: Props) {
  const { t } = useTranslation("profile");
  const words = useTaxonomy();
  const { value: profile } = held;
  return (
    <Part
      section="identity"
      held={held}
      onSaved={onSaved}
      lacking={({ form }) => (!form?.display_name.trim() ? "display_name" : form.roles.length === 0 ? "roles" : null)}
      form={({ form, set, at }) =>
        form && (
          <>
            <TextInput
              id="display_name"
              label={t("field.display_name")}
              description={t("hint.display_name")}
              value={form.display_name}
              onChange={(event) => set({ display_name: event.currentTarget.value })}
              error={at("display_name")}
              maxLength={120}
              autoComplete="name"
              required
              withAsterisk={false}
            />
            {profile.status !== "draft" && form.display_name.trim().toLowerCase() !== profile.display_name.toLowerCase() && (
              <Notice tone="warning" live>
                <p>{t("renamed")}</p>
              </Notice>
            )}
            <ManyOf id="roles" label={t("field.roles")} hint={t("hint.roles")} choices={words.choices("roles")} value={form.roles} onChange={(roles) => set({ roles })} most={5} error={at("roles")} />
            <ManyOf id="languages" label={t("field.languages")} choices={words.choices("languages")} value={form.languages} onChange={(languages) => set({ languages })} most={10} error={at("languages")} />
            <ManyOf id="work_modes" label={t("field.work_modes")} choices={words.choices("work-modes")} value={form.work_modes} onChange={(work_modes) => set({ work_modes })} most={4} error={at("work_modes")} />
            <NativeSelect
              id="region"
              label={t("field.region")}
              value={form.region ?? ""}
              onChange={(event) => set({ region: event.currentTarget.value || null })}
              data={[{ value: "", label: t("choose") }, ...words.choices("regions").map(({ value, label }) => ({ value, label }))]}
              error={at("region")}
            />
          </>
        )
      }
    >
      <Facts
        items={[
          [t("field.roles"), words.labels("roles", profile.roles).join(", ")],
          [t("field.languages"), words.labels("languages", profile.languages).join(", ") || t("to_say")],
          [t("field.work_modes"), words.labels("work-modes", profile.work_modes).join(", ") || t("to_say")],
          [t("field.region"), words.label("regions", profile.region) || t("to_say")],
        ]}
      />
    </Part>
  );
}

function Bio({ held, onSaved }: Props) {
  const { t } = useTranslation("profile");
  const { bio } = held.value;
  return (
    <Part
      section="bio"
      held={held}
      onSaved={onSaved}
      form={({ form, set, at }) =>
        form && (
          <>
            <Textarea id="bio_fr" label={t("field.bio_fr")} description={t("hint.bio")} value={form.bio_fr} onChange={(event) => set({ bio_fr: event.currentTarget.value })} error={at("bio_fr")} maxLength={4000} autosize minRows={4} />
            <Textarea id="bio_en" label={t("field.bio_en")} description={t("hint.bio_en")} value={form.bio_en} onChange={(event) => set({ bio_en: event.currentTarget.value })} error={at("bio_en")} maxLength={4000} autosize minRows={3} lang="en" />
          </>
        )
      }
    >
      {bio.fr || bio.en ? (
        <>
          {bio.fr && (
            <p className={classes.bio} lang="fr">
              {bio.fr}
            </p>
          )}
          {bio.en && (
            <p className={classes.bio} lang="en">
              {bio.en}
            </p>
          )}
        </>
      ) : (
        <p className={classes.soft}>{t("empty.bio")}</p>
      )}
    </Part>
  );
}

function Works({ profile }: { profile: MyProfile }) {
  const { t } = useTranslation("profile");
  const { credits } = profile;
  const shown = credits.filter((one) => one.level > 0).length;
  return (
    <div className={classes.part}>
      <Section
        plain
        id="credits"
        title={t("works.title")}
        hint={t("works.hint")}
        actions={
          <Button component={Link} to="/profile/credits/new" variant={credits.length ? "subtle" : "filled"}>
            {t("works.add")}
          </Button>
        }
      >
        {credits.length > 0 && (
          <p>
            {t("works.count", { count: credits.length })} {t("works.shown", { count: shown })}{" "}
            <Link to="/profile/credits">{t("works.see")}</Link>
          </p>
        )}
        <Fingerprint credits={credits} />
      </Section>
    </div>
  );
}

function Levels({ profile }: { profile: MyProfile }) {
  const { t } = useTranslation("profile");
  const words = useWords();
  const { day } = useFormats();
  const { background, levels, verified_years: years, roles } = profile;
  const junior = Object.values(levels).includes("junior");
  return (
    <div className={classes.part}>
      <Section plain id="level" title={t("level.title")} hint={t("level.hint")}>
        <Facts
          items={roles.map((role) => [
            words.label("roles", role),
            <span key={role}>
              {words.label("seniority", levels[role])}
              <span className={classes.under}>{words.years(years[role] ?? 0)}</span>
            </span>,
          ])}
        />
        {background && (
          <p>
            {background.kinds.length > 0
              ? t("level.background", { papers: words.background(background) ?? "", until: day(background.expires_at) })
              : t("level.background_alone", { until: day(background.expires_at) })}
          </p>
        )}
        {!background && junior && (
          <p>
            {t("level.junior")} <Link to="/verification">{t("level.junior_go")}</Link>
          </p>
        )}
        <p className={classes.soft}>
          <Link to="/how-profiles-are-ordered">{t("level.how")}</Link>
        </p>
      </Section>
    </div>
  );
}

function Availability({ held, onSaved }: Props) {
  const { t } = useTranslation("profile");
  const words = useWords();
  const { availability } = held.value;
  return (
    <Part
      section="availability"
      held={held}
      onSaved={onSaved}
      form={({ form, set, at }) =>
        form && <AvailabilityForm periods={form.availability} onChange={(periods) => set({ availability: periods })} error={at("availability")} />
      }
    >
      {availability.length > 0 ? (
        <>
          <p className={classes.figure}>{t("free.next", { when: words.availability(availability) })}</p>
          <YearAhead periods={availability} />
        </>
      ) : (
        <p className={classes.soft}>{t("empty.availability")}</p>
      )}
    </Part>
  );
}

const TASTES = ["genres", "tones", "universes", "stakes", "formats", "tasks", "development_stages"] as const;
const MOST_TASTES = { genres: 15, tones: 15, universes: 15, stakes: 15, formats: 15, tasks: 23, development_stages: 21 } as const;
/** What stands first of the lists that a project has no use for. */
const FIRST_TASTES: Record<(typeof TASTES)[number], readonly string[]> = {
  ...FIRST,
  formats: ["single-90", "series-52", "series-26", "mini-series", "short-series-13", "daily-serial", "feature-film", "short-film"],
  development_stages: ["concept", "synopsis", "literary-bible", "season-arc", "treatment", "step-outline", "dialogued-script", "writers-room", "rewrite"],
};
const dimensionOf = (name: (typeof TASTES)[number]) => (name === "development_stages" ? "development-stages" : name);

function Tastes({ held, onSaved }: Props) {
  const { t } = useTranslation("profile");
  const words = useTaxonomy();
  const { specialities } = held.value;
  const said = TASTES.filter((name) => specialities[name].length > 0);
  return (
    <Part
      section="tastes"
      held={held}
      onSaved={onSaved}
      form={({ form, set, at }) =>
        form &&
        TASTES.map((name) => (
          <ManyOf
            key={name}
            id={name}
            label={t(`field.${name}`)}
            choices={words.choices(dimensionOf(name))}
            value={form[name]}
            onChange={(chosen) => set({ [name]: chosen })}
            most={MOST_TASTES[name]}
            first={FIRST_TASTES[name]}
            error={at(name)}
          />
        ))
      }
    >
      {said.length > 0 ? (
        <Facts items={said.map((name) => [t(`field.${name}`), <Tags key={name} items={words.labels(dimensionOf(name), specialities[name])} />])} />
      ) : (
        <p className={classes.soft}>{t("empty.tastes")}</p>
      )}
    </Part>
  );
}

/** More than anybody asks for a day. */
const MOST_EUROS = 100_000;

/** What was typed as an amount, without its cents and what stands around its digits; null for none. */
const wholeEuros = (typed: string) => {
  const digits = typed.replace(/[.,]\d{0,2}\s*€?\s*$/, "").replace(/\D/g, "");
  return digits ? Math.min(Number(digits), MOST_EUROS) : null;
};

function Rate({ held, onSaved }: Props) {
  const { t } = useTranslation("profile");
  const words = useWords();
  const { day_rate: rate } = held.value;
  return (
    <Part
      section="rate"
      held={held}
      onSaved={onSaved}
      form={({ form, set, at }) =>
        form && (
          <div className={classes.pair}>
            {(["rate_min", "rate_max"] as const).map((name) => (
              <TextInput
                key={name}
                id={name}
                label={t(`field.${name}`)}
                value={form[name] ?? ""}
                onChange={(event) => set({ [name]: wholeEuros(event.currentTarget.value) })}
                error={at(name)}
                inputMode="numeric"
                autoComplete="off"
                rightSection={<span aria-hidden="true">{t("euro_suffix")}</span>}
              />
            ))}
          </div>
        )
      }
    >
      <p className={rate ? classes.figure : classes.soft}>{rate ? words.rate(rate) : t("empty.rate")}</p>
      <p>
        <Link to="/my-rates">{t("rate_guide")}</Link>
      </p>
    </Part>
  );
}

const NUMBERS = ["isni", "wikidata", "bnf", "imdb"] as const;

function Numbers({ held, onSaved }: Props) {
  const { t } = useTranslation("profile");
  const { external_ids: numbers } = held.value;
  const given = NUMBERS.filter((name) => numbers[name]);
  return (
    <Part
      section="numbers"
      held={held}
      onSaved={onSaved}
      form={({ form, set, at }) =>
        form && (
          <div className={classes.pair}>
            {NUMBERS.map((name) => (
              <TextInput
                key={name}
                id={name}
                label={t(`field.${name}`)}
                description={t(`hint.${name}`)}
                value={form[name]}
                onChange={(event) => set({ [name]: event.currentTarget.value })}
                error={at(name)}
                maxLength={100}
                autoComplete="off"
              />
            ))}
          </div>
        )
      }
    >
      {given.length > 0 ? (
        <Facts items={given.map((name) => [t(`field.${name}`), numbers[name]])} />
      ) : (
        <p className={classes.soft}>{t("empty.numbers")}</p>
      )}
    </Part>
  );
}
