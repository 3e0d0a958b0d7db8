"""From a proposal to an engagement: invitation, interest, a masked thread, the reveal, answers, outcomes."""
