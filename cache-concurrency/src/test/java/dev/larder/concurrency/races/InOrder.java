package dev.larder.concurrency.races;

import dev.larder.jcache.internal.concurrent.Receiver;

/** Writes down the digits that are delivered to it, one after the other. Not made for two who deliver at once: that is not to happen. */
final class InOrder implements Receiver<Integer> {

    private int digits;

    @Override
    public boolean accept(Integer digit) {
        return true;
    }

    @Override
    public void deliver(Integer digit) {
        digits = digits * 10 + digit;
    }

    int digits() {
        return digits;
    }
}
