"""Who pays, and how much: the law as dated figures, and calculators that show their steps."""
