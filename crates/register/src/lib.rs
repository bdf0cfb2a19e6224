//! What each authority has and chooses to share: entries, baselines, the joint register.
