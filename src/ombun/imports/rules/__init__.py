"""Pure rules of old workbooks: sheets, headings, names, typed days, ids, and the verdict on a row."""
