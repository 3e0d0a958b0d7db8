"""Plot Point: everything that can set it off, in one page.

Routes are called by the web front end; handlers by streams, queues and the clock. There is no logic here: each
line registers what its context declares. `docs/architecture.md` draws how one thing leads to another.
"""

from chalice.app import Chalice

from chalicelib.accounts.routes import routes as account_routes
from chalicelib.audit.routes import routes as audit_routes
from chalicelib.briefs.handlers import handlers as brief_handlers
from chalicelib.briefs.routes import routes as brief_routes
from chalicelib.companies.handlers import handlers as company_handlers
from chalicelib.companies.routes import routes as company_routes
from chalicelib.conversations.handlers import handlers as conversation_handlers
from chalicelib.conversations.routes import routes as conversation_routes
from chalicelib.failures.handlers import handlers as failure_handlers
from chalicelib.failures.routes import routes as failure_routes
from chalicelib.matching.handlers import handlers as matching_handlers
from chalicelib.matching.routes import routes as matching_routes
from chalicelib.notifications.handlers import handlers as notification_handlers
from chalicelib.notifications.routes import routes as notification_routes
from chalicelib.platform.admission import ask_at_the_door
from chalicelib.platform.http import install_error_shape
from chalicelib.platform.routes import routes as platform_routes
from chalicelib.privacy.door import door as privacy_door
from chalicelib.privacy.handlers import handlers as privacy_handlers
from chalicelib.privacy.routes import routes as privacy_routes
from chalicelib.profiles.handlers import handlers as profile_handlers
from chalicelib.profiles.routes import routes as profile_routes
from chalicelib.promise.handlers import handlers as promise_handlers
from chalicelib.promise.routes import routes as promise_routes
from chalicelib.rates.handlers import handlers as rate_handlers
from chalicelib.rates.routes import routes as rate_routes
from chalicelib.taxonomy.handlers import handlers as taxonomy_handlers
from chalicelib.taxonomy.routes import routes as taxonomy_routes
from chalicelib.verification.alarm_routes import routes as alarm_routes
from chalicelib.verification.handlers import handlers as verification_handlers
from chalicelib.verification.routes import routes as verification_routes
from chalicelib.visibility.routes import routes as visibility_routes

app = Chalice(app_name="plot-point")
install_error_shape(app)
ask_at_the_door("privacy", privacy_door)  # whoever is signed in is seen to be, and a closed account changes nothing

# --- HTTPS routes -------------------------------------------------------------------------------------------
app.register_blueprint(platform_routes)  # is it up, what the site needs, the taxonomy
app.register_blueprint(account_routes)  # who am I, which side am I on
app.register_blueprint(company_routes)  # production companies, their members, their verification
app.register_blueprint(brief_routes)  # a producer's projects; the cards that freelancers read
app.register_blueprint(profile_routes)  # a freelancer's profile and credits; their verification
app.register_blueprint(matching_routes)  # shortlists with reasons; how proposals are ordered
app.register_blueprint(conversation_routes)  # invitation, interest, messages, reveal, answers, outcome; reports
app.register_blueprint(rate_routes)  # the grid of rates and its versions; one's own costs; what engagements show
app.register_blueprint(visibility_routes)  # who saw me, which companies I keep away
app.register_blueprint(taxonomy_routes)  # the taxonomy’s versions: draft, what it would change, publication
app.register_blueprint(promise_routes)  # how long projects wait, who is answered in time; the same for administrators
app.register_blueprint(notification_routes)  # what people want to receive; e-mails, bounces, suppressed addresses
app.register_blueprint(verification_routes)  # cases, for whom they are about and for administrators; attesting a credit
app.register_blueprint(alarm_routes)  # alarms about people and companies, the same
app.register_blueprint(privacy_routes)  # the notice; everything known of one person, and that it be gone
app.register_blueprint(audit_routes)  # who did what, for administrators
app.register_blueprint(failure_routes)  # what handlers could not use, and its replay, for administrators

# --- Streams, queues and the clock ---------------------------------------------------------------------------
app.register_blueprint(company_handlers)  # companies' stream → relay; case decided → company verified
app.register_blueprint(brief_handlers)  # briefs' stream → relay; matching done; taxonomy published; every 5 minutes
app.register_blueprint(profile_handlers)  # profiles' stream → relay; case decided → profile verified; every 5 minutes
app.register_blueprint(matching_handlers)  # streams of briefs, profiles, visibility → shortlists; matching's → relay
app.register_blueprint(conversation_handlers)  # project ended → answers; conversations’ stream → relay; every 5 minutes
app.register_blueprint(rate_handlers)  # engagement confirmed or broken off → counted or not; rates’ stream → relay
app.register_blueprint(taxonomy_handlers)  # taxonomy’s stream → relay
app.register_blueprint(promise_handlers)  # published, shown, answered, engaged → counted
app.register_blueprint(notification_handlers)  # shortlist computed → e-mail planned → sent → reported; every 5 minutes
app.register_blueprint(failure_handlers)  # replay asked for → its consumer run once; every 5 minutes → sweep
app.register_blueprint(verification_handlers)  # case submitted → steps → ready for a person; every 5 minutes → sweep
app.register_blueprint(
    privacy_handlers
)  # erasure asked for → each context lets go; every 5 minutes → what is owed, unused accounts
