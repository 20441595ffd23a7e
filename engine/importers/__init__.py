"""From spreadsheets to records and back, without touching what an editor did not."""
