"""Pure rules of the register: who may be a member, and how an entry is mended."""
