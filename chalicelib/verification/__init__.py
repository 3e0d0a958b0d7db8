"""Cases on profiles, credits and companies: checked by queued steps, decided by people, shown fact by fact."""
