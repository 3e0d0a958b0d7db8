import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Page, Section } from "@/design/Page";
import { Loaded } from "@/design/States";
import { useBilingual, useFormats } from "@/i18n/format";
import { useSession } from "@/session/session";
import { noticeQuery, type PrivacyNotice as Notice } from "./notice";
import classes from "./PrivacyNotice.module.css";

/** Where somebody signed in makes use of a right, by the route that serves it. */
const ACTS = {
  "GET /me/export": ["/account#data", "export"],
  "DELETE /me": ["/account#erase", "erase"],
  "GET /me/views": ["/privacy", "views"],
  "PUT /me/preferences": ["/account#emails", "emails"],
} as const;

export default function PrivacyNotice() {
  const { t } = useTranslation("legal");
  const query = useQuery(noticeQuery);
  return (
    <Page title={t("privacy.title")} lead={t("privacy.lead")}>
      <Loaded query={query}>{(notice) => <Whole {...notice} />}</Loaded>
    </Page>
  );
}

function Whole({ collected, never, recipients, rights, holds, controller, contact, not_legal_advice, version }: Notice) {
  const { t } = useTranslation("legal");
  const bilingual = useBilingual();
  const { day } = useFormats();
  return (
    <>
      <Section title={t("privacy.rights")}>
        <dl className={classes.rights}>
          {rights.map((one) => (
            <div key={one.right.fr}>
              <dt>{bilingual(one.right)}</dt>
              <dd>
                {bilingual(one.how)} <Act route={one.route} />
              </dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section plain title={t("privacy.never")}>
        <Words list={never} />
      </Section>
      <Section plain title={t("privacy.recipients")}>
        <Words list={recipients} />
      </Section>
      <Section plain title={t("privacy.collected")} hint={t("privacy.collected_what")}>
        {collected.map((one) => (
          <div key={one.id} className={classes.collected}>
            <h3>{bilingual(one.what)}</h3>
            <dl>
              {(["purpose", "where", "kept", "basis"] as const).map((name) => (
                <div key={name}>
                  <dt>{t(`privacy.${name}`)}</dt>
                  <dd>{bilingual(one[name])}</dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
      </Section>
      {holds.length > 0 && (
        <Section plain title={t("privacy.holds")} hint={t("privacy.holds_what")}>
          <dl className={classes.rights}>
            {holds.map((one) => (
              <div key={one.ground}>
                <dt>{bilingual(one.label)}</dt>
                <dd>
                  {t("privacy.days", { count: one.days })}
                  <span className={classes.source}>{bilingual(one.source)}</span>
                </dd>
              </div>
            ))}
          </dl>
        </Section>
      )}
      <Section plain title={t("privacy.controller")}>
        <p>
          {bilingual(controller)} <a href={`mailto:${contact}`}>{contact}</a>
        </p>
        <p className={classes.source}>
          {t("privacy.version", { day: day(version) })} {bilingual(not_legal_advice)}
        </p>
      </Section>
    </>
  );
}

function Words({ list }: { list: Notice["never"] }) {
  const bilingual = useBilingual();
  return (
    <ul className={classes.words}>
      {list.map((one) => (
        <li key={one.fr}>{bilingual(one)}</li>
      ))}
    </ul>
  );
}

function Act({ route }: { route: string | null }) {
  const { t } = useTranslation("legal");
  const { state, role } = useSession();
  if (state !== "in" || !route || !(route in ACTS)) return null;
  const [to, name] = ACTS[route as keyof typeof ACTS];
  if (name === "views" && role !== "freelancer") return null;
  return <Link to={to}>{t(`privacy.act.${name}`)}</Link>;
}
