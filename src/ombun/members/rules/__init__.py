"""Pure rules of the register: membership, names, typed days, ids, and the verdict on a row of a workbook."""
