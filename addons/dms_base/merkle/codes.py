"""What a check of a passport can find. ``static/src/verify/codes.js`` has the same."""

# The passport does not prove what it says.
FAILURES = (
    "passport_malformed",
    "checkpoint_malformed",
    "checkpoint_of_another_log",
    "key_unknown",
    "signature_bad",
    "signature_uncheckable",
    "entry_malformed",
    "entry_not_in_log",
    "entry_of_another_car",
    "entry_left_out",
    "entry_out_of_order",
    "chain_broken",
    "entry_disappeared",
    "previous_malformed",
    "previous_untrusted",
    "log_rolled_back",
    "log_forked",
    "consistency_missing",
    "timestamp_malformed",
    "timestamp_not_ours",
    "timestamp_untrusted",
)

# What the reader should know, though nothing is wrong.
NOTES = (
    "keys_from_passport",
    "timestamps_unchecked",
    "timestamp_good",
    "timestamp_missing",
)

CODES = FAILURES + NOTES
