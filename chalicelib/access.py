"""Who the routes are for: the three kinds of people of the product, as groups of the user pool."""

from chalicelib.platform.auth import members_of

PRODUCERS = members_of("producers")
FREELANCERS = members_of("freelancers")
ADMINS = members_of("admins")
#: Whoever has something to be verified: a person their profile, a producer their company.
SUBJECTS = members_of("freelancers", "producers")
