import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Page, Section } from "@/design/Page";
import { Empty, Loaded } from "@/design/States";
import { useFormats } from "@/i18n/format";
import classes from "../admin.module.css";
import { Due, ModerationTabs, More } from "../Parts";
import { AskIdentity } from "./AskIdentity";
import { identityRequestsQuery, type IdentityRequest } from "./moderation";
import { RequestState } from "./RequestState";

/** What authorities asked, and asking for one of them. */
export default function IdentityRequests() {
  const { t } = useTranslation("adminModeration");
  const query = useInfiniteQuery(identityRequestsQuery);
  return (
    <Page title={t("identity.title")} lead={<p>{t("identity.lead")}</p>}>
      <ModerationTabs />
      <Loaded query={query}>
        {({ pages }) => {
          const requests = pages.flatMap((page) => page.requests);
          return requests.length === 0 && !query.hasNextPage ? (
            <Empty title={t("identity.empty")}>
              <p>{t("identity.empty_what")}</p>
            </Empty>
          ) : (
            <>
              <ul className={classes.rows}>
                {requests.map((one) => (
                  <li key={one.request_id} className={classes.row}>
                    <Row one={one} />
                  </li>
                ))}
              </ul>
              <More query={query} />
            </>
          );
        }}
      </Loaded>
      <div className={classes.after}>
        <Section title={t("identity.ask.title")} hint={t("identity.ask.what")}>
          <AskIdentity />
        </Section>
      </div>
    </Page>
  );
}

function Row({ one }: { one: IdentityRequest }) {
  const { t } = useTranslation("adminModeration");
  const { day, moment } = useFormats();
  const readable = one.readable_until !== null && Date.parse(one.readable_until) > Date.now();
  return (
    <>
      <div>
        <h2 className={classes.title}>
          <Link to={`/admin/identity-requests/${one.request_id}`}>{one.authority}</Link>
        </h2>
        <p className={classes.soft}>
          {t("identity.reference_is", { reference: one.reference })} · {t("identity.asked", { day: day(one.asked_at) })}{" "}
          <RequestState one={one} />
        </p>
        <p>{one.basis}</p>
      </div>
      {one.state === "asked" ? (
        <Due at={one.agree_until} />
      ) : (
        <p className={classes.soft}>
          {readable && one.readable_until
            ? t("identity.readable", { moment: moment(one.readable_until) })
            : one.settled_at && t("identity.settled", { day: day(one.settled_at) })}
        </p>
      )}
    </>
  );
}
