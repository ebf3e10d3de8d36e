package dev.larder.benchmarks.subject;

import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheResult;

/** Computes, and counts how often it had to. */
public class CountingSquares implements Squares {

    static final String CACHE = "squares";

    private final AtomicInteger calls = new AtomicInteger();

    /** For containers. */
    public CountingSquares() {}

    @Override
    @CacheResult(cacheName = CACHE)
    public Object square(Integer number) {
        calls.incrementAndGet();
        return number * number;
    }

    int calls() {
        return calls.get();
    }
}
