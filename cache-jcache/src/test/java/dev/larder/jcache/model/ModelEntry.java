package dev.larder.jcache.model;

/** A value, and the first millisecond at which it is dead. */
record ModelEntry<V>(V value, long deadlineMillis) {}
