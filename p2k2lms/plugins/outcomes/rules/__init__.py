"""Pure decisions of the outcomes: what may be shown, and what stands out."""
