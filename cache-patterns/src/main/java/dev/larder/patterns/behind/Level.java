package dev.larder.patterns.behind;

/**
 * How full the queue is.
 *
 * @param waiting how many keys wait
 * @param inFlight how many are with the writer
 * @param oldestMillis how old the oldest change is
 */
record Level(int waiting, int inFlight, long oldestMillis) {}
