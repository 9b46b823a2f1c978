"""Who does it when: the engine contract and the engines that keep it."""
