"""Who issues what to whom, and when: series of obligations and their occurrences."""
