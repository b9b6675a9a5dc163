"""Pure rules of taking a fund away: what stands on which sheet, and how sheets become files."""
