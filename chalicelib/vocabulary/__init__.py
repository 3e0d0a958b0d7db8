"""Words of the trade, pure: taxonomy, ids, clock, money. Imports nothing else of ours."""
